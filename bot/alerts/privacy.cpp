#include "bot/alerts/privacy.hpp"

#include <algorithm>

namespace rapport {

namespace {

void add(std::vector<const Staffer*>& all, const Staffer* one) {
    if (one && std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

}  // namespace

bool is_private(const State& state, const AlertRow& alert) {
    return state.channels.at(alert.channel).kind == ChannelKind::dm;
}

std::vector<const Staffer*> readers(const State& state, const World& world, const AlertRow& alert, Time now) {
    std::vector<const Staffer*> all;
    const auto& people = state.conversations.at(alert.conversation).people;
    for (std::size_t i = 0; i < std::min(people.size(), most_met); ++i)
        add(all, world.team.staffer_of(state.accounts.at(people[i].who).key, now));
    for (const AccountId id : state.accounts_of_person(alert.about))
        if (const std::string& owner = state.accounts.at(id).owner; !owner.empty())
            add(all, world.team.staffer(owner));
    if (all.empty()) add(all, world.team.staffer(alert.staffer));
    return all;
}

bool may_read(const State& state, const World& world, const AlertRow& alert, const Staffer& staffer,
              Time now) {
    if (!is_private(state, alert)) return true;
    const std::vector<const Staffer*> all = readers(state, world, alert, now);
    return std::find(all.begin(), all.end(), &staffer) != all.end();
}

bool all_may_read(const State& state, const World& world, const AlertRow& alert, Time now) {
    if (!is_private(state, alert)) return true;
    return std::all_of(alert.asked.begin(), alert.asked.end(), [&](const std::string& name) {
        const Staffer* staffer = world.team.staffer(name);
        // Whose name the team does not know any more sees nothing.
        return staffer ? may_read(state, world, alert, *staffer, now) : !name.empty();
    });
}

}  // namespace rapport
