// Scenario 36: two customers talk about the brand, and nobody has spoken to it.

#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const std::string_view connecting_rules = R"(
rules:
  - name: friends-talk
    title: Friends of a friend talk about us
    when: message.mentions_brand and conversation.connected_by != ""
    ask: [friend in common]
    reply within: 1d
)";

/// Kim and Lou each talk with Mia now and then; only Bea of the team knows Mia.
void become_friends(House& house, int times = 2) {
    for (int i = 0; i < times; ++i)
        for (const char* who : {"kim", "lou"}) {
            const std::string asked =
                house.say("mia", "Who comes to the meeting on Thursday?", {.channel = "meet"});
            house.later(1min);
            house.say(who, "I will be there, as always", {.channel = "meet", .reply_to = asked});
            house.later(24h);
        }
    const std::string asked = house.say("mia", "Where do I find the slides?", {.channel = "help"});
    house.later(1min);
    house.say("bea", "On the page of the talk", {.channel = "help", .reply_to = asked});
    house.later(24h);
}

/// They talk in a channel of their own. Returns the id of what Lou says.
std::string talk(House& house) {
    const std::string first = house.say("kim", "The importer of Acme eats my commas.", {.channel = "tools"});
    house.later(2min);
    return house.say("lou", "Mine too. Has anybody tried Acme 3?", {.channel = "tools", .reply_to = first});
}

std::string field(const Card& card, std::string_view label) {
    for (const Field& one : card.fields)
        if (one.label == label) return one.text;
    return {};
}

}  // namespace

TEST_CASE("scenario 36: whoever knows the friend of two customers learns who connects whom") {
    House house{connecting_rules};
    house.at("2026-03-02 10:00");
    become_friends(house);
    house.at("2026-03-12 10:00");
    const std::string said = talk(house);
    const AlertRow alert = house.only_alert();
    CHECK(alert.staffer == "bea");
    CHECK(alert.about == house.account("lou").id);
    const Card card = house.card(alert.id);
    const std::string line = field(card, "Who connects them");
    const auto name = [&](const char* who) { return std::string(shown_name(house.account(who))); };
    CHECK(line == name("mia") + " talks with " + name("lou") + " and with " + name("kim") + "; you know " +
                      name("mia") + " (1 contact)");
    CHECK(field(card, "Why you").find(name("mia")) == std::string::npos);
    CHECK(house.why("friends-talk", said, {.channel = "tools"}).find("bea") != std::string::npos);

    SECTION("a friend who is forgotten stands on the card no more") {
        house.put(EraseAccount{house.key("mia"), "ada"});
        CHECK(field(house.card(alert.id), "Who connects them").empty());
        CHECK(house.alerts().size() == 1);
    }
    SECTION("a restart changes nothing") {
        house.crash();
        house.put(ShowAgain{});
        CHECK(field(house.card(alert.id), "Who connects them") == line);
    }
}

TEST_CASE(
    "scenario 36: who has spoken once only is no friend, and without a colleague who knows them nothing is "
    "said") {
    House house{connecting_rules};
    house.at("2026-03-02 10:00");
    SECTION("once only") {
        become_friends(house, 1);
    }
    SECTION("the friend knows nobody of the team") {
        become_friends(house);
        house.put(EraseAccount{house.key("bea"), "ada"});
    }
    SECTION("the friend is one of the two") {
        become_friends(house);
        house.at("2026-03-12 10:00");
        const std::string first = house.say("mia", "Acme eats my commas.", {.channel = "tools"});
        house.say("lou", "Acme? Mine too.", {.channel = "tools", .reply_to = first});
        CHECK(house.alerts().empty());
        return;
    }
    house.at("2026-03-12 10:00");
    talk(house);
    CHECK(house.alerts().empty());
}
