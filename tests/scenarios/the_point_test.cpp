// Scenarios 1-6: what Rapport is for.

#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const std::string_view speaker_rules = R"(
rules:
  - name: speaker-posts
    title: A speaker writes about us
    when: person.role in [speaker] and (message.mentions_brand or message.needs_reply)
          and not conversation.answered_by_person
    ask: [owner, strongest tie, on duty in community]
    reply within: 4h
    cooldown: 0s
)";

}  // namespace

TEST_CASE("scenario 1: a speaker posts about the brand's book, and the owner, nobody else, gets one alert") {
    House house{speaker_rules};
    house.know("sam", {"speaker"}, "ada");
    // They have met twice.
    const auto hello = house.say("sam", "ada: great talk yesterday, will the slides be online?");
    house.say("ada", "sam: they are up since noon, thanks!", {.reply_to = hello});
    house.at("2026-03-03 10:00");
    house.say("sam", "Just finished the Acme book. Chapter three on teams is wonderful!",
              {.channel = "books"});

    const AlertRow alert = house.alerts().back();
    CHECK(alert.staffer == "ada");
    CHECK(alert.asked == std::vector<std::string>{"ada"});
    const Card& card = house.card(alert.id);
    REQUIRE(card.quotes.size() == 1);
    CHECK(card.quotes[0].text == "Just finished the Acme book. Chapter three on teams is wonderful!");
    CHECK(card.quotes[0].link == "https://example.org/m000003");
    CHECK(house.shown_to[card.id] == std::vector<AccountKey>{{"chat", "home", "ada"}});
    CHECK(house.sounds[card.id] == 1);
    std::string fields;
    for (const Field& field : card.fields) fields += field.label + ": " + field.text + "\n";
    CHECK_THAT(fields, ContainsSubstring("Who: sam, speaker"));
    CHECK_THAT(fields, ContainsSubstring("Why you: Ada Winter: owns this relationship"));
    CHECK_THAT(fields, ContainsSubstring("Last contact: Ada Winter, Mon 2 Mar 2026, 10:00"));
}
