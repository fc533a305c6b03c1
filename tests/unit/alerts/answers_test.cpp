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

/// Sam asks, and Kim in Sam's thread; Ada has Sam, Bea has Kim.
struct TwoAsk {
    PlainHouse house;
    std::string first, second;
    explicit TwoAsk(std::string_view rules = asking) : house(rules) {
        house.at("2026-03-02 10:00");
        house.know("sam", {"customer"}, "ada");
        house.know("kim", {"customer"}, "bea");
        first = house.say("sam", "Does it speak IPv6?");
        second = house.say("kim", "And how can I run it on a Mac?", {.reply_to = first});
        house.later(5min);
    }
};

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
        CHECK(house.alerts().front().outcome == Outcome::verified);
        REQUIRE(house.alerts().size() == 2);
        CHECK(house.alerts().back().about == house.account("kim").id);
        CHECK(house.alerts().back().state == AlertState::open);
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

TEST_CASE("two wait in one conversation: who has been answered is not asked about again") {
    TwoAsk two;
    PlainHouse& house = two.house;
    SECTION("the second first") {
        house.say("ada", "On a Mac it runs.", {.reply_to = two.second});
        CHECK(house.only_alert().state == AlertState::open);
        CHECK(house.only_alert().quoted.size() == 1);
        house.say("ada", "And it does.", {.reply_to = two.first});
    }
    SECTION("both at once") {
        house.say("ada", "It does, and it does.", {.reply_to = two.first, .mentions = {"kim"}});
    }
    CHECK(house.only_alert().outcome == Outcome::verified);
}

TEST_CASE("two wait in one conversation: an answer to the second that is taken back lets them wait again") {
    TwoAsk two;
    PlainHouse& house = two.house;
    const std::string answer = house.say("ada", "On a Mac it runs.", {.reply_to = two.second});
    house.remove(answer);
    CHECK(house.only_alert().quoted.size() == 2);
    house.say("ada", "It does.", {.reply_to = two.first});
    REQUIRE(house.alerts().size() == 2);
    CHECK(house.alerts().back().about == house.account("kim").id);
}

TEST_CASE(
    "two wait in one conversation: an answer to the first is taken back while the second is asked about") {
    TwoAsk two;
    PlainHouse& house = two.house;
    const AlertId sams = house.only_alert().id;
    SECTION("it is deleted") {
        const std::string answer = house.say("ada", "It does.", {.reply_to = two.first});
        REQUIRE(house.alerts().size() == 2);
        house.remove(answer);
    }
    SECTION("it was only said so") {
        house.press("ada", sams, "replied");
        REQUIRE(house.alerts().size() == 2);
        house.later(1h);
        REQUIRE(house.alert(sams).asking_about_answer);
        house.press("ada", sams, "answered_no");
    }
    CHECK(house.alert(sams).state == AlertState::open);
    CHECK(house.alert(sams).quoted.size() == 1);
    CHECK(house.alerts().back().state == AlertState::open);
    house.say("bea", "On a Mac it runs.", {.reply_to = two.second});
    CHECK(house.alerts().back().outcome == Outcome::verified);
    CHECK(house.alert(sams).state == AlertState::open);
    CHECK(house.alerts().size() == 2);
}

TEST_CASE("a colleague asks for somebody who waits in another one's conversation: an alert of their own") {
    PlainHouse house{asking};
    house.at("2026-03-02 10:00");
    house.know("sam", {"customer"}, "ada");
    const std::string first = house.say("sam", "Does it speak IPv6?");
    const std::string aside = house.say("kim", "I see the same here.", {.reply_to = first});
    house.put(StaffChange{"ask-1", "cyd", AskForReply{{{"chat", "home", "help"}, aside}}});
    REQUIRE(house.alerts().size() == 2);
    CHECK(house.alerts().back().about == house.account("kim").id);
}

