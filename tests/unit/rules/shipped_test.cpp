// The rules in config/rules.yaml.
#include <fstream>
#include <set>
#include <sstream>

#include "rules/self_test.hpp"
#include "rules_support.hpp"

namespace rapport::rules {
namespace {

std::string shipped() {
    std::ifstream file{RAPPORT_SOURCE_DIR "/config/rules.yaml"};
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("the shipped rules load and pass their own tests, and each has some") {
    const RuleSet rules = loaded(shipped());
    CHECK(rules.rules().size() >= 6);
    for (const TestResult& result : run_tests(rules)) {
        INFO(to_text(result));
        CHECK(result.passed);
    }
    const std::set<std::string> groups{"", "community", "support"};
    for (const Rule& rule : rules.rules()) {
        CAPTURE(rule.name);
        CHECK(rule.tests.size() >= 2);
        for (const Target& target : rule.ask) CHECK(groups.count(target.name) == 1);
        for (const Escalation& step : rule.escalate) CHECK(groups.count(step.to.name) == 1);
    }
}

TEST_CASE("the shipped rules stay quiet when strangers help one another in an open channel") {
    const RuleSet rules = loaded(shipped());
    std::vector<RuleId> out;
    for (const std::string_view kind : info(Fact::message_kind).allowed)
        for (const bool is_new : {true, false}) {
            Facts facts;
            facts.set_empty(Fact::person_role);
            facts.set(Fact::person_depth, Level::stranger);
            facts.set(Fact::person_is_new, is_new);
            facts.set(Fact::person_bot, false);
            facts.set(Fact::message_kind, kind);
            facts.set(Fact::message_needs_reply, true);
            facts.set(Fact::message_sentiment, -3);
            facts.set(Fact::message_mentions_brand, false);
            facts.set(Fact::conversation_kind, "open");
            rules.match(facts, out);
            CHECK(out.empty());
        }
}

}  // namespace rapport::rules
