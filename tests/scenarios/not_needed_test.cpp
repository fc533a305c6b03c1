// Learning: what follows from "Not needed".

#include "bot/learning/quiet.hpp"
#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const std::string_view question_rule = R"(
rules:
  - name: question
    title: Somebody asks
    when: message.needs_reply and not conversation.answered_by_person
    ask: [on duty in community]
    cooldown: 0s
)";

/// Kim asks in a place of its own, and the alert about it is closed as not needed. What the presser is told.
std::string not_needed(House& house, const std::string& place, std::string_view reason) {
    house.say("kim", "Does anybody know how number " + place + " works?", {.channel = place});
    const AlertRow alert = house.alerts().back();
    if (alert.state != AlertState::open) throw std::runtime_error("nobody was asked");
    return house.press("ada", alert.id, "dismiss", reason);
}

}  // namespace

TEST_CASE("three 'not needed' because of a person, and the rule asks no more about them until it is lifted") {
    House house{question_rule};
    CHECK(not_needed(house, "one", "no_reply_wanted") == "Noted. It counts against the person.");
    house.later(24h);
    CHECK(not_needed(house, "two", "automated") == "Noted. It counts against the person.");
    house.later(24h);
    CHECK(not_needed(house, "three", "no_reply_wanted") ==
          "Noted. It counts against the person. question asks no more about them, until somebody presses "
          "\"Alerts again\" on their page.");
    CHECK_THAT(history_of(house.card(house.alerts().back().id)).back(),
               ContainsSubstring("question asks no more about them"));
    house.later(24h * 10);
    house.say("kim", "Does anybody know how this works?", {.channel = "four"});
    CHECK(house.alerts().size() == 3);
    // About others it asks as before.
    house.say("lou", "Does anybody know how this works?", {.channel = "five"});
    CHECK(house.alerts().size() == 4);
    // It outlives a crash, and a year.
    house.crash();
    house.later(24h * 365);
    house.say("kim", "Does anybody know how this works?", {.channel = "six"});
    CHECK(house.alerts().size() == 4);

    house.put(StaffChange{"lift", "ada", MutePerson{house.key("kim"), never}});
    house.say("kim", "Does anybody know how this works?", {.channel = "seven"});
    CHECK(house.alerts().size() == 5);
}

TEST_CASE("'not needed' for other reasons, or with a personal answer between, makes nothing quiet") {
    House house{question_rule};
    SECTION("other reasons lie with the rule or the topic") {
        CHECK(not_needed(house, "one", "answered") == "Noted. It counts against the rule.");
        CHECK(not_needed(house, "two", "not_us") == "Noted. It counts against the topic.");
        not_needed(house, "three", "other");
        not_needed(house, "four", "no_reply_wanted");
        not_needed(house, "five", "no_reply_wanted");
    }
    SECTION("somebody found it worth an answer") {
        not_needed(house, "one", "no_reply_wanted");
        not_needed(house, "two", "no_reply_wanted");
        const std::string asked = house.say("kim", "Does anybody know how this works?", {.channel = "three"});
        house.say("ada", "Like this!", {.channel = "three", .reply_to = asked});
        CHECK(house.alerts().back().outcome == Outcome::verified);
        CHECK(house.account("kim").unwanted.empty());
        not_needed(house, "four", "no_reply_wanted");
        not_needed(house, "five", "no_reply_wanted");
    }
    house.say("kim", "Does anybody know how this works?", {.channel = "six"});
    CHECK(house.alerts().back().state == AlertState::open);
}
