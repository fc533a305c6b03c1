#include "adapters/slack/connection/lines.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::slack;
using namespace std::chrono_literals;

namespace {

using std::chrono::milliseconds;

/// SocketLines with a clock that is turned by hand. Chance is always in the middle.
struct Table {
    explicit Table(LinesConfig config = {}) : lines(config, [this] { return roll; }) {}

    Moment now() const { return {std::chrono::steady_clock::time_point{1h} + at, Time{1'700'000'000s} + at}; }
    /// Turns the clock to each moment that `lines` asks for, and collects what is to be done.
    Effects pass(milliseconds time) {
        Effects all;
        const milliseconds end = at + time;
        for (int turns = 0;; ++turns) {
            REQUIRE(turns < 100'000);  // it must not ask for the same moment for ever
            const auto due = lines.due();
            const auto begin = std::chrono::steady_clock::time_point{1h};
            if (!due || *due - begin > end) break;
            at = std::max(at, std::chrono::ceil<milliseconds>(*due - begin));
            for (Effect& effect : lines.tick(now())) all.push_back(std::move(effect));
            if (answer_pings) answer(all);
        }
        at = end;
        return all;
    }
    void answer(const Effects& effects) {
        for (const Effect& effect : effects) {
            if (const auto* ping = std::get_if<PingLine>(&effect)) lines.pong(ping->line, ping->body, now());
        }
    }
    /// One line from its attempt to hello.
    Effects live(LineId line, Hello hello = {}) {
        lines.opened(line, now());
        return lines.hello(line, hello, now());
    }

    double roll = 0.5;
    bool answer_pings = true;
    milliseconds at{0};
    SocketLines lines;
};

template <class T>
std::vector<T> only(const Effects& effects) {
    std::vector<T> found;
    for (const Effect& effect : effects) {
        if (const auto* it = std::get_if<T>(&effect)) found.push_back(*it);
    }
    return found;
}

template <class T>
bool has(const Effects& effects) {
    return !only<T>(effects).empty();
}

Hello told(std::int64_t connections) {
    Hello hello;
    hello.app = "A1";
    hello.connections = connections;
    return hello;
}

Table one_live() {
    Table table;
    table.lines.start(table.now());
    table.live(1, told(1));
    return table;
}

}  // namespace

TEST_CASE("a line is live only after hello") {
    Table table;
    const Effects first = table.lines.start(table.now());
    REQUIRE(only<OpenLine>(first).size() == 1);
    CHECK(only<OpenLine>(first)[0].line == 1);
    CHECK(table.lines.opened(1, table.now()).empty());
    CHECK(table.lines.state(1) == LineState::connecting);
    const Effects up = table.lines.hello(1, told(1), table.now());
    CHECK(table.lines.state(1) == LineState::live);
    REQUIRE(has<LineUp>(up));
    CHECK(only<LineUp>(up)[0].app == "A1");
    CHECK_FALSE(has<Missed>(up));  // before the first hello nothing can have been missed
    CHECK_FALSE(has<RaiseAlarm>(up));
}

TEST_CASE("a line without hello is given up and tried again") {
    Table table;
    table.lines.start(table.now());
    table.lines.opened(1, table.now());
    CHECK_FALSE(has<CloseLine>(table.pass(14s)));
    const Effects late = table.pass(3s);
    REQUIRE(only<CloseLine>(late).size() == 1);
    CHECK(table.lines.state(1) == LineState::closing);
    REQUIRE(only<OpenLine>(late).size() == 1);  // after the first pause, beside the one that closes
    table.lines.closed(1, table.now());
    CHECK(table.lines.counts().failed == 1);
}

TEST_CASE("edge case 1: too_many_websockets closes, pauses one to three minutes and tells the count") {
    const auto [roll, least] =
        GENERATE(table<double, milliseconds>({{0.0, 60s}, {0.5, 120s}, {0.999, 179s}}));
    Table table;
    table.roll = roll;
    table.lines.start(table.now());
    table.live(1, told(11));
    const Effects crowded = table.lines.disconnect(1, "too_many_websockets", table.now());
    CHECK(only<CloseLine>(crowded).size() == 1);
    CHECK_FALSE(has<OpenLine>(crowded));
    bool shown = false;
    for (const auto& it : only<RaiseAlarm>(crowded)) {
        shown = shown || (it.alarm.kind == AlarmKind::too_many_connections &&
                          it.alarm.words.find("11") != std::string::npos);
    }
    CHECK(shown);
    CHECK_FALSE(has<OpenLine>(table.lines.closed(1, table.now())));
    CHECK_FALSE(has<OpenLine>(table.pass(least - 1ms)));
    CHECK(only<OpenLine>(table.pass(2s)).size() == 1);
    const Effects back = table.live(2, told(1));
    CHECK(only<Missed>(back).size() == 1);
}

TEST_CASE("edge case 1: too_many_websockets before hello pauses as long") {
    Table table;
    table.lines.start(table.now());
    table.lines.opened(1, table.now());
    table.lines.disconnect(1, "too_many_websockets", table.now());
    table.lines.closed(1, table.now());
    CHECK_FALSE(has<OpenLine>(table.pass(119s)));
    CHECK(has<OpenLine>(table.pass(2s)));
}

TEST_CASE("edge case 2: connections that only Slack counts are ghosts and raise one alarm an hour") {
    LinesConfig config;
    config.replicas = 1;
    Table table{config};
    table.lines.start(table.now());
    CHECK_FALSE(has<RaiseAlarm>(table.live(1, told(2))));  // ours and the replica's
    table.lines.disconnect(1, "warning", table.now());
    const Effects ghosts = table.live(2, told(5));
    REQUIRE(only<RaiseAlarm>(ghosts).size() == 1);
    CHECK(only<RaiseAlarm>(ghosts)[0].alarm.kind == AlarmKind::ghosts);
    CHECK(table.lines.counts().ghosts == 1);
    CHECK(table.lines.counts().slack_counts == 5);
    table.lines.closed(1, table.now());
    table.lines.disconnect(2, "warning", table.now());
    CHECK_FALSE(has<RaiseAlarm>(table.live(3, told(5))));
    CHECK(table.lines.counts().ghosts == 2);
    table.lines.closed(2, table.now());
    table.lines.disconnect(3, "warning", table.now());
    CHECK(has<RaiseAlarm>(table.live(4, told(7))));  // more of them: news
}

TEST_CASE("edge case 3: link_disabled stops and looks again every five minutes") {
    Table table = one_live();
    const Effects off = table.lines.disconnect(1, "link_disabled", table.now());
    REQUIRE(only<RaiseAlarm>(off).size() == 1);
    CHECK(only<RaiseAlarm>(off)[0].alarm.kind == AlarmKind::switched_off);
    CHECK_THAT(only<RaiseAlarm>(off)[0].alarm.words,
               ContainsSubstring("Socket Mode is off in the app's settings"));
    table.lines.closed(1, table.now());
    for (LineId line = 2; line < 5; ++line) {
        CHECK_FALSE(has<OpenLine>(table.pass(299s)));
        REQUIRE(has<OpenLine>(table.pass(1s)));
        table.lines.opened(line, table.now());
        CHECK_FALSE(has<RaiseAlarm>(table.lines.disconnect(line, "link_disabled", table.now())));
        table.lines.closed(line, table.now());
    }
}

TEST_CASE("edge case 4: a replacement is live before the old line goes") {
    const std::string reason = GENERATE("warning", "refresh_requested", "something_new", "");
    Table table = one_live();
    const Effects asked = table.lines.disconnect(1, reason, table.now());
    CHECK(only<OpenLine>(asked).size() == 1);
    CHECK_FALSE(has<CloseLine>(asked));
    CHECK(table.lines.state(1) == LineState::live);
    CHECK_FALSE(has<OpenLine>(table.lines.disconnect(1, "refresh_requested", table.now())));  // there is one
    table.lines.opened(2, table.now());
    CHECK(table.lines.state(1) == LineState::live);  // hello has not come
    const Effects replaced = table.lines.hello(2, told(2), table.now());
    CHECK(table.lines.state(1) == LineState::draining);
    CHECK(table.lines.state(2) == LineState::live);
    CHECK_FALSE(has<Missed>(replaced));
    CHECK_FALSE(has<RaiseAlarm>(replaced));
    CHECK(table.lines.disconnect(1, "refresh_requested", table.now()).empty());
    CHECK(table.lines.counts().refreshed == 1);
    CHECK(table.lines.counts().live == 2);
}

TEST_CASE("edge case 4: a line is replaced one to three minutes before its end without being asked") {
    const auto [roll, replaced] = GENERATE(
        table<double, milliseconds>({{0.0, 18060s - 60s}, {0.5, 18060s - 120s}, {1.0, 18060s - 180s}}));
    Table table;
    table.roll = roll;
    table.lines.start(table.now());
    Hello hello = told(1);
    hello.lifetime = 18060s;
    table.live(1, hello);
    CHECK_FALSE(has<OpenLine>(table.pass(replaced - 1ms)));
    CHECK(has<OpenLine>(table.pass(1ms)));
}

TEST_CASE("edge case 4: lifetimes that are short, missing or absurd") {
    const auto [lifetime, replaced] = GENERATE(table<milliseconds, milliseconds>(
        {{360s, 240s}, {100s, 50s}, {0s, 3480s}, {-5s, 3480s}, {1000h, 3480s}}));
    Table table;
    table.lines.start(table.now());
    Hello hello;
    hello.lifetime = lifetime;
    table.live(1, hello);
    CHECK_FALSE(has<OpenLine>(table.pass(replaced - 1ms)));
    CHECK(has<OpenLine>(table.pass(1ms)));
}

TEST_CASE("edge case 5: a replaced line is read for thirty seconds or until Slack closes it") {
    Table table = one_live();
    table.lines.disconnect(1, "warning", table.now());
    table.live(2, told(2));
    const bool slack_closes = GENERATE(true, false);
    CHECK_FALSE(has<CloseLine>(table.pass(29'999ms)));
    CHECK(table.lines.state(1) == LineState::draining);
    if (slack_closes) {
        CHECK(table.lines.closed(1, table.now()).empty());
        CHECK(table.lines.open() == 1);
    } else {
        const Effects over = table.pass(1ms);
        REQUIRE(only<CloseLine>(over).size() == 1);
        CHECK(only<CloseLine>(over)[0].line == 1);
        CHECK_FALSE(has<OpenLine>(table.lines.closed(1, table.now())));
    }
    CHECK(table.lines.counts().dropped == 0);
}

TEST_CASE("edge case 7: pings with bodies of their own, and a line without pongs is dead after 20 s") {
    Table table = one_live();
    table.answer_pings = false;
    const Effects first = table.pass(10s);
    REQUIRE(only<PingLine>(first).size() == 1);
    table.lines.pong(1, only<PingLine>(first)[0].body, table.now());
    const Effects second = table.pass(10s);
    REQUIRE(only<PingLine>(second).size() == 1);
    CHECK(only<PingLine>(second)[0].body != only<PingLine>(first)[0].body);
    table.lines.pong(1, only<PingLine>(first)[0].body, table.now());  // an old one again: no sign of life
    table.lines.pong(1, "", table.now());
    table.lines.pong(1, "something else", table.now());
    table.lines.heard(1, table.now());
    CHECK_FALSE(has<DropLine>(table.pass(9'999ms)));
    const Effects dead = table.pass(1ms);
    REQUIRE(only<DropLine>(dead).size() == 1);
    REQUIRE(only<OpenLine>(dead).size() == 1);  // at once
    table.lines.closed(1, table.now());
    CHECK(table.lines.counts().dropped == 1);
    const Effects back = table.live(2);
    REQUIRE(only<Missed>(back).size() == 1);
    CHECK(only<Missed>(back)[0].until == table.now().wall);
    CHECK(only<Missed>(back)[0].from == table.now().wall - 10s);  // when it was last heard
}

TEST_CASE("edge case 7: while nobody reads a line its silence says nothing") {
    Table table = one_live();
    table.answer_pings = false;
    table.lines.paused(1);
    CHECK(table.pass(5min).empty());
    const Effects again = table.lines.resumed(1, table.now());
    CHECK(only<PingLine>(again).size() == 1);
    CHECK(has<DropLine>(table.pass(20s)));
}

TEST_CASE("edge case 9: one loop tries again after 1, 2, 4 ... 60 s, and obeys Retry-After") {
    Table table;
    table.roll = 1.0;  // the whole pause
    table.lines.start(table.now());
    LineId line = 1;
    const Error broken{ErrorKind::transient, "no such host"};
    for (const milliseconds pause : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s, 60s}) {
        CHECK_FALSE(has<OpenLine>(table.lines.no_address(line, broken, table.now())));
        CHECK_FALSE(has<OpenLine>(table.pass(pause - 1ms)));
        REQUIRE(only<OpenLine>(table.pass(1ms)).size() == 1);
        ++line;
    }
    table.lines.no_address(line, {ErrorKind::rate_limited, "slow down", 300s}, table.now());
    CHECK_FALSE(has<OpenLine>(table.pass(300s)));
    REQUIRE(only<OpenLine>(table.pass(30s)).size() == 1);
    table.lines.no_address(++line, {ErrorKind::rate_limited, "slow down"}, table.now());
    CHECK_FALSE(has<OpenLine>(table.pass(30s)));
    REQUIRE(only<OpenLine>(table.pass(3s)).size() == 1);
    CHECK_FALSE(has<OpenLine>(table.lines.no_socket(++line, broken, table.now())));
    CHECK(table.lines.counts().failed == 12);
}

TEST_CASE("edge case 9: lines that break right after hello are no storm") {
    Table table;
    table.lines.start(table.now());
    std::size_t opened = 1;
    LineId line = 1;
    while (table.at < 10min) {
        table.live(line);
        table.lines.closed(line, table.now());
        std::size_t before = opened;
        while (opened == before) opened += only<OpenLine>(table.pass(100ms)).size();
        ++line;
    }
    CHECK(opened < 25);
}

TEST_CASE("a healthy line that breaks is replaced at once") {
    Table table = one_live();
    table.pass(10s);
    CHECK(has<OpenLine>(table.lines.closed(1, table.now())));
    CHECK(table.lines.counts().dropped == 1);
}

TEST_CASE("a refusal that a person must mend ends everything with its words") {
    Table table = one_live();
    table.lines.disconnect(1, "warning", table.now());
    const Effects end =
        table.lines.no_address(2, {ErrorKind::unauthorized, "the app token was revoked"}, table.now());
    REQUIRE(only<GiveUp>(end).size() == 1);
    CHECK(only<GiveUp>(end)[0].error.what == "the app token was revoked");
    CHECK(only<CloseLine>(end).size() == 1);
    CHECK_FALSE(has<OpenLine>(table.lines.closed(1, table.now())));
    CHECK_FALSE(table.lines.due());
}

TEST_CASE("a WebSocket that refuses us is tried again, as its address may have been used up") {
    Table table;
    table.lines.start(table.now());
    const Effects refused = table.lines.no_socket(1, {ErrorKind::unauthorized, "403"}, table.now());
    CHECK_FALSE(has<GiveUp>(refused));
    CHECK(has<OpenLine>(table.pass(1s)));
}

TEST_CASE("an answer that makes no sense is tried again slowly and raises an alarm") {
    Table table;
    table.lines.start(table.now());
    CHECK(has<RaiseAlarm>(table.lines.no_address(1, {ErrorKind::rejected, "not Slack's"}, table.now())));
    CHECK_FALSE(has<OpenLine>(table.pass(59s)));
    CHECK(has<OpenLine>(table.pass(1s)));
}

TEST_CASE("edge case 13: five unreadable frames within ten seconds make another line") {
    Table table = one_live();
    table.pass(20s);
    for (int i = 0; i < 4; ++i) CHECK(table.lines.garbage(1, table.now()).empty());
    table.pass(10'001ms);
    for (int i = 0; i < 4; ++i) CHECK(table.lines.garbage(1, table.now()).empty());
    table.pass(9s);
    const Effects enough = table.lines.garbage(1, table.now());
    CHECK(only<CloseLine>(enough).size() == 1);
    CHECK(only<OpenLine>(enough).size() == 1);
    CHECK(table.lines.counts().garbage == 9);
}

TEST_CASE("the gap reaches from what was last heard to the next hello") {
    Table table = one_live();
    table.pass(15s);
    table.lines.heard(1, table.now());
    const Time last = table.now().wall;
    table.answer_pings = false;
    table.pass(4s);
    table.lines.closed(1, table.now());
    table.pass(7s);
    const Effects back = table.live(2);
    REQUIRE(only<Missed>(back).size() == 1);
    CHECK(only<Missed>(back)[0].from == last);
    CHECK(only<Missed>(back)[0].until == last + 11s);
    table.lines.disconnect(2, "warning", table.now());
    CHECK_FALSE(has<Missed>(table.live(3)));
}

TEST_CASE("a line that drains keeps the gap closed") {
    Table table = one_live();
    table.pass(15s);
    table.lines.disconnect(1, "warning", table.now());
    table.live(2);
    table.pass(12s);
    table.lines.closed(2, table.now());  // the new one breaks, the old one still drains
    CHECK_FALSE(has<Missed>(table.live(3)));
}

TEST_CASE("two sockets at once, each replaced in turn, never more than three in all") {
    LinesConfig config;
    config.sockets = 7;  // taken as 2
    Table table{config};
    table.lines.start(table.now());
    const Effects first = table.live(1);
    REQUIRE(only<OpenLine>(first).size() == 1);
    CHECK_FALSE(has<OpenLine>(table.live(2)));
    table.lines.disconnect(1, "warning", table.now());
    table.lines.disconnect(2, "warning", table.now());
    CHECK(table.lines.open() == 3);
    CHECK_FALSE(has<OpenLine>(table.live(3)));  // one drains, one leaves, one is live: no room
    CHECK(table.lines.state(1) == LineState::draining);
    CHECK(table.lines.state(2) == LineState::live);
    const Effects room = table.pass(2s);
    REQUIRE(only<CloseLine>(room).size() == 1);
    CHECK(only<CloseLine>(room)[0].line == 1);
    CHECK_FALSE(has<OpenLine>(room));
    CHECK(has<OpenLine>(table.lines.closed(1, table.now())));
    table.live(4);
    CHECK(table.lines.state(2) == LineState::draining);
    CHECK(table.lines.counts().refreshed == 2);
}

TEST_CASE("a refresh every second: the draining line that owes nothing makes room") {
    Table table = one_live();
    LineId newest = 1;
    for (int i = 0; i < 60; ++i) {
        Effects effects = table.lines.disconnect(newest, "refresh_requested", table.now());
        for (int part = 0; part < 10; ++part) {
            for (const Effect& effect : effects) {
                if (const auto* it = std::get_if<OpenLine>(&effect)) {
                    newest = it->line;
                    CHECK_FALSE(has<Missed>(table.live(newest)));
                } else if (const auto* gone = std::get_if<CloseLine>(&effect)) {
                    for (Effect& more : table.lines.closed(gone->line, table.now())) {
                        if (const auto* opens = std::get_if<OpenLine>(&more)) {
                            newest = opens->line;
                            CHECK_FALSE(has<Missed>(table.live(newest)));
                        }
                    }
                }
            }
            effects = table.pass(100ms);
        }
        REQUIRE(table.lines.open() <= most_lines);
        REQUIRE(table.lines.counts().live >= 1);
    }
    CHECK(table.lines.counts().dropped == 0);
}

TEST_CASE("stopping closes every line and opens none") {
    Table table = one_live();
    table.lines.disconnect(1, "warning", table.now());
    const Effects end = table.lines.stop(table.now());
    CHECK(only<CloseLine>(end).size() == 2);
    CHECK_FALSE(has<OpenLine>(table.lines.closed(1, table.now())));
    CHECK_FALSE(has<OpenLine>(table.lines.closed(2, table.now())));
    CHECK_FALSE(table.lines.due());
    table.pass(1h);
    const Effects again = table.lines.start(table.now());
    REQUIRE(only<OpenLine>(again).size() == 1);
    CHECK(has<Missed>(table.live(3)));  // nobody listened for an hour
}

TEST_CASE("any event in any state is taken, and lines stay within bounds") {
    std::uint32_t seed = 7;
    const auto random = [&](std::uint32_t most) {
        seed = seed * 1664525 + 1013904223;
        return (seed >> 8) % most;
    };
    for (int life = 0; life < 50; ++life) {
        LinesConfig config;
        config.sockets = 1 + random(2);
        Table table{config};
        table.lines.start(table.now());
        for (int step = 0; step < 400; ++step) {
            const LineId line = 1 + random(40);
            switch (random(12)) {
                case 0:
                    table.lines.opened(line, table.now());
                    break;
                case 1:
                    table.lines.hello(line, told(random(12)), table.now());
                    break;
                case 2:
                    table.lines.disconnect(line, "warning", table.now());
                    break;
                case 3:
                    table.lines.disconnect(line, "too_many_websockets", table.now());
                    break;
                case 4:
                    table.lines.disconnect(line, "link_disabled", table.now());
                    break;
                case 5:
                    table.lines.garbage(line, table.now());
                    break;
                case 6:
                    table.lines.paused(line);
                    break;
                case 7:
                    table.lines.resumed(line, table.now());
                    break;
                case 8:
                    table.lines.closed(line, table.now());
                    break;
                case 9:
                    table.lines.no_address(line, {ErrorKind::transient, "x"}, table.now());
                    break;
                case 10:
                    table.answer_pings = random(2) == 0;
                    break;
                default:
                    table.pass(milliseconds{random(40'000)});
                    break;
            }
            REQUIRE(table.lines.open() <= most_lines);
        }
        // Left alone, with a Slack that works, it always comes back.
        table.answer_pings = true;
        for (int i = 0; i < 40; ++i) {
            table.pass(60s);
            for (LineId line = 1; line < 200; ++line) {
                if (table.lines.state(line) == LineState::closing) table.lines.closed(line, table.now());
                if (table.lines.state(line) == LineState::connecting) table.live(line);
                table.lines.resumed(line, table.now());
            }
        }
        CHECK(table.lines.counts().live >= config.sockets);
    }
}
