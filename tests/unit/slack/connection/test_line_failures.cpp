#include "unit/slack/connection/table.hpp"

using namespace rapport;
using namespace rapport::test;

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
    CHECK(table.lines.tick(table.now()).empty());  // whoever else turned the clock
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
