#pragma once

#include <memory>
#include <set>

#include "bot/config/config.hpp"
#include "bot/conversations/placer.hpp"
#include "bot/heads/trained_reader.hpp"
#include "bot/people/person.hpp"
#include "bot/people/team.hpp"
#include "bot/reading/reading.hpp"
#include "bot/store/state.hpp"
#include "rules/rule_set.hpp"

namespace rapport {

/// Whether any rule wants to know who connects whom (connection.hpp).
bool asks_who_connects(const rules::RuleSet& rules);

/// Everything besides the state, the event and the time that decisions depend on. Immutable; a reload makes a
/// new one and swaps it between two batches.
struct World {
    World(Team on_team, rules::RuleSet by_rules, Config settings)
        : team(std::move(on_team)),
          rules(std::move(by_rules)),
          config(std::move(settings)),
          people(team, config),
          reader(std::make_unique<heads::TrainedReader>(team.brand_names(), team.subjects())),
          placer(std::make_unique<TrainedPlacer>(config.conversations)),
          asks_for_friends(asks_who_connects(rules)) {}
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    Team team;
    rules::RuleSet rules;
    Config config;
    PeopleContext people;  ///< Refers to `team` and `config`.
    std::unique_ptr<const Reader> reader;
    std::unique_ptr<const Placer> placer;
    bool asks_for_friends;  ///< If not, nobody's friends are loaded.
};

/// One decision in the making: what it may read and change, and when it is. Lives for one event or timer.
struct Deciding {
    State& state;
    const World& world;
    Time now{};
    std::set<AlertId> shown{};     ///< Alerts whose cards must be brought up to date.
    std::set<AlertId> notified{};  ///< Of these, the ones that should make a sound.
    /// What an alert was about that is over: whoever said it may wait still. In the order of their saying.
    std::set<MessageId> left_behind{};
};

}  // namespace rapport
