#include "adapters/replay/slack_directory.hpp"

namespace rapport::replay {

Account SlackDirectory::account(std::string_view user_id) const {
    if (const auto known = users.find(std::string{user_id}); known != users.end()) return known->second;
    Account unknown;
    unknown.key = {"slack", realm, std::string{user_id}};
    unknown.bot = user_id == "USLACKBOT";  // Slack itself says is_bot: false of it.
    return unknown;
}

std::string SlackDirectory::name_of(std::string_view user_id) const {
    const Account known = account(user_id);
    if (!known.name.empty()) return known.name;
    return known.handle.empty() ? std::string{user_id} : known.handle;
}

}  // namespace rapport::replay
