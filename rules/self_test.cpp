#include "rules/self_test.hpp"

#include <fmt/format.h>

namespace rapport::rules {
namespace {

Facts facts_of(const RuleTest& test, const Complete& complete) {
    Facts facts;
    for (const auto& [fact, value] : test.given) facts.assign(fact, value);
    if (complete) {
        complete(facts);
        for (const auto& [fact, value] : test.given) facts.assign(fact, value);
    }
    return facts;
}

}  // namespace

std::vector<TestResult> run_tests(const RuleSet& rules, const Complete& complete) {
    std::vector<TestResult> results;
    for (RuleId id = 0; id < rules.rules().size(); ++id) {
        std::size_t number = 0;
        for (const RuleTest& test : rules.rule(id).tests) {
            TestResult result;
            result.rule = rules.rule(id).name;
            result.number = ++number;
            result.at = test.at;
            result.expected_ask = test.expect_ask;
            result.explanation = explain(rules, id, facts_of(test, complete));
            result.passed = result.explanation.holds == test.expect_ask;
            results.push_back(std::move(result));
        }
    }
    return results;
}

std::string to_text(const TestResult& result) {
    const std::string head = fmt::format("{}, test {} (line {})", result.rule, result.number, result.at.line);
    if (result.passed) return fmt::format("{}: passed\n", head);
    const std::string_view came =
        result.expected_ask ? "expected ask, but it is silent" : "expected silence, but it asks";
    return fmt::format("{}: {}\n{}", head, came, to_text(result.explanation));
}

}  // namespace rapport::rules
