// An answer counts as long as it stands (design §7, proof of reply).

#include "bot/alerts/card.hpp"
#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view asking = R"(
rules:
  - name: asked
    title: A customer asks
    when: person.role in [customer] and message.needs_reply and not conversation.answered_by_person
    ask: [owner, on duty in community, channel]
    reply within: 4h
    cooldown: 0s
)";

/// Sam, whose owner is Ada, asks; Ada answers in person.
struct Answered {
    Answered() : house(asking) {
        house.at("2026-03-02 10:00");
        house.know("sam", {"customer"}, "ada");
        question = house.say("sam", "Does it speak IPv6?");
        house.later(10min);
        answer = say("ada", "It does.");
        id = house.only_alert().id;
        REQUIRE(house.alert(id).outcome == Outcome::verified);
        house.later(1h);
    }
    std::string say(std::string_view who, std::string_view text) {
        return house.say(who, text, {.reply_to = question});
    }
    House house;
    std::string question, answer;
    AlertId id{};
};

}  // namespace

TEST_CASE("a deleted answer: they wait again, and whoever answered is asked, with a sound") {
    Answered at;
    House& house = at.house;
    const int sounds = house.sounds[card_id(at.id)];
    house.remove(at.answer);
    CHECK(house.only_alert().state == AlertState::open);
    CHECK(house.only_alert().outcome == Outcome::none);
    CHECK(house.only_alert().staffer == "ada");
    CHECK(house.only_alert().due != never);
    CHECK(house.sounds[card_id(at.id)] == sounds + 1);
    CHECK(history_of(house.card(at.id)).back() == "Asked Ada Winter.");
    at.say("ada", "It does, as of 2.1.");
    CHECK(house.only_alert().outcome == Outcome::verified);
}

TEST_CASE("a deleted answer of two: the other one stands in for it, and nobody is asked") {
    Answered at;
    House& house = at.house;
    const std::string second = at.say("ada", "Since spring, that is.");
    const int sounds = house.sounds[card_id(at.id)];
    SECTION("the first goes") {
        house.remove(at.answer);
        CHECK(house.only_alert().outcome == Outcome::verified);
        CHECK(house.only_alert().answer == house.message(second).id);
        CHECK(house.sounds[card_id(at.id)] == sounds);
        house.remove(second);
        CHECK(house.only_alert().state == AlertState::open);
    }
    SECTION("the second goes") {
        house.remove(second);
        CHECK(house.only_alert().outcome == Outcome::verified);
        CHECK(house.sounds[card_id(at.id)] == sounds);
        house.remove(at.answer);
        CHECK(house.only_alert().state == AlertState::open);
    }
}

TEST_CASE("a colleague's deleted answer comes back to that colleague") {
    House house{asking};
    house.at("2026-03-02 15:00");
    house.know("sam", {"customer"}, "ada");
    const std::string question = house.say("sam", "Does it speak IPv6?");
    const std::string answer = house.say("bea", "It does.", {.reply_to = question});
    CHECK(house.only_alert().outcome == Outcome::other_staff);
    house.remove(answer);
    CHECK(house.only_alert().state == AlertState::open);
    CHECK(house.only_alert().staffer == "bea");
}

TEST_CASE("an answer that is deleted days later changes nothing") {
    Answered at;
    House& house = at.house;
    house.later(24h * 2);
    house.remove(at.answer);
    CHECK(house.only_alert().state == AlertState::replied);
    CHECK(house.only_alert().outcome == Outcome::verified);
}

TEST_CASE("an answer and its question are deleted: nobody waits") {
    Answered at;
    House& house = at.house;
    house.remove(at.question);
    house.remove(at.answer);
    CHECK(is_closed(house.only_alert().state));
}

TEST_CASE(
    "scenario 4: the brand answered before anybody was asked, and took it back: asked as if it never had") {
    House house{R"(
rules:
  - name: waits
    title: Somebody waits
    when: message.needs_reply and not conversation.answered_by_person
    after: 30m
    ask: [owner, channel]
    brand reply: counts
)"};
    house.know("kim", {}, "ada");
    const std::string asked = house.say("kim", "Does version 2.0 speak IPv6?");
    house.later(10min);
    const std::string answer = house.say("brand", "It does!", {.reply_to = asked});
    CHECK(house.only_alert().outcome == Outcome::brand);
    house.later(1min);
    house.remove(answer);
    CHECK(house.only_alert().staffer == "ada");
    CHECK_FALSE(house.shown_to_team.contains(card_id(house.only_alert().id)));
}
