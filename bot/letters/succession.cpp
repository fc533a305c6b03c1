#include "bot/letters/succession.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/letters/touch.hpp"

namespace rapport::letters {

namespace {

/// Who of the team knows the person's acquaintances best, and through whom.
std::pair<const Staffer*, std::string> through_a_friend(WritingDesk& desk, const PersonView& person,
                                                        const Staffer& left) {
    constexpr std::size_t most_friends = 20;
    const Staffer* best = nullptr;
    std::string friend_name;
    double strongest = 0;
    for (const AccountRow* account : person.accounts) {
        const auto known = desk.store.known_to(account->id, most_friends);
        if (!known) throw StoreUnreadable(known.error().what);
        for (const AccountId id : *known) {
            const AccountRow* row = desk.lookup.account(id);
            if (!row || row->bot || desk.world.team.is_brand(row->key)) continue;
            desk.lookup.load_person(id);
            const PersonView one = view_person(desk.lookup.state(), desk.world.people, id, desk.now);
            for (const StafferTie& tie : one.ties) {
                if (tie.contacts == 0 || tie.staffer->name == left.name || tie.strength <= strongest)
                    continue;
                strongest = tie.strength;
                best = tie.staffer;
                friend_name = one.shown_name();
            }
        }
    }
    return {best, friend_name};
}

const Staffer* of_the_same_group(const World& world, const Staffer& left, Time now) {
    for (const Group& group : world.team.groups()) {
        if (std::find(group.members.begin(), group.members.end(), left.name) == group.members.end()) continue;
        for (const std::string& member : group.members)
            if (const Staffer* one = world.team.staffer(member); one && one != &left && one->on_team(now))
                return one;
    }
    return nullptr;
}

const Staffer* of_the_same_language(const World& world, const Staffer& left, Time now) {
    for (const std::string& language : left.languages)
        for (const Staffer& one : world.team.staffers())
            if (&one != &left && one.on_team(now) &&
                std::find(one.languages.begin(), one.languages.end(), language) != one.languages.end())
                return &one;
    return nullptr;
}

void propose(Succession& one, WritingDesk& desk, const PersonView& person, const Staffer& left) {
    for (const StafferTie& tie : person.ties)
        if (tie.contacts > 0 && tie.staffer->name != left.name) {
            one.successor = tie.staffer;
            one.because =
                fmt::format("knows them best ({} contact{})", tie.contacts, tie.contacts == 1 ? "" : "s");
            return;
        }
    if (const auto [staffer, through] = through_a_friend(desk, person, left); staffer) {
        one.successor = staffer;
        one.because = fmt::format("knows {}, who talks with them", through);
        return;
    }
    if (const Staffer* staffer = of_the_same_group(desk.world, left, desk.now)) {
        one.successor = staffer;
        one.because = fmt::format("is in the same group as {}", left.full_name);
        return;
    }
    if (const Staffer* staffer = of_the_same_language(desk.world, left, desk.now)) {
        one.successor = staffer;
        one.because = fmt::format("speaks {}'s language", left.full_name);
        return;
    }
    one.successor = desk.world.team.lead(desk.now);
    if (one.successor) one.because = "leads the team";
}

}  // namespace

std::vector<Succession> successions(WritingDesk& desk, const Staffer& left) {
    std::vector<Succession> all;
    // How close they were is judged by the moment before: the ties of somebody who has left count no more.
    const Time then = left.left.value_or(desk.now) - std::chrono::milliseconds{1};
    WritingDesk before{desk.store, desk.lookup, desk.world, std::min(then, desk.now)};
    for (const PersonView& person : people_of(before, left)) {
        const StafferTie* keeper = keeper_of(person);
        const bool close = person.owner.empty() && person.depth >= Depth::close && keeper &&
                           keeper->staffer->name == left.name;
        if (person.owner != left.name && !close) continue;
        Succession one{person.self().key, std::string(person.shown_name()), person.depth, nullptr, {}};
        propose(one, desk, view_person(desk.lookup.state(), desk.world.people, person.account, desk.now),
                left);
        all.push_back(std::move(one));
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Succession& a, const Succession& b) { return a.depth > b.depth; });
    return all;
}

}  // namespace rapport::letters
