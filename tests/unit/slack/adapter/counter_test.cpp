// What staff ask of Rapport itself, and where the office's answers are shown.
#include "unit/slack/adapter/bench.hpp"

namespace rapport::test {
namespace {

Page a_page(std::string text) {
    Part part;
    part.text = std::move(text);
    part.buttons = {{"why", "Why?", ButtonStyle::normal, {}, "", ""}};
    return {"who", "Cleo Ito", {std::move(part)}};
}

Form a_form() {
    Form form;
    form.id = "away";
    form.title = "Away";
    form.submit = "Save";
    form.fields = {{"until", "Until when?", FieldKind::text, "", {}, true}};
    return form;
}

TEST_CASE("a command reaches the office and its answer is for who typed it") {
    Bench bench{GENERATE(Way::socket, Way::http)};
    bench.start();
    bench.office.answer = [](const Ask&) { return a_page("Runs a bookshop"); };
    SECTION("at once") {}
    SECTION("after Slack's three seconds are nearly over") {
        bench.office.delay = 2'400ms;
    }
    const std::string envelope = bench.slack.people().slash("ada", "help", "/rapport", "who <@U0CLEO>");
    REQUIRE(bench.until([&] { return bench.slack.ephemerals("ada").size() == 1; }));
    REQUIRE(bench.office.asks.size() == 1);
    CHECK(bench.office.asks[0].kind == Ask::Kind::words);
    CHECK(bench.office.asks[0].by == staff("ada"));
    CHECK(bench.office.asks[0].text == "who @slack:T0ACME:U0CLEO");
    CHECK_THAT(all_of(bench.slack.ephemerals("ada")[0].body), ContainsSubstring("Runs a bookshop"));
    CHECK(bench.all_acknowledged());
    CHECK(bench.slack.complaints().empty());
}

TEST_CASE("a staffer's direct message is answered where it was written") {
    Bench bench;
    bench.start();
    bench.office.answer = [](const Ask&) { return a_page("Runs a bookshop"); };
    bench.slack.people().say("ada", bench.direct("ada"), "who is cleo?");
    REQUIRE(bench.until([&] { return bench.shown_to("ada").size() == 2; }));
    CHECK(bench.office.asks.at(0).text == "who is cleo?");
    CHECK_THAT(all_of(bench.shown_to("ada")[1]), ContainsSubstring("Runs a bookshop"));
    CHECK(bench.inbox.texts().empty());
}

TEST_CASE("a staffer's direct message is acknowledged once the office has done what they asked for") {
    Bench bench;
    bench.start();
    bench.office.delay = 150ms;
    bench.office.answer = [](const Ask&) { return a_page("You are away"); };
    bench.slack.people().say("ada", bench.direct("ada"), "away until Monday");
    REQUIRE(bench.until([&] { return bench.office.asks.size() == 1; }));
    CHECK_FALSE(bench.all_acknowledged());
    REQUIRE(bench.until([&] { return bench.all_acknowledged(); }));
    REQUIRE(bench.until([&] { return bench.shown_to("ada").size() == 2; }));
    // What history shows again after a restart was answered already.
    bench.restart();
    bench.turn(100ms);
    CHECK(bench.office.asks.size() == 1);
}

TEST_CASE("a staffer's direct message that Slack brings again is answered once") {
    Bench bench;
    bench.slack.settings().pace.ack = 50ms;
    bench.start();
    bench.office.answer = [](const Ask&) { return a_page("Runs a bookshop"); };
    bench.slack.policy().drop_acks = 1;
    bench.slack.policy().new_envelope_on_retry = true;
    bench.slack.people().say("ada", bench.direct("ada"), "who is cleo?");
    REQUIRE(bench.until([&] { return bench.all_acknowledged(); }));
    const auto told = bench.slack.deliveries("message");
    REQUIRE(std::any_of(told.begin(), told.end(), [](const slack::Delivery& one) { return one.sends == 2; }));
    bench.turn(100ms);
    CHECK(bench.office.asks.size() == 1);
    CHECK(bench.shown_to("ada").size() == 2);
}

TEST_CASE("Home is published when somebody looks at it") {
    Bench bench;
    bench.start();
    bench.office.answer = [](const Ask& ask) {
        return ask.kind == Ask::Kind::home ? Answer{a_page("Two alerts wait")} : Answer{};
    };
    bench.slack.people().open_home("ada");
    REQUIRE(bench.until([&] { return bench.slack.home("ada").has_value(); }));
    CHECK_THAT(all_of(*bench.slack.home("ada")), ContainsSubstring("Two alerts wait"));
    SECTION("and again after a press there") {
        const std::size_t before = bench.slack.calls("views.publish").size();
        bench.slack.people().press("ada", {.action = "ask:why"});
        REQUIRE(bench.until([&] { return bench.slack.calls("views.publish").size() > before; }));
        CHECK(bench.office.asks.at(1).kind == Ask::Kind::button);
        CHECK(bench.office.asks.at(1).name == "why");
    }
    CHECK(bench.slack.complaints().empty());
}

TEST_CASE("a shortcut on a message opens the office's form and what is submitted comes back") {
    Bench bench{GENERATE(Way::socket, Way::http)};
    bench.start();
    const std::string ts = bench.slack.people().say("cleo", "help", "Does it work on Sundays?");
    REQUIRE(bench.until([&] { return bench.inbox.events.size() == 1; }));
    bench.office.answer = [](const Ask& ask) -> Answer {
        if (ask.kind == Ask::Kind::shortcut) return a_form();
        if (ask.values.contains("until") && ask.values.at("until") == "soon")
            return FormErrors{{"until", "Please give a day."}};
        return {};
    };
    SECTION("at once") {}
    SECTION("late: something stands there meanwhile") {
        bench.office.delay = 900ms;
    }
    bench.slack.people().message_shortcut("ada", "ask_someone", "help", ts);
    REQUIRE(bench.until([&] {
        return !bench.slack.views("ada").empty() &&
               all_of(bench.slack.views("ada")[0]).find("Until when?") != std::string::npos;
    }));
    REQUIRE(bench.office.asks.at(0).about);
    CHECK(bench.office.asks[0].about->id == ts);
    CHECK(bench.office.asks[0].about->author.key == AccountKey{"slack", "T0ACME", "U0CLEO"});

    const auto field = [&] {  // the round stands in its name
        const std::string shown = all_of(bench.slack.views("ada")[0]);
        return shown.find("f1:until") != std::string::npos ? "f1:until" : "f0:until";
    };
    bench.slack.people().submit("ada", {{field(), "soon"}});
    REQUIRE(bench.until([&] { return bench.office.asks.size() == 2 && bench.all_acknowledged(); }));
    CHECK(bench.slack.views("ada").size() == 1);
    bench.slack.people().submit("ada", {{field(), "Friday"}});
    REQUIRE(bench.until([&] { return bench.slack.views("ada").empty(); }));
    CHECK(bench.office.asks.at(2).kind == Ask::Kind::form);
    CHECK(bench.office.asks[2].name == "away");
    CHECK(bench.slack.complaints().empty());
}

}  // namespace
}  // namespace rapport::test
