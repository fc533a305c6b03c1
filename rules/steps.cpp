#include "rules/steps.hpp"

#include <algorithm>
#include <bit>

#include "rules/literals.hpp"

namespace rapport::rules {
namespace {

using Kind = Condition::Kind;

/// Appends the steps of `condition`, last part first, so that all targets are known; returns where it begins.
std::uint32_t emit(const Condition& condition, std::span<const Test> tests, std::vector<Step>& steps,
                   std::uint32_t on_true, std::uint32_t on_false) {
    if (condition.kind == Kind::test) {
        const Test& test = tests[condition.test];
        steps.push_back({test.fact, test.op, test.mask, test.number, condition.test, on_true, on_false});
        return static_cast<std::uint32_t>(steps.size() - 1);
    }
    if (condition.kind == Kind::negation)
        return emit(condition.parts.front(), tests, steps, on_false, on_true);
    const bool all = condition.kind == Kind::all;
    std::uint32_t entry = all ? on_true : on_false;
    for (auto part = condition.parts.rbegin(); part != condition.parts.rend(); ++part)
        entry = all ? emit(*part, tests, steps, entry, on_false) : emit(*part, tests, steps, on_true, entry);
    return entry;
}

void collect_conjuncts(const Condition& condition, std::vector<const Condition*>& out) {
    if (condition.kind != Kind::all) return out.push_back(&condition);
    for (const Condition& part : condition.parts) collect_conjuncts(part, out);
}

/// Whether the index lets through just the rules for which this test holds, if no other part asks about its
/// fact.
bool exact(const Test& test) {
    if (test.op == Op::one_of || test.op == Op::has) return true;
    return test.op == Op::contains && std::ranges::all_of(test.words, [](const std::string& word) {
               return word.size() >= shortest_literal;
           });
}

bool settled(const Condition& conjunct, std::span<const Condition* const> all, std::span<const Test> tests) {
    const std::uint64_t facts = facts_of(conjunct, tests);
    if (!std::has_single_bit(facts)) return false;
    const FactInfo& row = info(static_cast<Fact>(std::countr_zero(facts)));
    if (row.type == Type::boolean || !row.allowed.empty()) return true;  // a row of bits for each value
    if (conjunct.kind != Kind::test || !exact(tests[conjunct.test])) return false;
    return std::ranges::none_of(all, [&](const Condition* other) {
        return other != &conjunct && (facts_of(*other, tests) & facts) != 0;
    });
}

}  // namespace

std::uint32_t append_steps(const Condition& condition, std::span<const Test> tests,
                           std::vector<Step>& steps) {
    return emit(condition, tests, steps, Step::accept, Step::reject);
}

std::uint32_t append_rest(const Condition& condition, std::span<const Test> tests, std::vector<Step>& steps) {
    std::vector<const Condition*> conjuncts;
    collect_conjuncts(condition, conjuncts);
    std::uint32_t entry = Step::accept;
    for (auto conjunct = conjuncts.rbegin(); conjunct != conjuncts.rend(); ++conjunct)
        if (!settled(**conjunct, conjuncts, tests))
            entry = emit(**conjunct, tests, steps, entry, Step::reject);
    return entry;
}

bool run(std::span<const Step> steps, std::uint32_t entry, std::span<const Test> tests, const Facts& facts) {
    std::uint32_t at = entry;
    while (at < Step::accept) {
        const Step& step = steps[at];
        const bool held = facts.known(step.fact) &&
                          (step.op <= Op::greater_equal
                               ? number_fits(step.op, facts.number(step.fact), step.mask, step.number)
                               : holds(tests[step.test], facts));
        at = held ? step.on_true : step.on_false;
    }
    return at == Step::accept;
}

std::uint64_t facts_of(const Condition& condition, std::span<const Test> tests) {
    if (condition.kind == Kind::test)
        return std::uint64_t{1} << static_cast<unsigned>(tests[condition.test].fact);
    std::uint64_t facts = 0;
    for (const Condition& part : condition.parts) facts |= facts_of(part, tests);
    return facts;
}

}  // namespace rapport::rules
