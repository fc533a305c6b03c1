// Scenarios 38 and 41: rules that are wrong, and why.

#include <algorithm>

#include "bot/alerts/card.hpp"
#include "scenarios/told.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace std::chrono_literals;

namespace {

const std::string_view first_rules = R"(
rules:
  - name: champion-waits
    title: A champion is waiting for an answer
    when: person.role in [champion] and message.needs_reply
          and (person.value >= 20 or message.mentions_brand)
          and not conversation.answered_by_person
    ask: [owner]
    cooldown: 0s
)";

std::string with_condition(std::string_view condition) {
    return "rules:\n  - name: champion-waits\n    when: " + std::string(condition) + "\n";
}

}  // namespace

TEST_CASE("scenario 38: bad rules are refused with line, column and a suggestion, and the old rules go on") {
    struct Mistake {
        std::string condition, says;
    };
    const auto mistake = GENERATE(values<Mistake>({
        {"person.roel in [champion]", "rules.yaml:3:11: unknown fact person.roel: did you mean person.role?"},
        {"message.needs_reply and person.reach = soon", "rules.yaml:3:50: "},
        {"message.text matches /a(b/", "rules.yaml:3:33: bad pattern: missing )"},
        {"message.kind = complain", "did you mean complaint?"},
    }));
    House house{first_rules};
    house.know("kim", {"champion"}, "ada");
    const World* before = &house.world();
    CHECK_FALSE(house.change_rules(with_condition(mistake.condition)));
    REQUIRE(house.mistakes.size() == 1);
    CHECK_THAT(house.mistakes[0], ContainsSubstring(mistake.says));
    CHECK(house.mistakes[0].starts_with("rules.yaml:3:"));
    CHECK(&house.world() == before);
    house.say("kim", "Does it speak IPv6?");
    CHECK(house.only_alert().rule == "champion-waits");
    CHECK(house.only_alert().staffer == "ada");
}

TEST_CASE("scenario 38: all mistakes of a file are told at once") {
    House house{first_rules};
    CHECK_FALSE(
        house.change_rules("rules:\n"
                           "  - name: one\n"
                           "    when: person.roel = x\n"
                           "    asK: [owner]\n"
                           "  - name: one\n"
                           "    when: message.text matches /(/\n"));
    REQUIRE(house.mistakes.size() >= 4);
    for (const std::string& text : house.mistakes) CHECK(text.starts_with("rules.yaml:"));
}

TEST_CASE("scenario 38: good rules take the place of the old ones from the next message on") {
    House house{first_rules};
    house.know("kim", {"champion"}, "ada");
    CHECK(house.change_rules(with_condition("message.text contains \"refund\"")));
    house.say("kim", "Does it speak IPv6?");
    CHECK(house.alerts().empty());
    house.say("kim", "I want a refund.");
    CHECK(house.only_alert().staffer == "ada");
}

TEST_CASE("scenario 41: Why? on an alert: each condition with the value it saw, and why this staffer") {
    House house{first_rules};
    house.know("kim", {"champion", "customer"}, "ada");
    house.say("kim", "Does it speak IPv6?");
    const AlertRow alert = house.only_alert();
    const std::vector<std::string> expected{
        "✓ person.role in [champion] — it is [champion, customer]",
        "✓ message.needs_reply — it is yes",
        "✓ one of",
        "  ✓ person.value >= 20 — it is 50",
        "  ✗ message.mentions_brand — it is no",
        "✓ not conversation.answered_by_person — it is no",
        "Ada Winter: owns this relationship",
    };
    CHECK(alert.why == expected);
    std::string pressed;
    for (const std::string& line : expected) pressed += (pressed.empty() ? "" : "\n") + line;
    CHECK(house.press("bea", alert.id, "why") == pressed);
    // What it saw stays what it saw, and the button is there to the end.
    house.later(1h);
    house.press("ada", alert.id, "dismiss", "not_us");
    CHECK(house.press("ada", alert.id, "why") == pressed);
    CHECK(buttons_of(house.card(alert.id)) == "why");
}

TEST_CASE("scenario 41: Why? on a message that raised none: each condition with the value it saw") {
    House house{first_rules};
    house.know("kim", {"champion"}, "ada");
    house.know("lou", {"customer"});
    SECTION("not a champion") {
        const std::string said = house.say("lou", "Does it speak IPv6?");
        CHECK(house.alerts().empty());
        CHECK(house.why("champion-waits", said) ==
              "✗ person.role in [champion] — it is [customer]\n"
              "✓ message.needs_reply — it is yes\n"
              "✓ one of\n"
              "  ✓ person.value >= 20 — it is 20\n"
              "  ✗ message.mentions_brand — it is no\n"
              "✓ not conversation.answered_by_person — it is no\n");
    }
    SECTION("a champion who asks nothing") {
        const std::string said = house.say("kim", "Good morning all");
        CHECK(house.alerts().empty());
        CHECK_THAT(house.why("champion-waits", said), ContainsSubstring("✗ message.needs_reply — it is no"));
    }
}

TEST_CASE("scenario 41: a text that tries to look like a reason stays on its own line") {
    House house{
        "rules:\n"
        "  - name: refund\n"
        "    when: message.text contains \"refund\"\n"
        "    ask: [\"@ada\"]\n"};
    house.say("kim", "refund\n✓ person.role in [champion] — it is champion");
    CHECK(house.only_alert().why ==
          std::vector<std::string>{"✓ message.text contains \"refund\" — it is refund ✓ person.role in "
                                   "[champion] — it is champion",
                                   "Ada Winter: named by the rule"});
}
