// Scenarios 23, 25 and 26: much, twice, late.

#include <fmt/format.h>

#include "bot/alerts/card.hpp"
#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const std::string_view busy_rules = R"(
rules:
  - name: champion-waits
    title: A champion is waiting for an answer
    when: person.role in [champion] and message.needs_reply
    ask: [owner, on duty in community]
    cooldown: 0s
)";

}  // namespace

TEST_CASE("scenario 23: 60 messages in five minutes: one alert with a counter, three notifications at most") {
    House house{busy_rules};
    house.know("kim", {"champion"}, "ada");
    const int channels = GENERATE(1, 7);  // in one place, and spread over several
    CAPTURE(channels);
    for (int i = 0; i < 60; ++i) {
        house.say("kim", fmt::format("Does it speak IPv6? I asked {} times.", i),
                  {.channel = fmt::format("help{}", i % channels)});
        house.later(5s);
    }
    const AlertRow alert = house.only_alert();
    CHECK(alert.messages == 60);
    CHECK(house.cards.size() == 1);
    CHECK_THAT(fields_of(house.card(alert.id)), ContainsSubstring("Messages: 60 so far"));
    CHECK(house.card(alert.id).quotes.size() == max_quoted);
    CHECK(house.card(alert.id).quotes.front().text == "Does it speak IPv6? I asked 0 times.");
    CHECK(house.card(alert.id).quotes.back().text == "Does it speak IPv6? I asked 59 times.");
    CHECK(house.sounds[card_id(alert.id)] >= 1);
    CHECK(house.sounds[card_id(alert.id)] <= 3);
    SECTION("and the owner's answer where they spoke last closes it") {
        house.say("ada", "Yes, it does, all of it.",
                  {.channel = fmt::format("help{}", 59 % channels), .reply_to = "m000060"});
        CHECK(house.only_alert().outcome == Outcome::verified);
        house.later(48h);  // until then the answer is watched
        CHECK(house.account("kim").alerts.empty());
    }
}

TEST_CASE(
    "scenario 25: one message arrives 11 times under different event ids, and once more as a mention event") {
    House house{busy_rules};
    house.know("kim", {"champion"}, "ada");
    const Saying how{.id = "the-one"};
    Saying as_mention = how;
    as_mention.mentions = {"ada", "brand"};
    const auto arrives = [&](const Saying& copy, int number) {
        Event event = house.saying("kim", "Does it speak IPv6?", copy);
        event.source = fmt::format("connection {}", number % 3);
        event.cursor_name = event.source;
        event.cursor = fmt::format("event {}", number);
        return event;
    };
    SECTION("one after the other, with restarts between") {
        for (int i = 0; i < 11; ++i) {
            house.put(arrives(how, i));
            house.later(7s);
            if (i % 4 == 3) house.crash();
        }
        house.put(arrives(as_mention, 11));
    }
    SECTION("all in one batch") {
        std::vector<Event> copies;
        for (int i = 0; i < 11; ++i) copies.push_back(arrives(how, i));
        copies.push_back(arrives(as_mention, 11));
        house.together(copies);
    }
    CHECK(house.counts().messages == 1);
    CHECK(house.account("kim").messages == 1);
    const AlertRow alert = house.only_alert();
    CHECK(alert.messages == 1);
    CHECK(house.cards.size() == 1);
    CHECK(house.sounds[card_id(alert.id)] == 1);
    CHECK(house.text_of("the-one") == "Does it speak IPv6?");
}

TEST_CASE("scenario 26: found by a backfill: the alert is marked late, and nothing is there twice") {
    House house{busy_rules};
    house.know("kim", {"champion"}, "ada");
    house.say("kim", "Does it speak IPv6?", {.id = "missed", .late = true});
    house.say("kim", "Does it speak IPv6?", {.id = "missed"});
    const AlertRow alert = house.only_alert();
    CHECK(alert.late);
    CHECK_THAT(fields_of(house.card(alert.id)),
               ContainsSubstring("Late: This was found after a break in listening"));
    CHECK(house.counts().messages == 1);
}
