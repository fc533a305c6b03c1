#include "bot/alerts/card.hpp"
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
    ask: [owner, channel]
    reply within: 4h
    cooldown: 0s
)";

}  // namespace

TEST_CASE("two wait in one conversation: an answer to the one leaves the other's alert open") {
    PlainHouse house{asking};
    house.at("2026-03-02 10:00");
    house.know("sam", {"customer"}, "ada");
    house.know("kim", {"customer"}, "ada");
    const std::string first = house.say("sam", "Does it speak IPv6?");
    const std::string second = house.say("kim", "And does it run on a Mac?", {.reply_to = first});
    house.later(5min);
    SECTION("to the second") {
        house.say("ada", "It does not yet.", {.reply_to = second});
        CHECK(house.only_alert().state == AlertState::open);
        CHECK(house.only_alert().outcome == Outcome::none);
    }
    SECTION("to the first, whom the alert is about") {
        house.say("ada", "It does.", {.reply_to = first});
        CHECK(house.only_alert().outcome == Outcome::verified);
    }
}

TEST_CASE("one waits in a conversation: whatever is said there by the platform's link answers them") {
    PlainHouse house{asking};
    house.at("2026-03-02 10:00");
    house.know("sam", {"customer"}, "ada");
    const std::string first = house.say("sam", "Does it speak IPv6?");
    const std::string chat = house.say("kim", "Nice to see you here.", {.reply_to = first});
    house.later(5min);
    house.say("ada", "It does, since spring.", {.reply_to = chat});
    CHECK(house.only_alert().outcome == Outcome::verified);
}
