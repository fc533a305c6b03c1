#pragma once

#include <string_view>
#include <vector>

#include "rules/explain.hpp"
#include "rules/self_test.hpp"

namespace rapport::rules {

/// What the fuzzer does with any bytes: load them as a rules file and, if they load, run everything. Returns
/// whether they loaded. Nothing may crash, hang or grow without bound.
inline bool try_rules_input(std::string_view bytes) {
    const LoadResult result = load(bytes, "fuzz.yaml");
    for (const Diagnostic& diagnostic : result.diagnostics)
        if (diagnostic.line < 1 || diagnostic.column < 1 || to_string(diagnostic).empty()) __builtin_trap();
    if (result.rules.has_value() != result.diagnostics.empty()) __builtin_trap();
    if (!result.rules) return false;

    Facts facts;
    facts.set(Fact::message_text, "Does the export stop? Café");
    facts.set(Fact::person_role, "champion");
    facts.set(Fact::person_depth, Level::close);
    facts.set(Fact::message_needs_reply, true);
    std::vector<RuleId> found;
    result.rules->match(facts, found);
    std::size_t next = 0;
    for (RuleId id = 0; id < result.rules->rules().size(); ++id) {
        const bool holds = result.rules->holds(id, facts);
        const Explanation explanation = explain(*result.rules, id, facts);
        if (explanation.holds != holds || to_text(explanation).empty()) __builtin_trap();
        const bool matched = next < found.size() && found[next] == id;
        if (matched != (holds && explanation.enabled)) __builtin_trap();
        next += matched ? 1 : 0;
    }
    for (const TestResult& test : run_tests(*result.rules)) static_cast<void>(to_text(test));
    return true;
}

}  // namespace rapport::rules
