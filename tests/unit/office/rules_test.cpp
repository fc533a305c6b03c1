// Scenarios 38 to 40: rules in forms.

#include "counter.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

const std::string two_rules = R"(# Ours.
rules:
  # Whoever asks gets an answer.
  - name: question
    title: Somebody asked
    when: message.needs_reply and not conversation.answered_by_person
    ask: [owner, strongest tie, on duty in community, channel]
    reply within: 2h
  # Sleeps.
  - name: odd
    when: person.is_new or person.bot
    enabled: false
)";

struct RulesTalk {
    House house{two_rules};
    Counter counter{house, two_rules};
    RulesTalk() { house.at("2026-03-02 09:00"); }
    std::vector<RulesVersion> versions() { return house.store().rules_versions(100).value(); }
};

}  // namespace

TEST_CASE("the list of rules") {
    RulesTalk talk;
    CHECK(talk.counter.says("ada", "what are the rules?") ==
          "rules: Rules\n2 rules. Of several that hold, the first asks.\n[A new rule = rule_new]\n"
          "# Somebody asked\nquestion\nIf message.needs_reply and not conversation.answered_by_person\n"
          "Ask owner, strongest tie, on duty in community, channel, to answer within 2h.\n"
          "[How it does = rule_show/question][Change = rule_edit/question][Switch off = "
          "rule_off/question][Try on history = rule_try/question]\n"
          "# odd\nodd (off)\nIf person.is_new or person.bot\nAsk owner, strongest tie, channel, to answer "
          "within 4h.\n"
          "[How it does = rule_show/odd][Change = rule_edit/odd][Switch on = rule_on/odd][Try on history = "
          "rule_try/odd]\n");
}

TEST_CASE("a rule changed in the builder keeps the rest of its file, and who changed it is kept") {
    RulesTalk talk;
    CHECK_THAT(talk.counter.presses("ada", "rule_edit/question"),
               ContainsSubstring("If (fact_1): message.needs_reply") &&
                   ContainsSubstring("Answer within (within): 2h"));
    auto values = talk.counter.values();
    values["within"] = "1h";
    values["urgency"] = "high";
    CHECK_THAT(talk.counter.submits("ada", "rule", values),
               ContainsSubstring("Saved. The rule question holds from now on."));
    CHECK_THAT(talk.counter.rules_file,
               ContainsSubstring("# Ours.\nrules:\n  # Whoever asks gets an answer.\n  - name: question\n"));
    CHECK_THAT(talk.counter.rules_file, ContainsSubstring("reply within: 1h\n    urgency: \"high\"\n") ||
                                            ContainsSubstring("reply within: 1h\n    urgency: high\n"));
    CHECK(talk.counter.rules_file.ends_with(two_rules.substr(two_rules.find("  # Sleeps."))));
    CHECK(talk.versions().front().by == "ada");
    CHECK(talk.house.world().rules.rule(0).urgency == rules::Urgency::high);
}

TEST_CASE("a new rule grows row by row and asks at once") {
    RulesTalk talk;
    talk.counter.presses("ada", "rule_new");
    auto values = talk.counter.values();
    values["name"] = "praise";
    values["fact_1"] = "message.kind";
    Ask changed;
    changed.kind = Ask::Kind::changed;
    changed.by = talk.house.key("ada");
    changed.name = "rule";
    changed.values = values;
    CHECK_THAT(as_text(talk.counter.ask(changed)),
               ContainsSubstring("is (test_1): in") && ContainsSubstring("this (value_1)"));
    values = talk.counter.values();
    values["value_1"] = "praise";
    CHECK_THAT(talk.counter.presses("ada", "rule/add", values),
               ContainsSubstring("and (fact_2)") && ContainsSubstring("this (value_1): praise"));
    values = talk.counter.values();
    values["fact_2"] = "message.mentions_brand";
    CHECK_THAT(talk.counter.presses("ada", "rule/text", values),
               ContainsSubstring("when: \"message.kind in [praise] and message.mentions_brand\""));
    CHECK_THAT(talk.counter.presses("ada", "rule/rows", talk.counter.values()),
               ContainsSubstring("and (fact_2): message.mentions_brand"));
    CHECK_THAT(talk.counter.submits("ada", "rule", talk.counter.values()),
               ContainsSubstring("The rule praise holds"));
    CHECK(talk.house.world().rules.find("praise"));
}