TEST_CASE("what is held again after a promise is with nobody: whoever had it can be given it anew") {
    PlainHouse house{R"(
rules:
  - name: asked
    title: A customer asks
    when: person.role in [customer] and message.needs_reply and not conversation.answered_by_person
    ask: [owner, "@bea"]
    reply within: 4h
    cooldown: 0s
)"};
    house.at("2026-03-02 10:00");
    house.know("sam", {"customer"}, "ada");
    house.say("sam", "Does it speak IPv6?");
    const AlertId id = house.only_alert().id;
    house.press("ada", id, "claim");
    house.put(StaffChange{"away-1", "bea", SetAway{"bea", moment("2026-03-06 08:00")}});
    house.at("2026-03-03 12:00");
    REQUIRE(house.only_alert().state == AlertState::held);
    CHECK(house.only_alert().staffer.empty());
    house.press("cyd", id, "hand_over", "ada");
    CHECK(house.only_alert().staffer == "ada");
    CHECK(house.only_alert().state == AlertState::open);
}

TEST_CASE("somebody else who waits on a card is erased: their words leave it") {
    TwoAsk two;
    PlainHouse& house = two.house;
    const std::string card = card_id(house.only_alert().id);
    REQUIRE(house.cards.at(card).quotes.size() == 2);
    house.put(EraseAccount{house.key("kim"), "ada"});
    CHECK(house.cards.at(card).quotes.size() == 1);
    house.say("ada", "It does.", {.reply_to = two.first});
    CHECK(house.only_alert().outcome == Outcome::verified);
}

TEST_CASE("two wait in one conversation: something said nearby takes nobody off the card") {
    TwoAsk two;
    PlainHouse& house = two.house;
    house.say("cyd", "Good to see you here!", {.mentions = {"kim"}});
    CHECK(house.only_alert().quoted.size() == 2);
}

TEST_CASE("two wait in one conversation: one is answered, and what is said there next answers the other") {
    TwoAsk two;
    PlainHouse& house = two.house;
    house.say("ada", "It does.", {.reply_to = two.first});
    REQUIRE(house.alerts().size() == 2);
    house.later(1min);
    house.say("bea", "And on a Mac with the installer.", {.reply_to = two.first});
    CHECK(house.alerts().back().outcome == Outcome::verified);
}

TEST_CASE("two wait in one conversation: with a cooldown nobody is forgotten either") {
    std::string rules(asking);
    rules.replace(rules.find("cooldown: 0s"), 12, "cooldown: 1d");
    TwoAsk two{rules};
    PlainHouse& house = two.house;
    const AlertId sams = house.only_alert().id;
    SECTION("the answer is deleted") {
        const std::string answer = house.say("ada", "It does.", {.reply_to = two.first});
        house.remove(answer);
        CHECK(house.alert(sams).state == AlertState::open);
    }
    SECTION("the second is asked about elsewhere meanwhile: it comes to that alert") {
        house.say("kim", "Where can I buy it?", {.channel = "shop"});
        REQUIRE(house.alerts().size() == 2);
        house.say("ada", "It does.", {.reply_to = two.first});
        CHECK(house.alerts().size() == 2);
        CHECK(house.alerts().back().quoted.size() == 2);
    }
}

TEST_CASE("two wait in one conversation: answered by the brand, where that is enough, is not asked about") {
    std::string rules(asking);
    rules += "    brand reply: counts\n";
    TwoAsk two{rules};
    PlainHouse& house = two.house;
    house.say("brand", "On a Mac it runs.", {.reply_to = two.second});
    house.say("ada", "It does.", {.reply_to = two.first});
    CHECK(house.only_alert().outcome == Outcome::verified);
}

TEST_CASE("somebody waits deep in a crowded conversation: after a restart an answer there is no riddle") {
    PlainHouse house{asking};
    house.at("2026-03-02 10:00");
    house.know("sam", {"customer"}, "ada");
    const std::string first = house.say("sam", "Does it speak IPv6?");
    const auto guest = [](std::size_t i) { return "guest" + std::to_string(i % (2 * most_met)); };
    for (std::size_t i = 0; i < 2 * most_met; ++i)
        house.say(guest(i), "Nice to see you here.", {.reply_to = first});
    house.say("lou", "And how can I run it on a Mac?", {.reply_to = first});  // no rule asks for them
    std::string last;
    for (std::size_t i = 0; i < 2 * max_recent; ++i)
        last = house.say(guest(i), "Good morning.", {.reply_to = first});
    house.crash();
    house.say("ada", "Good morning to you, too.", {.reply_to = last});
    CHECK(house.counts().quarantine == 0);
    CHECK(house.only_alert().state == AlertState::open);
}
