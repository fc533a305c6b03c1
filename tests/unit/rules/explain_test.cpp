#include "rules/explain.hpp"

#include "rules/self_test.hpp"
#include "rules_support.hpp"

namespace rapport::rules {
namespace {

constexpr std::string_view champion_rule = R"(rules:
  - name: champion-waits
    title: A champion is waiting
    when: person.role in [champion, customer]
          and (message.needs_reply or  message.text contains "two  blanks")
          and not conversation.answered_by_person
    tests:
      - given: {person.role: champion, message.text: "Does 2.0 speak IPv6?"}
        expect: ask
      - given: {person.role: champion, message.needs_reply: false, message.text: "Does it?"}
        expect: silence
)";

}  // namespace

TEST_CASE("an explanation shows each condition as written, the value it saw and whether it held") {
    const RuleSet rules = loaded(champion_rule);
    Facts facts;
    facts.set(Fact::person_role, "champion");
    facts.set(Fact::message_text, "hello");
    facts.set(Fact::message_needs_reply, true);
    const Explanation explanation = explain(rules, 0, facts);
    CHECK(explanation.rule == "champion-waits");
    CHECK(explanation.title == "A champion is waiting");
    CHECK(explanation.holds);
    REQUIRE(explanation.condition.kind == Seen::Kind::all);
    REQUIRE(explanation.condition.parts.size() == 3);
    const Seen& role = explanation.condition.parts[0];
    CHECK(role.text == "person.role in [champion, customer]");
    CHECK(role.fact == Fact::person_role);
    CHECK(role.value == Value{std::vector<std::string>{"champion"}});
    CHECK(to_text(explanation) ==
          "✓ person.role in [champion, customer] — it is [champion]\n"
          "✓ one of\n"
          "  ✓ message.needs_reply — it is yes\n"
          "  ✗ message.text contains \"two  blanks\" — it is hello\n"
          "✓ not conversation.answered_by_person — it is unknown\n");
}

TEST_CASE("a single condition and a negated group are explained too") {
    const RuleSet rules = loaded(
        "rules:\n  - {name: a, when: person.reach >= 10}\n"
        "  - {name: b, when: not (message.late or not not message.edited)}\n");
    Facts facts;
    facts.set(Fact::person_reach, 9.5);
    facts.set(Fact::message_late, true);
    CHECK(to_text(explain(rules, 0, facts)) == "✗ person.reach >= 10 — it is 9.5\n");
    CHECK(to_text(explain(rules, 1, facts)) ==
          "✗ not\n"
          "  ✓ one of\n"
          "    ✓ message.late — it is yes\n"
          "    ✗ not not message.edited — it is unknown\n");
}

TEST_CASE("a rule's own tests run, with what follows from the facts given") {
    const RuleSet rules = loaded(champion_rule);
    const std::vector<TestResult> bare = run_tests(rules);
    REQUIRE(bare.size() == 2);
    CHECK_FALSE(bare[0].passed);  // nobody has read the text
    CHECK(to_text(bare[0]) ==
          "champion-waits, test 1 (line 8): expected ask, but it is silent\n"
          "✓ person.role in [champion, customer] — it is [champion]\n"
          "✗ one of\n"
          "  ✗ message.needs_reply — it is unknown\n"
          "  ✗ message.text contains \"two  blanks\" — it is Does 2.0 speak IPv6?\n"
          "✓ not conversation.answered_by_person — it is unknown\n");
    CHECK(bare[1].passed);
    CHECK(to_text(bare[1]) == "champion-waits, test 2 (line 10): passed\n");

    const auto read = [](Facts& facts) {
        facts.set(Fact::message_needs_reply, facts.text(Fact::message_text).ends_with('?'));
    };
    const std::vector<TestResult> completed = run_tests(rules, read);
    CHECK(completed[0].passed);
    CHECK(completed[1].passed);  // what the test gives is not overruled
}

}  // namespace rapport::rules