TEST_CASE("scenario 38: a rule with a mistake is refused where it is wrong, and the old rules go on") {
    RulesTalk talk;
    talk.counter.presses("ada", "rule_edit/odd");  // as text: it has an "or"
    auto values = talk.counter.values();
    REQUIRE(values.contains("yaml"));
    values["yaml"] = "- name: odd\n  when: person.roel in [champion]\n";
    CHECK(talk.counter.submits("ada", "rule_text", values) ==
          "! yaml: Line 2, column 9: unknown fact person.roel: did you mean person.role?\n");
    values["yaml"] = "- name: odd\n  when: person.reach >= \"many\"\n";
    CHECK_THAT(talk.counter.submits("ada", "rule_text", values), ContainsSubstring("! yaml: Line 2, column"));
    values["yaml"] = "- name: odd\n  when: message.text matches /(/\n";
    CHECK_THAT(talk.counter.submits("ada", "rule_text", values), ContainsSubstring("! yaml: Line 2, column"));
    values["yaml"] = "- name: question\n  when: person.is_new\n";
    CHECK_THAT(talk.counter.submits("ada", "rule_text", values),
               ContainsSubstring("another rule called question"));
    talk.counter.presses("ada", "rule_edit/question");
    values = talk.counter.values();
    values["fact_1"] = "person.reach";
    values["test_1"] = ">=";
    values["value_1"] = "many";
    values["within"] = "soon";
    values["ask"] = "@adda";
    const std::string wrong = talk.counter.submits("ada", "rule", values);
    CHECK_THAT(wrong, ContainsSubstring("! value_1: ") &&
                          ContainsSubstring("! within: \"soon\" is no length of time"));
    values["value_1"] = "100";
    values["within"] = "1h";
    CHECK_THAT(talk.counter.submits("ada", "rule", values),
               ContainsSubstring("! ask: @adda is not in the team: did you mean ada?"));
    CHECK(talk.counter.rules_file == two_rules);
    talk.house.say("lena", "How do I install Acme on my laptop?");
    CHECK(talk.house.alerts().size() == 1);
}

TEST_CASE("scenario 39: edited here and in the file, nothing is lost silently and the later one holds") {
    RulesTalk talk;
    talk.counter.presses("ada", "rule_edit/question");
    auto values = talk.counter.values();
    values["within"] = "1h";
    // Meanwhile Bea edits the same rule, and another, in the file.
    std::string theirs = two_rules;
    theirs.replace(theirs.find("reply within: 2h"), 16, "reply within: 3h");
    theirs.replace(theirs.find("# Sleeps."), 9, "# Sleeps well.");
    talk.counter.rules_file = theirs;
    const std::string answer = talk.counter.submits("ada", "rule", values);
    CHECK_THAT(answer, ContainsSubstring("somebody else changed rules.yaml. Both versions are kept"));
    CHECK_THAT(talk.counter.rules_file,
               ContainsSubstring("reply within: 1h") && ContainsSubstring("# Sleeps well."));
    const auto versions = talk.versions();
    REQUIRE(versions.size() >= 2);
    CHECK(versions[0].by == "ada");
    CHECK(versions[0].source == talk.counter.rules_file);
    CHECK(versions[1].by == "file");
    CHECK(versions[1].source == theirs);
}

TEST_CASE("scenario 40: what a rule would have done, before it is saved") {
    RulesTalk talk;
    for (int day = 0; day < 3; ++day) {
        talk.house.say("lena", "How do I install Acme on my laptop?");
        talk.house.later(std::chrono::days{1});
    }
    talk.counter.presses("ada", "rule_new");
    auto values = talk.counter.values();
    values["name"] = "thanks";
    values["fact_1"] = "message.text";
    values["test_1"] = "contains";
    values["value_1"] = "acme";
    values["ask"] = "@cyd";
    talk.house.say("otto", "Acme is a fine thing that I bought yesterday.");
    const std::string tested = talk.counter.presses("ada", "rule/test", values);
    CHECK_THAT(tested, ContainsSubstring("What it would have done") && ContainsSubstring("New alerts: 1") &&
                           ContainsSubstring("otto: Acme is a fine thing"));
    CHECK_THAT(tested, ContainsSubstring("Cyd Tanaka: 1 instead of 0") && ContainsSubstring("thanks"));
    CHECK(talk.counter.rules_file == two_rules);
    const std::string tried = talk.counter.presses("ada", "rule_try/question");
    CHECK_THAT(tried, ContainsSubstring("backtest: question on the last 90 days") &&
                          ContainsSubstring("New alerts: "));
}

TEST_CASE("rules are switched off and on") {
    RulesTalk talk;
    CHECK_THAT(talk.counter.presses("ada", "rule_off/question"),
               ContainsSubstring("question is off now") && ContainsSubstring("question (off)"));
    talk.house.say("lena", "How do I install Acme on my laptop?");
    CHECK(talk.house.alerts().empty());
    CHECK_THAT(talk.counter.presses("ada", "rule_on/question"), ContainsSubstring("question is on now"));
    CHECK(talk.house.world().rules.rule(0).enabled);
}

TEST_CASE("a rule from a message begins with what the message is like") {
    RulesTalk talk;
    Message about =
        std::get<MessagePosted>(talk.house.saying("lena", "Is Acme broken? It crashes all the time.").body)
            .message;
    const std::string form = talk.counter.shortcut("ada", "make_rule", about);
    CHECK_THAT(form, ContainsSubstring("form rule: A new rule") && ContainsSubstring("message.kind") &&
                         ContainsSubstring("conversation.channel") && ContainsSubstring("help"));
}
