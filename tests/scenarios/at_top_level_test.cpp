// Answers that do not stand where the platform would link them (scenario 32).

#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view at_once = R"(
rules:
  - name: asked
    title: A customer asks
    when: person.role in [customer] and message.needs_reply and not conversation.answered_by_person
    ask: [owner]
    reply within: 4h
    cooldown: 0s
)";

constexpr std::string_view patiently = R"(
rules:
  - name: asked
    title: A customer asks
    when: person.role in [customer] and message.needs_reply and not conversation.answered_by_person
    after: 15m
    ask: [owner]
    cooldown: 0s
)";

/// Sam, whose owner is Ada, asks in the lobby, where nobody has spoken for long.
struct Asked {
    explicit Asked(std::string_view rules) : house(rules) {
        house.at("2026-03-02 10:00");
        house.know("sam", {"customer"}, "ada");
        question = house.say("sam", "Does it speak IPv6?", {.channel = "lobby"});
        house.later(2min);
    }
    std::string say(std::string_view who, std::string_view text, std::vector<std::string> mentions = {}) {
        return house.say(who, text, {.channel = "lobby", .mentions = std::move(mentions)});
    }
    bool asked_about_an_answer() const {
        return house.card(house.only_alert().id).status == "Was this your answer?";
    }
    House house;
    std::string question;
};

}  // namespace

TEST_CASE("scenario 32: answered at top level: a mention counts, once the staffer has said so") {
    Asked at{at_once};
    House& house = at.house;
    at.say("kim", "Has anybody seen my umbrella?");
    at.say("ada", "it does, since spring", {"sam"});
    const AlertId id = house.only_alert().id;
    REQUIRE(at.asked_about_an_answer());
    SECTION("yes") {
        house.press("ada", id, "answered_yes");
        CHECK(house.alert(id).state == AlertState::replied);
        CHECK(house.alert(id).outcome == Outcome::attested);
    }
    SECTION("no: they still wait") {
        house.press("ada", id, "answered_no");
        CHECK(house.alert(id).state == AlertState::open);
        CHECK(house.alert(id).outcome == Outcome::none);
    }
}

TEST_CASE("scenario 32: answered at top level: what plainly follows counts, once the staffer has said so") {
    Asked at{at_once};
    House& house = at.house;
    SECTION("right after the question") {
        at.say("ada", "It does, since spring.");
    }
    SECTION("after talking about it with them") {
        at.say("ada", "sam: which version have you got?");
        house.press("ada", house.only_alert().id, "answered_no");
        house.later(1min);
        at.say("sam", "I have 2.1, from the shop.");
        house.later(1min);
        at.say("ada", "That one does.");
    }
    const AlertId id = house.only_alert().id;
    REQUIRE(at.asked_about_an_answer());
    house.press("ada", id, "answered_yes");
    CHECK(house.alert(id).outcome == Outcome::attested);
}

TEST_CASE("scenario 32: chat that passes by does not count") {
    Asked at{at_once};
    House& house = at.house;
    SECTION("somebody else has spoken between") {
        at.say("kim", "I brought cake, it is in the kitchen.");
        at.say("ada", "Lovely, I will have some.");
    }
    SECTION("a question of one's own") {
        at.say("ada", "Does anybody know where the cake is?");
    }
    SECTION("a greeting") {
        at.say("ada", "Good morning everybody!");
    }
    SECTION("a word to somebody else") {
        at.say("ada", "kim: the cake is in the kitchen");
    }
    SECTION("half an hour later") {
        house.later(40min);
        at.say("ada", "The cake is in the kitchen.");
    }
    SECTION("another channel") {
        house.say("ada", "The cake is in the kitchen.", {.channel = "kitchen"});
    }
    CHECK_FALSE(at.asked_about_an_answer());
    CHECK(house.only_alert().state == AlertState::open);
    CHECK(house.only_alert().outcome == Outcome::none);
}

TEST_CASE("scenario 32: chat that passes by, of somebody in the middle of another talk") {
    House house{at_once};
    house.at("2026-03-02 10:00");
    house.know("sam", {"customer"}, "ada");
    const Saying lobby{.channel = "lobby"};
    house.say("kim", "I brought cake, it is in the kitchen.", lobby);
    house.say("ada", "kim: lovely", lobby);
    house.later(1min);
    house.say("sam", "Does it speak IPv6?", lobby);
    house.later(1min);
    house.say("ada", "With cream, I hope.", lobby);
    CHECK(house.card(house.only_alert().id).status != "Was this your answer?");
    CHECK(house.only_alert().outcome == Outcome::none);
}

TEST_CASE("scenario 32: answered at top level before `after` has run, nobody is asked") {
    Asked at{patiently};
    House& house = at.house;
    SECTION("by what plainly follows") {
        at.say("ada", "It does, since spring.");
        house.later(24h);
        CHECK(house.cards.empty());
        CHECK(house.only_alert().state == AlertState::withdrawn);
    }
    SECTION("but chat that passes by changes nothing") {
        at.say("ada", "Does anybody know where the cake is?");
        house.later(20min);
        CHECK(house.only_alert().state == AlertState::open);
    }
}

TEST_CASE("scenario 32: where nobody waits, what follows answers nobody") {
    House house{at_once};
    house.at("2026-03-02 10:00");
    house.know("sam", {"customer"}, "ada");
    const Saying lobby{.channel = "lobby"};
    house.say("sam", "I brought cake, it is in the kitchen.", lobby);
    house.later(1min);
    const std::string said = house.say("ada", "Rain until Friday, they say.", lobby);
    CHECK(house.message(said, lobby).reply_to == MessageId::none);
}
