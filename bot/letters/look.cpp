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

std::vector<AccountId> people_of(Look& look, std::string_view name) {
    std::vector<AccountId> found = must_read(look.store.owned_by(name, most_looked_at));
    if (const Staffer* staffer = look.world.team.staffer(name))
        for (const AccountKey& own : staffer->accounts)
            if (const AccountRow* row = look.lookup.account(own)) {
                const auto known = must_read(look.store.known_to(row->id, most_looked_at));
                found.insert(found.end(), known.begin(), known.end());
            }
    std::vector<AccountId> persons;
    std::set<AccountId> seen;
    for (const AccountId id : found) {
        const AccountRow* row = look.lookup.account(id);
        if (row && is_outsider(look, *row) && seen.insert(row->person).second) persons.push_back(row->person);
    }
    return persons;
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
