// Where the microseconds of a message go: the steps of a batch, and the parts of a decision by doing them
// once more.

#include "bench/core.hpp"
#include "bench/usage.hpp"
#include "bot/alerts/facts.hpp"

namespace rapport::bench {

namespace {

struct Watches {
    Stopwatch wanted, load, decide, save, settle;
    Stopwatch reading, placing, person, facts, match;
};

/// The stored row of a message that was just decided; null for a copy.
const MessageRow* row_of(const State& state, const Input& input) {
    const Message& said = std::get<MessagePosted>(std::get<Event>(input.what).body).message;
    const auto channel = state.channel_ids.find(said.channel.key);
    const auto id = state.message_ids.find({*channel, said.id});
    return id && *id != MessageId::none ? &state.messages.at(*id) : nullptr;
}

void load_all(Watches& watches, const Engine& engine, Store& store, const std::vector<Input>& inputs,
              State& state) {
    for (;;) {
        watches.wanted.start();
        const Wanted wanted = engine.wanted(inputs, state);
        watches.wanted.stop();
        if (wanted.empty()) return;
        watches.load.start();
        must(store.load(wanted, state));
        watches.load.stop();
    }
}

/// The parts of a decision, each over the whole batch.
void repeat_parts(Watches& watches, const World& world, const std::vector<Input>& inputs,
                  const State& state) {
    std::vector<const MessageRow*> rows;
    for (const Input& input : inputs)
        if (const MessageRow* row = row_of(state, input)) rows.push_back(row);

    std::vector<Reading> readings;
    readings.reserve(rows.size());
    watches.reading.start();
    for (const MessageRow* row : rows) readings.push_back(world.reader->read(row->text, {}));
    watches.reading.stop();

    watches.placing.start();
    for (const MessageRow* row : rows) {
        const auto handle = [&](AccountId id) -> std::string_view { return state.accounts.at(id).key.id; };
        const MessageRow* thread = state.messages.find(row->reply_to);
        world.placer->place({state.channels.at(row->channel),
                             row->author,
                             row->text,
                             row->at,
                             nullptr,
                             thread,
                             {},
                             handle,
                             [&](MessageId id) { return state.messages.find(id); }});
    }
    watches.placing.stop();

    std::vector<PersonView> persons;
    persons.reserve(rows.size());
    watches.person.start();
    for (const MessageRow* row : rows)
        persons.push_back(view_person(state, world.people, row->author, state.now));
    watches.person.stop();

    std::vector<rules::Facts> facts(rows.size());
    rules::Facts warm;
    watches.facts.start();
    for (std::size_t i = 0; i < rows.size(); ++i)
        fill_facts(warm,
                   {*rows[i], readings[i], state.conversations.at(rows[i]->conversation),
                    state.channels.at(rows[i]->channel), persons[i]},
                   state, world, state.now, &world.rules);
    watches.facts.stop();
    for (std::size_t i = 0; i < rows.size(); ++i)
        fill_facts(facts[i],
                   {*rows[i], readings[i], state.conversations.at(rows[i]->conversation),
                    state.channels.at(rows[i]->channel), persons[i]},
                   state, world, state.now, &world.rules);

    std::vector<rules::RuleId> matches;
    watches.match.start();
    for (const rules::Facts& one : facts) world.rules.match(one, matches);
    watches.match.stop();
}

void one_batch(Watches& watches, const Engine& engine, Store& store, const std::vector<Input>& inputs,
               State& state) {
    load_all(watches, engine, store, inputs, state);
    watches.decide.start();
    for (const Input& input : inputs) {
        engine.pass_time(state, std::max(state.now, input.at));
        engine.decide(input, state);
    }
    watches.decide.stop();
    repeat_parts(watches, engine.world(), inputs, state);
    watches.save.start();
    must(store.save(state));
    watches.save.stop();
    watches.settle.start();
    state.settle(200'000);
    watches.settle.stop();
}

}  // namespace

void parts(const Settings& settings, Report& report) {
    const WorkFolder folder{settings};
    const Engine engine{make_world(ten_rules)};
    auto store = open_store(folder);
    State state;
    must(store->open(state));
    Mix mix = settings.mix;
    mix.from = wall_clock();
    Batches batches{mix, settings.batch};
    Watches watches;
    const auto run = [&](std::uint64_t events) {
        watches = {};
        const std::uint64_t rounds = std::max<std::uint64_t>(events / settings.batch, 1);
        for (std::uint64_t round = 0; round < rounds; ++round)
            one_batch(watches, engine, *store, batches.next(), state);
        return double(rounds * settings.batch);
    };
    run(settings.warm_up);
    const double events = run(settings.events);
    const auto add = [&](std::string_view what, std::string_view of, const Stopwatch& watch) {
        report.rows.push_back(
            boost::json::object{{"what", what}, {"of", of}, {"CPU us a message", watch.total() / events}});
    };
    add("wanted", "batch", watches.wanted);
    add("load", "batch", watches.load);
    add("decide", "batch", watches.decide);
    add("save", "batch", watches.save);
    add("settle", "batch", watches.settle);
    add("reading", "decide", watches.reading);
    add("placing", "decide", watches.placing);
    add("view_person", "decide", watches.person);
    add("facts", "decide", watches.facts);
    add("match", "decide", watches.match);
}

}  // namespace rapport::bench
