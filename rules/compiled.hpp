#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "rules/condition.hpp"
#include "rules/index.hpp"
#include "rules/rule.hpp"

namespace rapport::rules {

/// One test and where to go on from it; `accept` and `reject` are the ends.
struct Step {
    static constexpr std::uint32_t accept = 0xfffffffe;
    static constexpr std::uint32_t reject = 0xffffffff;

    std::uint32_t test = 0;
    std::uint32_t on_true = accept;
    std::uint32_t on_false = reject;
};

/// What is behind a RuleSet. Conditions are kept twice: as trees, to explain them, and as steps, to run them.
struct Compiled {
    std::string source{};
    std::string file{};
    std::string hash{};
    std::vector<Rule> rules{};
    std::unordered_map<std::string, RuleId> by_name{};
    std::vector<Test> tests{};             ///< Of all rules.
    std::vector<Condition> conditions{};   ///< One a rule.
    std::vector<std::uint32_t> entries{};  ///< One a rule: its first step.
    std::vector<Step> steps{};
    std::uint64_t used = 0;  ///< One bit a fact.
    Index index{};

    /// Makes everything else of `rules`, `tests` and `conditions`.
    void finish();
    bool run(RuleId id, const Facts& facts) const;
};

}  // namespace rapport::rules
