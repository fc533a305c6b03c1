// What a message costs with ever more rules: the rules alone, and the whole decision.

#include "bench/core.hpp"
#include "bench/usage.hpp"
#include "bot/alerts/facts.hpp"

namespace rapport::bench {

namespace {

/// The facts of messages that have been stored, as the rules see them.
std::vector<rules::Facts> facts_of_all(const State& state, const World& world,
                                       const std::vector<Input>& inputs) {
    std::vector<rules::Facts> all;
    for (const Input& input : inputs) {
        const Message& said = std::get<MessagePosted>(std::get<Event>(input.what).body).message;
        const auto channel = state.channel_ids.find(said.channel.key);
        if (!channel) continue;
        const auto id = state.message_ids.find({*channel, said.id});
        if (id && *id != MessageId::none) all.push_back(facts_of(state, world, *id, state.now));
    }
    return all;
}

double match_cost(const rules::RuleSet& rules, const std::vector<rules::Facts>& all, std::uint64_t times) {
    std::vector<rules::RuleId> matches;
    Stopwatch watch;
    watch.start();
    for (std::uint64_t i = 0; i < times; ++i) rules.match(all[i % all.size()], matches);
    watch.stop();
    return watch.total() / double(times);
}

void measure(const Settings& settings, std::size_t count, Report& report) {
    const WorkFolder folder{settings};
    Stopwatch loading;
    loading.start();
    const auto world = make_world(synthetic_rules(count));
    loading.stop();
    Engine engine{world};
    auto store = open_store(folder);
    Committer committer{*store, engine};
    Mix mix = settings.mix;
    mix.from = wall_clock();
    Batches batches{mix, settings.batch};

    Stopwatch committing;
    const std::uint64_t rounds = std::max<std::uint64_t>(settings.events / settings.batch, 1);
    const std::vector<Input>* last = nullptr;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        last = &batches.next();
        committing.start();
        must(committer.commit(*last));
        committing.stop();
    }
    const auto all = facts_of_all(committer.state(), *world, *last);
    report.rows.push_back(boost::json::object{
        {"what", "rules"},
        {"rules", count},
        {"match us", match_cost(world->rules, all, settings.events)},
        {"load, decide and save us", committing.total() / double(rounds * settings.batch)},
        {"compile ms", loading.total() / 1000},
    });
}

}  // namespace

void rules_cost(const Settings& settings, Report& report) {
    for (const std::size_t count : settings.rules) measure(settings, count, report);
}

}  // namespace rapport::bench
