// Connections that Slack replaces all the time, under load.
#include <cstdlib>

#include "unit/slack/adapter/bench.hpp"

namespace rapport::test {
namespace {

using Steady = std::chrono::steady_clock;

/// How long, and how often Slack asks for another connection.
struct Load {
    std::chrono::milliseconds time = 10s;
    std::chrono::milliseconds refresh = 200ms;
    std::chrono::milliseconds event = 5ms;  ///< 200 a second.
    std::chrono::milliseconds click = 50ms;
};

/// RAPPORT_SLACK_SOAK=600: for so many seconds, with a refresh every second.
Load wanted_load() {
    Load load;
    if (const char* seconds = std::getenv("RAPPORT_SLACK_SOAK")) {
        load.time = std::chrono::seconds{std::max(1L, std::strtol(seconds, nullptr, 10))};
        load.refresh = 1s;
    }
    return load;
}

/// Whether another one is due: `count` of them, `each` apart, since `begun`.
bool is_due(std::size_t count, std::chrono::milliseconds each, Steady::time_point begun) {
    return Steady::now() - begun >= each * count;
}

TEST_CASE(
    "a refresh again and again under 200 events a second: nothing lost or twice and every click answered") {
    const Load load = wanted_load();
    Bench bench;
    bench.slack.settings().pace.drain = load.refresh / 2;
    // Slack leaves ten seconds for acknowledgements; a busy machine may need more than the tenth of one.
    bench.slack.settings().pace.patience = 10s;
    bench.slack.limit("apps.connections.open", false);
    bench.start();
    REQUIRE(bench.deliver(to({"ada"}, a_card())));
    const std::string place = bench.direct("ada");
    const std::string card = ts_of(bench.shown_to("ada").at(0));

    std::set<std::string> said;
    std::size_t refreshes = 0, clicks = 0;
    const Steady::time_point begun = Steady::now();
    while (Steady::now() - begun < load.time) {
        if (is_due(said.size(), load.event, begun))
            said.insert(bench.slack.people().say("cleo", "help", "Number " + std::to_string(said.size())));
        if (is_due(clicks, load.click, begun)) {
            bench.slack.people().press("ada", {.channel = place, .ts = card, .action = "card:claim"});
            ++clicks;
        }
        if (is_due(refreshes, load.refresh, begun)) {
            bench.slack.courier().disconnect("refresh_requested");
            ++refreshes;
        }
        bench.clock.leap();  // Slack's tier for new connections is not what is tried here
        bench.io.restart();
        bench.io.run_for(1ms);
    }
    // What went out is acknowledged; what Slack could not send, while no socket was open, history tells.
    const auto all_heard = [&] {
        std::set<std::string> ids;
        for (const MessagePosted& one : bench.inbox.all<MessagePosted>()) ids.insert(one.message.id);
        return ids == said;
    };
    const auto settled = [&] {
        const auto unacked = bench.slack.unacked();
        return all_heard() && std::all_of(unacked.begin(), unacked.end(), [](const slack::Delivery& one) {
                   return one.sends == 0 && one.type == "events_api";
               });
    };
    const bool ended =
        bench.until(settled, 2min);  // what a closed socket swallowed comes again after `patience`
    for (const slack::Delivery& one : bench.slack.unacked())
        UNSCOPED_INFO(one.name << ", sent " << one.sends << " times, tried " << one.attempts.size());
    INFO(bench.log);
    REQUIRE(ended);

    std::set<std::string> heard, pressed;
    for (const MessagePosted& one : bench.inbox.all<MessagePosted>()) {
        const bool first = heard.insert(one.message.id).second;
        if (!first && !one.late) FAIL_CHECK("twice: " << one.message.text);
    }
    for (const Action& one : bench.inbox.all<Action>()) pressed.insert(one.id);
    CHECK(heard == said);
    CHECK(pressed.size() == clicks);
    CHECK(bench.inbox.all<Action>().size() == clicks);
    CHECK(bench.inbox.all<Gap>().empty());
    CHECK(bench.slack.notes().empty());  // what people would have seen of a click without an answer
    CHECK(bench.slack.complaints().empty());
    CHECK(refreshes >= std::size_t(load.time / load.refresh) / 2);
    CHECK(said.size() >= std::size_t(load.time / load.event) / 2);
    CHECK(bench.slack.sockets().size() >= 1);
}

}  // namespace
}  // namespace rapport::test
