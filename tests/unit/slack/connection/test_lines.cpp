#include "unit/slack/connection/table.hpp"

using namespace rapport;
using namespace rapport::test;

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
