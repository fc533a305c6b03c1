#include "bot/people/directory.hpp"

#include <algorithm>

namespace rapport {

namespace {

constexpr std::size_t most_roles = 32;

void set_if_said(std::string& kept, const std::string& said) {
    if (!said.empty() && said != kept) kept = said;
}

StaffTie& tie_to(AccountRow& account, AccountId staff) {
    for (StaffTie& tie : account.ties)
        if (tie.staff == staff) return tie;
    account.ties.push_back({staff});
    return account.ties.back();
}

void strengthen_staff_tie(State& state, const PeopleContext& context, AccountId account, AccountId staff,
                          bool outward, Interaction kind, double weight, Time at) {
    StaffTie& tie = tie_to(state.accounts.edit(account), staff);
    const StaffTie before = tie;
    if (kind != Interaction::shared_conversation) note_silence(tie, at);
    add_to(tie, weight, outward, at, context.fast, context.deep);
    if (kind == Interaction::shared_conversation) {  // neither has said a word to the other
        tie.last_out = before.last_out;
        tie.last_in = before.last_in;
        tie.contacts = before.contacts;
    }
    const bool said = kind == Interaction::reply || kind == Interaction::mention;
    if (said && !outward && tie.first_in == never) tie.first_in = at;
    move_in_community(state.community, before, tie);
    state.added.community_changed = true;
}

void note_friend(std::vector<Friend>& friends, AccountId who) {
    const auto known =
        std::find_if(friends.begin(), friends.end(), [&](const Friend& one) { return one.who == who; });
    if (known != friends.end()) {
        ++known->times;
        return;
    }
    if (friends.size() >= max_friends)
        friends.erase(std::min_element(friends.begin(), friends.end(),
                                       [](const Friend& a, const Friend& b) { return a.times < b.times; }));
    friends.push_back({who, 1});
}

/// Gives all `members` one person: the lowest of their ids, so that the result does not depend on the order
/// of links.
void make_one_person(State& state, std::vector<AccountId> members) {
    std::sort(members.begin(), members.end());
    const AccountId person = members.front();
    for (const AccountId id : members) {
        state.persons.erase(state.accounts.at(id).person);
        if (state.accounts.at(id).person != person) state.accounts.edit(id).person = person;
    }
    state.persons[person] = std::move(members);
}

}  // namespace

AccountRow& recognise(State& state, const Account& said, Time at) {
    auto known = state.account_ids.find(said.key);
    if (!known) throw NotLoaded("account " + said.key.id + " is not loaded");
    if (*known == AccountId::none) {
        AccountRow row;
        row.id = AccountId(state.next.account++);
        row.key = said.key;
        row.person = row.id;
        row.first_seen = at;
        known = row.id;
        state.account_ids.set(said.key, row.id);
        state.persons[row.id] = {row.id};
        state.accounts.add(std::move(row));
    }
    AccountRow& row = state.accounts.edit(*known);
    set_if_said(row.handle, said.handle);
    set_if_said(row.name, said.name);
    set_if_said(row.picture, said.picture);
    row.bot = row.bot || said.bot;
    if (said.created) row.created = *said.created;
    if (said.reach) row.reach = *said.reach;
    row.last_seen = std::max(row.last_seen, at);
    return row;
}

void add_role(AccountRow& account, std::string_view role) {
    auto& roles = account.roles;
    if (role.empty() || roles.size() >= most_roles) return;
    if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.emplace_back(role);
}

Speaker speaker_of(const AccountRow& account, const Team& team, std::string_view role, Time at) {
    if (team.is_brand(account.key)) return Speaker::brand;
    if (team.staffer_of(account.key, at)) return Speaker::staff;
    if (account.bot || role == "bot") return Speaker::bot;
    if (role == "brand") return Speaker::brand;
    if (role == "staff") return Speaker::staff;
    return Speaker::person;
}

void strengthen(State& state, const PeopleContext& context, AccountId from, AccountId to, bool from_staff,
                bool to_staff, Interaction kind, Time at) {
    if (from == to) return;
    const double weight = weight_of(kind, context.config.ties);
    if (weight <= 0) return;
    state.added.ties.push_back(
        {from, to, weight * context.fast.grown(at), weight * context.deep.grown(at), at});
    if (to_staff && !from_staff) strengthen_staff_tie(state, context, from, to, true, kind, weight, at);
    if (from_staff && !to_staff) strengthen_staff_tie(state, context, to, from, false, kind, weight, at);
    const bool said = kind == Interaction::reply || kind == Interaction::mention;
    if (said && !from_staff && !to_staff) note_friend(state.accounts.edit(from).friends, to);
}

bool link_accounts(State& state, AccountId a, AccountId b) {
    if (state.accounts.at(a).person == state.accounts.at(b).person) return false;
    std::vector<AccountId> members = state.accounts_of_person(a);
    const std::vector<AccountId>& others = state.accounts_of_person(b);
    members.insert(members.end(), others.begin(), others.end());
    make_one_person(state, std::move(members));
    return true;
}

bool unlink_account(State& state, AccountId account) {
    std::vector<AccountId> rest = state.accounts_of_person(account);
    if (rest.size() < 2) return false;
    std::erase(rest, account);
    make_one_person(state, std::move(rest));
    state.accounts.edit(account).person = account;
    state.persons[account] = {account};
    return true;
}

}  // namespace rapport
