#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "rules/condition.hpp"
#include "rules/index.hpp"
#include "rules/rule.hpp"
#include "rules/steps.hpp"

namespace rapport::rules {

/// What is behind a RuleSet. Conditions are kept twice: as trees, to explain them, and as steps, to run them.
struct Compiled {
    std::string source{};
    std::string file{};
    std::string hash{};
    std::vector<Rule> rules{};
    std::unordered_map<std::string, RuleId> by_name{};
    std::vector<Test> tests{};            ///< Of all rules.
    std::vector<Condition> conditions{};  ///< One a rule.
    std::vector<Step> steps{};
    std::vector<std::uint32_t> entries{};  ///< One a rule: where its whole condition begins.
    std::vector<std::uint32_t> rests{};    ///< One a rule: where that begins which the index leaves to test.
    std::uint64_t used = 0;                ///< One bit a fact.
    Index index{};

    /// Makes everything else of `rules`, `tests` and `conditions`.
    void finish();
};

}  // namespace rapport::rules
