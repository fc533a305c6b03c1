// What a good file becomes.
#include "rules_support.hpp"

namespace rapport::rules {

using namespace std::chrono_literals;

TEST_CASE("every key of a rule is read") {
    const RuleSet rules = loaded(R"(rules:
  - name: champion-waits
    title: A champion is waiting
    when: person.role in [champion, customer] and message.needs_reply
          and not conversation.answered_by_person
    after: 15m
    ask: [owner, strongest tie, on duty in community, "@ada", channel]
    reply within: 2h
    escalate: [{after: 1h, to: on duty in community}, {after: 1h30m, to: "@lead"}]
    brand reply: counts
    cooldown: 2d
    urgency: digest
    enabled: false
    tests:
      - given: {person.role: champion, message.text: "Does 2.0 speak IPv6?", person.reach: 3, conversation.waiting: 2h,
                message.late: no, person.depth: close, message.topics: [a, b], person.tie: ~}
        expect: ask
      - {given: {}, expect: silence}
)");
    REQUIRE(rules.rules().size() == 1);
    const Rule& rule = rules.rule(0);
    CHECK(rule.name == "champion-waits");
    CHECK(rule.title == "A champion is waiting");
    CHECK(rule.when ==
          "person.role in [champion, customer] and message.needs_reply and not "
          "conversation.answered_by_person");
    CHECK(rule.after == 15min);
    std::vector<std::string> asked;
    for (const Target& target : rule.ask) asked.push_back(to_string(target));
    CHECK(asked ==
          std::vector<std::string>{"owner", "strongest tie", "on duty in community", "@ada", "channel"});
    CHECK(rule.ask[2].name == "community");
    CHECK(rule.ask[2].at == Position{7, 33});
    CHECK(rule.reply_within == 2h);
    REQUIRE(rule.escalate.size() == 2);
    CHECK(rule.escalate[1].after == 90min);
    CHECK(rule.escalate[1].to.kind == TargetKind::staffer);
    CHECK(rule.escalate[1].to.name == "lead");
    CHECK(rule.brand_reply_counts);
    CHECK(rule.cooldown == 48h);
    CHECK(rule.urgency == Urgency::digest);
    CHECK_FALSE(rule.enabled);
    CHECK(rule.at == Position{2, 5});
    REQUIRE(rule.tests.size() == 2);
    CHECK(rule.tests[0].expect_ask);
    CHECK_FALSE(rule.tests[1].expect_ask);
    const std::vector<std::pair<Fact, Value>> given{
        {Fact::person_role, std::vector<std::string>{"champion"}},
        {Fact::message_text, std::string{"Does 2.0 speak IPv6?"}},
        {Fact::person_reach, 3.0},
        {Fact::conversation_waiting, Duration{2h}},
        {Fact::message_late, false},
        {Fact::person_depth, std::string{"close"}},
        {Fact::message_topics, std::vector<std::string>{"a", "b"}},
        {Fact::person_tie, Value{}}};
    CHECK(rule.tests[0].given == given);
}

TEST_CASE("a rule of name and condition gets careful defaults") {
    const RuleSet rules = loaded("rules: [{name: late-word, when: message.late}]");
    const Rule& rule = rules.rule(0);
    CHECK(rule.title == "late word");
    CHECK(rule.after == 0s);
    REQUIRE(rule.ask.size() == 3);
    CHECK(rule.ask[0].kind == TargetKind::owner);
    CHECK(rule.reply_within == 4h);
    CHECK(rule.cooldown == 24h);
    CHECK(rule.urgency == Urgency::normal);
    CHECK_FALSE(rule.brand_reply_counts);
    CHECK(rule.enabled);
}

TEST_CASE("who knows about it can be asked, and an escalation may go there") {
    const RuleSet rules = loaded(
        "rules: [{name: r, when: message.late, ask: [owner, expert], escalate: [{after: 1h, to: expert}]}]");
    CHECK(rules.rule(0).ask[1].kind == TargetKind::expert);
    CHECK(to_string(rules.rule(0).escalate[0].to) == "expert");
}

TEST_CASE("a set keeps its source, tells versions apart and outlives the copy it came from") {
    const std::string text = "rules: [{name: a, when: message.late}]";
    std::optional<RuleSet> first = loaded("\xEF\xBB\xBF" + text);
    const RuleSet copy = *first;
    first.reset();
    CHECK(copy.source() == text);
    CHECK(copy.file() == "rules.yaml");
    CHECK(copy.hash() == loaded(text).hash());
    CHECK(copy.hash().size() == 16);
    CHECK(copy.hash() != loaded(text + "\n").hash());
    CHECK(copy.find("a") == RuleId{0});
    CHECK_FALSE(copy.find("b").has_value());
}

TEST_CASE("no rules are fine: nothing matches") {
    std::vector<RuleId> out{7};
    RuleSet{}.match(Facts{}, out);
    CHECK(out.empty());
    loaded("rules: []").match(Facts{}, out);
    CHECK(out.empty());
    CHECK(RuleSet{}.rules().empty());
}

TEST_CASE("a set tells which facts its rules ask about, asleep ones left out") {
    const RuleSet rules = loaded(
        "rules:\n  - {name: a, when: message.late and (not person.bot or person.reach > 5)}\n"
        "  - {name: b, when: message.edited, enabled: false}\n");
    CHECK(rules.uses(Fact::message_late));
    CHECK(rules.uses(Fact::person_bot));
    CHECK(rules.uses(Fact::person_reach));
    CHECK_FALSE(rules.uses(Fact::message_edited));
    CHECK_FALSE(rules.uses(Fact::message_text));
}

TEST_CASE("a rule that sleeps never matches, but can still be asked") {
    const RuleSet rules =
        loaded("rules: [{name: a, when: message.late, enabled: no}, {name: b, when: message.late}]");
    Facts facts;
    facts.set(Fact::message_late, true);
    std::vector<RuleId> out;
    rules.match(facts, out);
    CHECK(out == std::vector<RuleId>{1});
    CHECK(rules.holds(0, facts));
}

}  // namespace rapport::rules
