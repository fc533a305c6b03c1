#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bot/alerts/world.hpp"
#include "bot/store/lookup.hpp"

namespace rapport::letters {

/// One look at what the store knows, at one moment. Throws StoreUnreadable.
struct Look {
    Store& store;
    Lookup& lookup;
    const World& world;
    Time now{};
};

/// What earlier looks have found out, so that most of them cost next to nothing. It may be lost at any time:
/// what was sent is known by its id.
struct Looked {
    std::set<std::string> settled{};           ///< Ids of letters that were sent, or had nothing in them.
    std::map<std::string, Time> touch_next{};  ///< Staffer -> when to look again whom they lose touch with.
    Time leavers_next{};                       ///< When to look again who has left.
};

/// More than this of one kind is only counted: "And 12 more."
inline constexpr std::size_t most_looked_at = 500;

/// Whether the staffer works just now, is not away, and has not asked for quiet.
bool may_disturb(Look& look, const Staffer& staffer);

/// Name, handle or id of the account; "Somebody" if it is gone.
std::string name_of(Look& look, AccountId account);

/// Whether the account is that of a person outside the team.
bool is_outsider(const Look& look, const AccountRow& account);

/// Persons whom the staffer of that name, also one who has left, owns or has written to, each by one of their
/// accounts. At most `most_looked_at` who are owned, and as many for each of the staffer's own accounts.
std::vector<AccountId> people_of(Look& look, std::string_view staffer);

/// "Sam, Kim and Lena"; of more than `most`, the rest is counted: "Sam, Kim and 4 more".
std::string listed(const std::vector<std::string>& names, std::size_t most);

}  // namespace rapport::letters
