#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <charconv>

#include "doubles/slack/api.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

const std::string& Call::need(const std::string& name) const {
    const auto found = params.find(name);
    if (found == params.end() || found->second.empty()) {
        throw Refusal{"invalid_arguments",
                      {fmt::format("[ERROR] missing required field: {} [json-pointer:/{}]", name, name)}};
    }
    return found->second;
}

std::string Call::text(const std::string& name, std::string fallback) const {
    const auto found = params.find(name);
    return found == params.end() ? fallback : found->second;
}

bool Call::flag(const std::string& name, bool fallback) const {
    const auto found = params.find(name);
    if (found == params.end()) return fallback;
    if (found->second == "true" || found->second == "1") return true;
    if (found->second == "false" || found->second == "0") return false;
    throw Refusal{"invalid_arguments", {fmt::format("[ERROR] must be a boolean [json-pointer:/{}]", name)}};
}

std::size_t Call::number(const std::string& name, std::size_t fallback, std::size_t most) const {
    const auto found = params.find(name);
    if (found == params.end()) return fallback;
    std::size_t value = 0;
    const char* end = found->second.data() + found->second.size();
    const auto [at, ec] = std::from_chars(found->second.data(), end, value);
    if (ec != std::errc{} || at != end || value == 0 || value > most) {
        throw Refusal{"invalid_limit",
                      {fmt::format("[ERROR] must be 1 to {} [json-pointer:/{}]", most, name)}};
    }
    return value;
}

std::optional<json::value> Call::json(const std::string& name) const {
    const auto found = params.find(name);
    if (found == params.end() || found->second.empty()) return std::nullopt;
    boost::system::error_code ec;
    json::value parsed = json::parse(found->second, ec);
    if (ec)
        throw Refusal{name == "blocks" ? "invalid_blocks_format" : "invalid_arguments",
                      {fmt::format("[ERROR] is not JSON [json-pointer:/{}]", name)}};
    return parsed;
}

void Call::scope(std::string_view wanted) const {
    // chat:write and the like are asked of the token as it was granted.
    if (!token.scopes.contains(std::string{wanted})) throw Refusal{"missing_scope", {}, std::string{wanted}};
}

void Call::scope_for(const Channel& channel, std::string_view suffix) const {
    const std::string_view family = channel.kind == Kind::open     ? "channels"
                                    : channel.kind == Kind::closed ? "groups"
                                    : channel.kind == Kind::im     ? "im"
                                                                   : "mpim";
    scope(fmt::format("{}:{}", family, suffix));
}

std::string Call::self() const {
    if (token.kind == "user") return token.user;
    return team ? team->bot_user : std::string{};
}

Channel& Call::channel(const std::string& name) const {
    Channel* found = core.world.channel(need(name));
    if (!found || !team) throw Refusal{"channel_not_found"};
    const bool ours = std::find(found->teams.begin(), found->teams.end(), team->id) != found->teams.end();
    if (!ours || (found->is_private() && !found->members.contains(self())))
        throw Refusal{"channel_not_found"};
    return *found;
}

Channel& Call::joined(const std::string& name) const {
    Channel& found = channel(name);
    if (!found.members.contains(self())) throw Refusal{"not_in_channel"};
    return found;
}

User& Call::user(const std::string& name) const {
    User* found = core.world.user(need(name));
    if (!found) throw Refusal{"user_not_found"};
    return *found;
}

std::size_t cursor_of(const Call& call) {
    const std::string text = call.text("cursor");
    if (text.empty()) return 0;
    std::size_t place = 0;
    const bool known = text.starts_with("page:");
    const char* end = text.data() + text.size();
    const auto [at, ec] = std::from_chars(text.data() + (known ? 5 : 0), end, place);
    if (!known || ec != std::errc{} || at != end) throw Refusal{"invalid_cursor"};
    return place;
}

std::string cursor_at(std::size_t place) {
    return "page:" + std::to_string(place);
}

}  // namespace rapport::test::slack
