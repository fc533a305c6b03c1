#include "bot/letters/look.hpp"

#include <fmt/format.h>

#include "bot/people/person.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::letters {

bool may_disturb(Look& look, const Staffer& staffer) {
    if (!is_working(staffer, look.now)) return false;
    const auto& rows = look.lookup.state().staffers;
    const auto row = rows.find(staffer.name);
    return row == rows.end() || (row->second.away_until <= look.now && row->second.quiet_until <= look.now);
}

std::string name_of(Look& look, AccountId account) {
    const AccountRow* row = look.lookup.account(account);
    return row ? std::string(shown_name(*row)) : "Somebody";
}

bool is_outsider(const Look& look, const AccountRow& account) {
    return !account.bot && !look.world.team.staffer_of(account.key, look.now) &&
           !look.world.team.is_brand(account.key);
}

std::string key_text(const AccountKey& key) {
    return fmt::format("{}:{}:{}", key.platform, key.realm, key.id);
}

std::string counted(std::size_t count, std::string_view thing) {
    return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string listed(const std::vector<std::string>& names, std::size_t most) {
    std::string text;
    const std::size_t shown = std::min(names.size(), most);
    for (std::size_t i = 0; i < shown; ++i) {
        const bool last = i + 1 == names.size();
        text += (i == 0 ? "" : last ? " and " : ", ") + names[i];
    }
    if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
    return text;
}

}  // namespace rapport::letters
