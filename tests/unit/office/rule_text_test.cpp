#include "bot/office/rule_check.hpp"
#include "bot/office/rule_file.hpp"
#include "bot/office/rule_rows.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::office;

namespace {

const std::string file = R"(# Our rules.
rules:
  # The first.
  - name: one
    when: message.needs_reply   # always
    # deep inside
    ask: [owner]

  # The second, asleep.
  - name: two
    title: "Two: the title"
    when: person.role in [champion]
          and message.needs_reply
    enabled: false
    tests:
      - given: {person.role: champion, message.needs_reply: true}
        expect: ask
# The end.
)";

rules::RuleSet loaded(const std::string& text) {
    rules::LoadResult result = rules::load(text, "rules.yaml");
    if (!result.rules) FAIL(to_string(result.diagnostics.front()));
    return *result.rules;
}

std::string text_of(const std::string& name) {
    const rules::RuleSet rules = loaded(file);
    return block_text(file, *find_block(rules, name));
}

}  // namespace

TEST_CASE("a rule's block is its lines and no others") {
    CHECK(text_of("one") ==
          "- name: one\n  when: message.needs_reply   # always\n  # deep inside\n  ask: [owner]\n");
    CHECK(text_of("two").ends_with("    expect: ask\n"));
    CHECK_FALSE(find_block(loaded(file), "three"));
}

TEST_CASE("replacing one rule leaves all other bytes alone") {
    const auto changed = with_rule(loaded(file), "one", "- name: one\n  when: person.is_new\n");
    REQUIRE(changed);
    const std::string before = "# Our rules.\nrules:\n  # The first.\n";
    CHECK(
        changed->starts_with(before + "  - name: one\n    when: person.is_new\n\n  # The second, asleep.\n"));
    CHECK(changed->substr(changed->size() - 100) == file.substr(file.size() - 100));
    CHECK(with_rule(loaded(file), "one", text_of("one")) == file);
    CHECK(with_rule(loaded(file), "two", text_of("two")) == file);
}

TEST_CASE("a new rule goes to the end, also of a file without any") {
    const auto longer = with_rule(loaded(file), "", "- name: new\n  when: person.is_new\n");
    REQUIRE(longer);
    CHECK(loaded(*longer).rules().size() == 3);
    CHECK(longer->ends_with("# The end.\n"));
    const auto first =
        with_rule(loaded("# Nothing yet.\nrules: []\n"), "", "- name: new\n  when: person.is_new\n");
    REQUIRE(first);
    CHECK(*first == "# Nothing yet.\nrules:\n  - name: new\n    when: person.is_new\n");
}

TEST_CASE("one key of a rule is set or taken out") {
    const std::string two = text_of("two");
    const std::string condition = with_key(two, "when", "person.is_new");
    CHECK(condition.find("  when: person.is_new\n  enabled: false\n") != std::string::npos);
    CHECK(with_key(two, "enabled", "true").find("  enabled: true\n  tests:\n") != std::string::npos);
    CHECK(with_key(two, "title", "").find("title") == std::string::npos);
    CHECK(with_key("- name: x\n", "urgency", "high") == "- name: x\n  urgency: high\n");
    CHECK(with_key(two, "name", "three").starts_with("- name: three\n  title"));
}

TEST_CASE("rows and conditions say the same") {
    const auto [condition, row] = GENERATE(table<std::string, RuleRow>({
        {"person.role in [champion, customer]", {"person.role", "in", "champion, customer"}},
        {"message.needs_reply", {"message.needs_reply", "is", ""}},
        {"not conversation.answered_by_person", {"conversation.answered_by_person", "is not", ""}},
        {"person.depth >= familiar", {"person.depth", ">=", "familiar"}},
        {"person.reach >= 10000", {"person.reach", ">=", "10000"}},
        {"conversation.waiting > 4h", {"conversation.waiting", ">", "4h"}},
        {"message.text contains \"refund policy\"", {"message.text", "contains", "refund policy"}},
        {"message.text matches /my lawyer/i", {"message.text", "matches", "/my lawyer/i"}},
    }));
    INFO(condition);
    CHECK(condition_of(row) == condition);
    CHECK(rows_of(condition) == std::vector<RuleRow>{row});
    CHECK(mistake_in_condition(condition).empty());
}

TEST_CASE("what does not fit into rows is left to the text") {
    const std::string condition =
        GENERATE("person.is_new or person.bot", "not (person.is_new and person.bot)",
                 "not person.role in [a]", "person.is_new and (person.bot)");
    CHECK_FALSE(rows_of(condition));
    CHECK(rows_of("person.is_new and not person.bot")->size() == 2);
}
