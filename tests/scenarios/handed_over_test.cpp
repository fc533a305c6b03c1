// Scenarios 10 and 11: an alert is put off until tomorrow, whatever the hours; and it passes from one
// colleague to another, from whoever had it: a person or the team.

#include "bot/alerts/card.hpp"
#include "scenarios/champions.hpp"
#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

TEST_CASE(
    "scenario 11: handed over: the new staffer sees the brief and from whom, and the old one's card says "
    "so") {
    House house{champion_rules("owner")};
    house.know("kim", {"champion"}, "ada");
    const std::string asked = house.say("kim", question);
    const AlertId id = house.only_alert().id;
    CHECK(house.press("ada", id, "hand_over", "cyd", "Kim runs our largest mirror.") ==
          "Handed over to Cyd Tanaka.");
    const AlertRow alert = house.only_alert();
    CHECK(alert.state == AlertState::open);
    CHECK(alert.staffer == "cyd");
    const Card& card = house.card(id);
    CHECK_THAT(fields_of(card),
               ContainsSubstring("Brief: Handed over by Ada Winter: Kim runs our largest mirror."));
    CHECK_THAT(card.status, ContainsSubstring("Waiting for Cyd Tanaka"));
    // The old one sees the same card.
    CHECK(house.shown_to[card.id] == std::vector<AccountKey>{house.key("ada"), house.key("cyd")});
    CHECK(history_of(card).back() == "Ada Winter handed it over to Cyd Tanaka.");
    CHECK(house.sounds[card.id] == 2);
    SECTION("and it is the new one's answer that verifies it") {
        house.say("cyd", "It does!", {.reply_to = asked});
        CHECK(house.only_alert().outcome == Outcome::verified);
    }
    SECTION("the old one's is another's") {
        house.say("ada", "It does!", {.reply_to = asked});
        CHECK(house.only_alert().outcome == Outcome::other_staff);
    }
}

TEST_CASE(
    "scenario 11: handed over after the team's channel was asked: the new staffer sees it and is called") {
    House house{champion_rules("channel")};
    house.know("kim", {"champion"});
    const std::string asked = house.say("kim", question);
    const AlertId id = house.only_alert().id;
    const std::string card = card_id(id);
    CHECK(house.only_alert().staffer.empty());
    CHECK(house.shown_to[card].empty());
    CHECK(house.shown_to_team.contains(card));

    SECTION("by a word") {
        house.press("ada", id, "hand_over", "cyd", "Kim runs our largest mirror.");
        CHECK(house.only_alert().staffer == "cyd");
        CHECK(house.shown_to[card] == std::vector<AccountKey>{house.key("cyd")});
        CHECK_THAT(fields_of(house.card(id)),
                   ContainsSubstring("Why you: Ada Winter handed it over to Cyd Tanaka"));
        CHECK(house.sounds[card] == 2);
        CHECK(house.shown_to_team.contains(card));
        house.say("cyd", "It does!", {.reply_to = asked});
        CHECK(house.only_alert().outcome == Outcome::verified);
        CHECK(history_of(house.card(id)).back().starts_with("Cyd Tanaka answered"));
    }
    SECTION("taken on from the channel: whoever took it is reminded of it") {
        house.press("bea", id, "claim");
        CHECK(house.shown_to[card] == std::vector<AccountKey>{house.key("bea")});
        const int sounds = house.sounds[card];
        house.at("2026-03-02 13:00");
        CHECK(history_of(house.card(id)).back() == "Bea Morgan was reminded: no answer is to be seen yet.");
        CHECK(house.sounds[card] == sounds + 1);
    }
}

TEST_CASE("scenario 11: asked first, then the team: the card of whoever was asked first goes on telling") {
    House house{R"(
rules:
  - name: champion-waits
    title: A champion is waiting for an answer
    when: person.role in [champion] and message.needs_reply
    ask: [owner]
    reply within: 2h
    escalate: [{after: 2h, to: channel}]
)"};
    house.know("kim", {"champion"}, "ada");
    house.say("kim", question);
    const AlertId id = house.only_alert().id;
    CHECK_FALSE(house.shown_to_team.contains(card_id(id)));
    house.later(2h);
    CHECK(house.only_alert().staffer.empty());
    CHECK(house.shown_to[card_id(id)] == std::vector<AccountKey>{house.key("ada")});
    CHECK(house.shown_to_team.contains(card_id(id)));
    house.press("bea", id, "claim");
    CHECK(house.shown_to[card_id(id)] == std::vector<AccountKey>{house.key("ada"), house.key("bea")});
    CHECK_THAT(house.card(id).status, ContainsSubstring("Bea Morgan"));
}

TEST_CASE(
    "scenario 10: until tomorrow is a morning: at nine for whoever always works, else when work begins") {
    // Berlin is an hour ahead.
    const std::string day = "2026-03-02 14:00", after_midnight = "2026-03-02 23:30";
    const std::string evenings = "{mon-sun: \"18:00-02:00\"}";
    const auto [hours, pressed, begins] = GENERATE_COPY(table<std::string, std::string, std::string>({
        {"always", day, "2026-03-03 08:00"},  // nine in Berlin
        {"{mon-fri: \"07:30-12:00\"}", day, "2026-03-03 06:30"},
        {"{mon: \"09:00-24:00\", fri: \"10:00-12:00\"}", day, "2026-03-06 09:00"},
        {"{mon-sun: [\"00:00-06:00\", \"22:00-24:00\"]}", day, "2026-03-03 21:00"},
        {evenings, day, "2026-03-03 17:00"},
        {evenings, "2026-03-02 20:00", "2026-03-03 17:00"},
        {evenings, after_midnight, "2026-03-03 17:00"},
    }));
    CAPTURE(hours);
    House house{champion_rules("owner", "high"), fmt::format(R"(
staff:
  ada: {{full_name: Ada Winter, accounts: ["chat:home:ada"], zone: Europe/Berlin, hours: {}}}
)",
                                                             hours)};
    house.know("kim", {"champion"}, "ada");
    house.at(pressed);
    house.say("kim", question);
    house.press("ada", house.only_alert().id, "snooze", "tomorrow");
    CHECK(house.only_alert().snooze_until == moment(begins));
}

TEST_CASE("scenario 11: the card says why of whoever has it now") {
    House house{champion_rules("owner")};
    house.know("kim", {"champion"}, "ada");
    house.at("2026-03-02 10:00");
    house.say("kim", question);
    const AlertId id = house.only_alert().id;
    const auto why = [&] { return house.alert(id).why.back(); };
    SECTION("a colleague takes it on") {
        house.press("bea", id, "claim");
        CHECK(why() == "Bea Morgan took it on");
    }
    SECTION("a colleague takes back up what another one put off") {
        house.press("ada", id, "snooze", "1h");
        house.press("bea", id, "wake");
        CHECK(why() == "Bea Morgan took it back up");
    }
    SECTION("the one who has it presses") {
        const std::string before = why();
        house.press("ada", id, "claim");
        CHECK(why() == before);
    }
}
