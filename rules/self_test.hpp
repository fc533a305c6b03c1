#pragma once

#include <functional>
#include <string>
#include <vector>

#include "rules/explain.hpp"

namespace rapport::rules {

/// Works out facts that follow from those given (the reading of message.text, say). What a test gives
/// outright stays as given, whatever this does.
using Complete = std::function<void(Facts&)>;

/// How one of a rule's own tests went.
struct TestResult {
    std::string rule{};
    std::size_t number = 1;  ///< Which test of the rule, from 1.
    Position at{};
    bool passed = false;
    bool expected_ask = true;
    Explanation explanation{};
};

/// Runs every rule's tests, of disabled rules too, in the order of the file.
std::vector<TestResult> run_tests(const RuleSet& rules, const Complete& complete = {});

/// "champion-waits, test 2 (line 14): expected silence, but it asks" and, below, the explanation if it
/// failed.
std::string to_text(const TestResult& result);

}  // namespace rapport::rules
