// Cards, presses and their answers.
#include "unit/slack/adapter/bench.hpp"

namespace rapport::test {
namespace {

/// The staff's own channel.
void in_channel(app::Config& config) {
    config.cards_in_channel = true;
    config.alert_channel = "alerts";
}

std::size_t roots(const std::vector<json::object>& messages) {
    std::size_t count = 0;
    for (const json::object& message : messages) count += !slack::is_reply(message);
    return count;
}

TEST_CASE("a card is a direct message and edited in place with its history in the thread") {
    Bench bench{GENERATE(Way::socket, Way::http)};
    bench.start();
    REQUIRE(bench.deliver(to({"ada"}, a_card())));
    const auto first = bench.shown_to("ada");
    REQUIRE(first.size() == 1);
    CHECK_THAT(all_of(first[0]), ContainsSubstring("A speaker writes about us"));
    CHECK_THAT(all_of(first[0]), ContainsSubstring("Is a second edition planned?"));

    Card next = a_card(2, "Ada has it");
    next.history.push_back({next.history.back().at + 1min, "Ada took it"});
    REQUIRE(bench.deliver(to({"ada"}, next, false)));
    const auto second = bench.shown_to("ada");
    REQUIRE(second.size() == 2);
    CHECK(ts_of(second[0]) == ts_of(first[0]));
    CHECK_THAT(all_of(second[0]), ContainsSubstring("Ada has it"));
    CHECK_THAT(text_of(second[1]), ContainsSubstring("Ada took it"));
    CHECK_THAT(text_of(second[1]), !ContainsSubstring("Ada was asked"));
    CHECK(slack::is_reply(second[1]));

    SECTION("the same again changes nothing") {
        REQUIRE(bench.deliver(to({"ada"}, next, false)));
        REQUIRE(bench.deliver(to({"ada"}, a_card(), true)));
        CHECK(bench.shown_to("ada") == second);
    }
    SECTION("a sound that is wanted is a mention in the thread") {
        REQUIRE(bench.deliver(to({"ada"}, [&] {
            Card reminder = next;
            reminder.revision = 3;
            reminder.status = "Still waiting for Ada";
            return reminder;
        }())));
        const auto third = bench.shown_to("ada");
        REQUIRE(third.size() == 3);
        CHECK_THAT(text_of(third[2]), ContainsSubstring("<@U0ADA> "));
    }
    SECTION("after a restart it is the same message") {
        bench.restart();
        Card third = next;
        third.revision = 3;
        third.status = "Answered";
        REQUIRE(bench.deliver(to({"ada"}, third, false)));
        CHECK(roots(bench.shown_to("ada")) == 1);
        CHECK_THAT(all_of(bench.shown_to("ada")[0]), ContainsSubstring("Answered"));
    }
    SECTION("one that somebody removed comes back") {
        bench.slack.people().remove(bench.direct("ada"), ts_of(second[1]));
        bench.slack.people().remove(bench.direct("ada"), ts_of(first[0]));
        Card third = next;
        third.revision = 3;
        REQUIRE(bench.deliver(to({"ada"}, third, false)));
        CHECK(roots(bench.shown_to("ada")) == 1);
    }
    CHECK(bench.slack.complaints().empty());
}

TEST_CASE("in the team's channel a card mentions who is asked") {
    Bench bench{Way::socket, in_channel};
    bench.start();
    REQUIRE(bench.deliver(to({"ada", "bea"}, a_card())));
    REQUIRE(bench.slack.messages("alerts").size() == 1);
    CHECK_THAT(text_of(bench.slack.messages("alerts")[0]), ContainsSubstring("<@U0ADA> <@U0BEA>"));
    // Slack shows the blocks, so they call them as well.
    CHECK_THAT(json::serialize(bench.slack.messages("alerts")[0]),
               ContainsSubstring(R"({"type":"user","user_id":"U0BEA"})"));
    CHECK(bench.shown_to("ada").empty());
}

TEST_CASE("what the team was asked calls by name whoever has it now") {
    Bench bench{Way::socket, in_channel};
    bench.start();
    REQUIRE(bench.deliver(to({}, a_card())));
    Card second = a_card(2, "Waiting for Bea");
    second.history.push_back({second.history.back().at + 1min, "Ada handed it over to Bea"});
    Outgoing to_bea = to({"bea"}, second);
    to_bea.team = true;
    REQUIRE(bench.deliver(to_bea));
    REQUIRE(bench.slack.messages("alerts").size() == 2);
    CHECK_THAT(text_of(bench.slack.messages("alerts")[1]), ContainsSubstring("<@U0BEA>"));
    CHECK(bench.shown_to("bea").empty());
}

TEST_CASE("a card that the team sees in the channel is brought to whoever has it now, too") {
    Bench bench{Way::socket, [](app::Config& config) { config.alert_channel = "alerts"; }};
    bench.start();
    REQUIRE(bench.deliver(to({}, a_card())));
    CHECK(bench.slack.messages("alerts").size() == 1);
    Card second = a_card(2, "Waiting for Bea");
    second.history.push_back({second.history.back().at + 1min, "Ada handed it over to Bea"});
    Outgoing to_bea = to({"bea"}, second);
    to_bea.team = true;
    REQUIRE(bench.deliver(to_bea));
    CHECK(bench.shown_to("bea").size() == 1);
    CHECK_THAT(text_of(bench.slack.messages("alerts")[0]), ContainsSubstring("Waiting for Bea"));
    CHECK_THAT(text_of(bench.slack.messages("alerts")[1]), !ContainsSubstring("<@U0BEA>"));
}

TEST_CASE("without a channel of the team its leads see a card, and whoever has it now") {
    Bench bench;
    bench.start();
    Outgoing to_bea = to({"bea"}, a_card());
    to_bea.team = true;
    REQUIRE(bench.deliver(to_bea));
    CHECK(bench.shown_to("bea").size() == 1);
    CHECK(bench.shown_to("cyd").size() == 1);
    CHECK(bench.shown_to("ada").empty());
}

TEST_CASE("what was said in private stands in no channel") {
    Bench bench{Way::socket, in_channel};
    bench.start();
    Card card = a_card();
    card.is_private = true;
    REQUIRE(bench.deliver(to({"ada"}, card)));
    CHECK(bench.slack.messages("alerts").empty());
    CHECK(bench.shown_to("ada").size() == 1);
}

TEST_CASE("a channel that refuses a card does not swallow it") {
    Bench bench{Way::socket, in_channel};
    bench.start();
    bench.slack.next_calls("chat.postMessage", 1, Fault::error("is_archived"));
    REQUIRE(bench.deliver(to({"ada"}, a_card())));
    CHECK(bench.slack.messages("alerts").empty());
    CHECK(bench.shown_to("ada").size() == 1);
    CHECK_THAT(bench.log, ContainsSubstring("archived"));
}

TEST_CASE("where cards stand is forgotten once nobody needs it any more") {
    Bench bench;
    bench.start();
    REQUIRE(bench.deliver(to({"ada"}, a_card())));
    const auto places = [&] {
        return std::count_if(bench.notebook.notes.begin(), bench.notebook.notes.end(),
                             [](const auto& note) { return note.first.find(":card:") != std::string::npos; });
    };
    CHECK(places() == 1);
    bench.skip(61 * 24h);
    bench.restart();
    CHECK(bench.until([&] { return places() == 0; }));
}

TEST_CASE("no alert goes into a channel that outsiders read") {
    SECTION("from the start") {
        Bench bench{Way::socket, [](app::Config& config) {
                        config.cards_in_channel = true;
                        config.alert_channel = "ext-globex";
                    }};
        bench.start();
        REQUIRE(bench.deliver(to({"ada"}, a_card())));
        REQUIRE(bench.deliver(to({}, [] {
            Card card = a_card();
            card.id = "alert:8";
            return card;
        }())));
        CHECK(bench.slack.messages("ext-globex").empty());
        CHECK(bench.shown_to("ada").size() == 1);
        CHECK(bench.shown_to("cyd").size() == 1);  // the lead
        CHECK_THAT(bench.log, ContainsSubstring("shared with another company"));
    }
    SECTION("from when it is shared") {
        Bench bench{Way::socket, in_channel};
        bench.start();
        bench.slack.people().share("alerts", "T0EXT");
        REQUIRE(bench.until([&] { return bench.log.find("shared with another") != std::string::npos; }));
        REQUIRE(bench.deliver(to({"ada"}, a_card())));
        CHECK(bench.slack.messages("alerts").empty());
        CHECK(bench.shown_to("ada").size() == 1);
    }
}

TEST_CASE("a card whose answer was lost is not posted twice") {
    Bench bench;
    bench.start();
    const bool arrived = GENERATE(true, false);
    const bool restarted = GENERATE(false, true);
    bench.slack.next_calls("chat.postMessage", 1, arrived ? Fault::lost_answer() : Fault::reset());
    const Result<> lost = bench.deliver(to({"ada"}, a_card()));
    if (!lost) CHECK(lost.error().retryable());
    if (restarted) bench.restart();
    REQUIRE(bench.deliver(to({"ada"}, a_card())));
    REQUIRE(bench.deliver(to({"ada"}, a_card(2, "Newer"), false)));
    REQUIRE(bench.shown_to("ada").size() == 1);
    CHECK_THAT(all_of(bench.shown_to("ada")[0]), ContainsSubstring("Newer"));
}

TEST_CASE("a line of the thread whose answer was lost is not posted twice") {
    Bench bench;
    bench.start();
    REQUIRE(bench.deliver(to({"ada"}, a_card())));
    Card next = a_card(2, "Ada has it");
    next.history.push_back({next.history.back().at + 1min, "Ada took it"});
    bench.slack.next_calls("chat.postMessage", 1, Fault::lost_answer());
    CHECK_FALSE(bench.deliver(to({"ada"}, next, false)));
    REQUIRE(bench.deliver(to({"ada"}, next, false)));
    CHECK(bench.shown_to("ada").size() == 2);
}

TEST_CASE("429 and broken answers end in one card") {
    Bench bench;
    bench.start();
    bench.slack.next_calls("chat.postMessage", 2, Fault::rate_limited(7));
    bench.slack.next_calls("chat.postMessage", 1, Fault::server_error(503));
    bench.slack.next_calls("chat.postMessage", 1, Fault::html());
    Result<> shown = Error{ErrorKind::transient, "not yet"};
    for (int tries = 0; tries < 8 && !shown; ++tries) shown = bench.deliver(to({"ada"}, a_card()));
    REQUIRE(shown);
    CHECK(bench.shown_to("ada").size() == 1);
}

TEST_CASE("a press becomes an action and its notice is for the one who pressed alone") {
    const bool channel = GENERATE(false, true);
    Bench bench{GENERATE(Way::socket, Way::http), channel ? in_channel : [](app::Config&) {}};
    bench.start();
    REQUIRE(bench.deliver(to({"ada"}, a_card())));
    const std::string place = channel ? "alerts" : bench.direct("ada");
    const std::string ts = ts_of(bench.slack.messages(place).at(0));
    REQUIRE(bench.until([&] { return bench.all_acknowledged(); }));
    bench.inbox.durable_at_once = false;
    bench.slack.people().press("ada", {.channel = place, .ts = ts, .action = "card:claim"});
    REQUIRE(bench.until([&] { return bench.inbox.all<Action>().size() == 1; }));
    const Action action = bench.inbox.all<Action>()[0];
    CHECK(action.by == staff("ada"));
    CHECK(action.card == "alert:7");
    CHECK(action.button == "claim");
    bench.turn();
    CHECK(bench.slack.unacked().size() == 1);
    bench.inbox.settle();
    REQUIRE(bench.until([&] { return bench.all_acknowledged(); }));
    Outgoing notice;
    notice.id = "notice:1";
    notice.to = {staff("ada")};
    notice.body = Notice{action.id, "Bea was faster."};
    REQUIRE(bench.deliver(notice));
    REQUIRE(bench.slack.ephemerals("ada").size() == 1);
    CHECK_THAT(all_of(bench.slack.ephemerals("ada")[0].body), ContainsSubstring("Bea was faster."));
    CHECK(bench.slack.messages(place).size() == 1);
    CHECK(bench.slack.complaints().empty());
}

TEST_CASE("a notice for a press from before a restart is a direct message") {
    Bench bench;
    bench.start();
    Outgoing notice;
    notice.id = "notice:1";
    notice.to = {staff("ada")};
    notice.body = Notice{"a press that nobody remembers", "Done."};
    REQUIRE(bench.deliver(notice));
    CHECK(bench.shown_to("ada").size() == 1);
}

TEST_CASE("a press that is faster than the answer to the post works") {
    Bench bench;
    bench.start();
    bench.slack.next_calls("chat.postMessage", 1, Fault::slow(300ms));
    std::optional<Result<>> shown;
    bench.deliver_into(to({"ada"}, a_card()), shown);
    REQUIRE(bench.until([&] { return !bench.shown_to("ada").empty(); }));
    REQUIRE_FALSE(shown);
    bench.slack.people().press(
        "ada",
        {.channel = bench.direct("ada"), .ts = ts_of(bench.shown_to("ada")[0]), .action = "card:claim"});
    REQUIRE(bench.until([&] { return bench.inbox.all<Action>().size() == 1; }));
    CHECK_FALSE(shown);
    REQUIRE(bench.until([&] { return shown.has_value(); }));
    CHECK(*shown);
    CHECK(bench.shown_to("ada").size() == 1);
}

TEST_CASE("another time and somebody else are asked for in forms") {
    Bench bench{GENERATE(Way::socket, Way::http)};
    bench.start();
    REQUIRE(bench.deliver(to({"ada"}, a_card())));
    const std::string place = bench.direct("ada");
    const std::string ts = ts_of(bench.shown_to("ada").at(0));
    SECTION("snooze") {
        bench.slack.people().press("ada",
                                   {.channel = place, .ts = ts, .action = "card:snooze", .choice = "custom"});
        REQUIRE(bench.until([&] { return bench.slack.views("ada").size() == 1; }));
        bench.slack.people().submit("ada", {{"d0:choice", "2026-12-01"}, {"t0:choice", "09:30"}});
        REQUIRE(bench.until([&] { return bench.inbox.all<Action>().size() == 1; }));
        CHECK(bench.inbox.all<Action>()[0].button == "snooze");
        CHECK(bench.inbox.all<Action>()[0].values.at("choice") == "2026-12-01 09:30");
    }
    SECTION("hand over") {
        bench.slack.people().press("ada", {.channel = place, .ts = ts, .action = "card:hand_over"});
        REQUIRE(bench.until([&] { return bench.slack.views("ada").size() == 1; }));
        bench.slack.people().submit("ada", {{"f0:choice", "U0BEA"}, {"f0:brief", "She knows the book."}});
        REQUIRE(bench.until([&] { return bench.inbox.all<Action>().size() == 1; }));
        CHECK(bench.inbox.all<Action>()[0].button == "hand_over");
        CHECK(bench.inbox.all<Action>()[0].values.at("choice") == "slack:T0ACME:U0BEA");
        CHECK(bench.inbox.all<Action>()[0].values.at("brief") == "She knows the book.");
    }
    REQUIRE(bench.until([&] { return bench.slack.views("ada").empty(); }));
    const Action action = bench.inbox.all<Action>()[0];
    CHECK(action.card == "alert:7");
    Outgoing notice;
    notice.id = "notice:1";
    notice.to = {staff("ada")};
    notice.body = Notice{action.id, "Done, until then."};
    REQUIRE(bench.deliver(notice));
    CHECK(bench.slack.ephemerals("ada").size() == 1);
    CHECK(bench.slack.complaints().empty());
}

TEST_CASE("nobody outside the team gets a form or a page") {
    Bench bench{Way::socket, in_channel};
    bench.office.answer = [](const Ask&) { return Page{"home", "Home", {}}; };
    bench.start();
    REQUIRE(bench.deliver(to({"ada"}, a_card())));
    bench.slack.people().join("cleo", "alerts");
    const std::string ts = ts_of(bench.slack.messages("alerts").at(0));
    bench.slack.people().press("cleo", {.channel = "alerts", .ts = ts, .action = "card:hand_over"});
    bench.slack.people().shortcut("cleo", "open_alerts");
    REQUIRE(bench.until([&] { return bench.all_acknowledged(); }));
    bench.turn();
    CHECK(bench.slack.views("cleo").empty());
    CHECK(bench.slack.ephemerals("cleo").empty());
    CHECK(bench.office.asks.empty());
    CHECK(bench.inbox.all<Action>().empty());
}

}  // namespace
}  // namespace rapport::test
