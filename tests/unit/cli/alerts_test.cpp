#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "bot/json/alert_json.hpp"
#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace json = boost::json;

TEST_CASE("alerts list and show") {
    Workshop workshop;
    workshop.fill();
    const Ran list = workshop.run({"alerts", "list"});
    CHECK(list.code == 0);
    CHECK_THAT(list.out, ContainsSubstring("champion-asks  Mon 2 Mar 2026, 10:01"));
    CHECK(workshop.run({"alerts", "list", "--json"}).out ==
          workshop.run({"alerts", "show", "1", "--json"}).out);
    const Ran show = workshop.run({"alerts", "show", "1"});
    CHECK_THAT(show.out, ContainsSubstring("lena (chat:home:lena)"));
    CHECK_THAT(show.out, ContainsSubstring("Does 2.0 speak IPv6?"));
    CHECK(workshop.run({"alerts", "show", "7"}).code == 3);
}

TEST_CASE("times are shown by the clock that was asked for, and in UTC to programs") {
    Workshop workshop;
    workshop.fill();
    CHECK_THAT(workshop.run({"alerts", "list", "--zone", "Asia/Tokyo"}).out, ContainsSubstring("19:01"));
    const Ran ran = workshop.run({"alerts", "list", "--json", "--zone", "Asia/Tokyo"});
    CHECK_THAT(ran.out, ContainsSubstring("\"created\":\"2026-03-02T10:01:00.000Z\""));
}

TEST_CASE("closed alerts are listed with --all only") {
    Workshop workshop;
    workshop.fill();
    workshop.commit({said("ada", "m5", "Yes, it does.", moment("2026-03-02 12:00"), "m1")});
    CHECK_THAT(workshop.run({"alerts", "list"}).out, ContainsSubstring("No alert is open"));
    CHECK_THAT(workshop.run({"alerts", "list", "--all"}).out, ContainsSubstring("replied (verified)"));
}

TEST_CASE("why an alert was raised: each condition with the value it saw, and why this staffer") {
    Workshop workshop;
    workshop.fill();
    const Ran why = workshop.run({"why", "1"});
    CHECK(why.code == 0);
    CHECK_THAT(why.out, ContainsSubstring("person.role has champion"));
    CHECK_THAT(why.out, ContainsSubstring("it is [champion]"));
    CHECK_THAT(why.out, ContainsSubstring("Ada Winter"));
    const json::value lines = json::parse(workshop.run({"why", "1", "--json"}).out);
    CHECK(lines.at("rule").as_string() == "champion-asks");
    CHECK(lines.at("why").as_array().size() >= 3);
    CHECK(workshop.run({"why", "2"}).code == 3);
    CHECK(workshop.run({"why"}).code == 2);
    CHECK(workshop.run({"why", "1", "--message", "chat:home:help/m1"}).code == 2);
}

TEST_CASE("why a message raised none: each rule, each condition with the value it sees") {
    Workshop workshop;
    workshop.fill();
    const Ran why = workshop.run({"why", "--message", "chat:home:help/m2"});
    CHECK(why.code == 0);
    CHECK_THAT(why.out, ContainsSubstring("It raised no alert."));
    CHECK_THAT(why.out, ContainsSubstring("✗ person.role has champion — it is []"));
    CHECK_THAT(why.out, ContainsSubstring("✓ message.kind = question — it is question"));
    const json::value seen =
        json::parse(workshop.run({"why", "--message", "chat:home:help/m2", "--json"}).out);
    const json::value& rule = seen.at("rules").as_array().at(0);
    CHECK(rule.at("holds") == false);
    CHECK(rule.at("conditions").as_array().at(1).at("saw").as_string() == "question");
}

TEST_CASE("why a message was kept from the rules, or has an alert") {
    Workshop workshop;
    workshop.fill();
    CHECK_THAT(workshop.run({"why", "--message", "chat:home:help/m3"}).out,
               ContainsSubstring("A colleague said it"));
    CHECK_THAT(workshop.run({"why", "--message", "chat:home:help/m4"}).out,
               ContainsSubstring("A bot said it"));
    CHECK_THAT(workshop.run({"why", "--message", "chat:home:help/m1"}).out,
               ContainsSubstring("`rapport why 1`"));
    CHECK(workshop.run({"why", "--message", "chat:home:help/m99"}).code == 3);
    CHECK(workshop.run({"why", "--message", "nonsense"}).code == 2);
}

TEST_CASE("a message whose id and channel have slashes is found") {
    Workshop workshop;
    workshop.fill();
    Input input = said("omar", "at://x/post/3", "Where is it?", moment("2026-03-03 10:00"));
    std::get<MessagePosted>(std::get<Event>(input.what).body).message.channel.key.id = "a/b";
    workshop.commit({input});
    CHECK(workshop.run({"why", "--message", "chat:home:a/b/at://x/post/3"}).code == 0);
}

TEST_CASE("an alert as JSON has fixed keys, times in UTC, and null for what has not happened") {
    AlertRow alert;
    alert.id = AlertId{7};
    alert.rule = "r";
    alert.created = moment("2026-03-02 10:00");
    AccountRow about;
    about.key = account("lena");
    ChannelRow channel;
    channel.key = {"chat", "home", "help"};
    MessageRow message;
    message.native = "m1";
    message.at = moment("2026-03-02 09:59:58.5");
    message.text = "a \"quoted\"\nline";
    const std::string line = alert_json(alert, about, channel, {message});
    CHECK_THAT(line,
               ContainsSubstring(R"({"id":7,"rule":"r","title":"","state":"waiting","outcome":"none",)"));
    CHECK_THAT(line, ContainsSubstring(R"("account":"chat:home:lena")"));
    CHECK_THAT(line, ContainsSubstring(R"("at":"2026-03-02T09:59:58.500Z","text":"a \"quoted\"\nline")"));
    CHECK_THAT(line, ContainsSubstring(R"("created":"2026-03-02T10:00:00.000Z","opened":null,)"));
    CHECK(line.find('\n') == std::string::npos);
    CHECK(line == alert_json(alert, about, channel, {message}));
}

}  // namespace rapport::test
