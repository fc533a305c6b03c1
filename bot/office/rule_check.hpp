#pragma once

// A rule that somebody wrote in a form, checked with all the others of its file before it is saved.

#include <memory>
#include <string>
#include <vector>

#include "bot/alerts/world.hpp"
#include "bot/office/rule_file.hpp"

namespace rapport::office {

struct RuleMistake {
    int line = 1;  ///< In the rule's own text, from 1.
    int column = 1;
    std::string key{};   ///< Of the rule: "when", "ask"; empty if it cannot be told.
    std::string text{};  ///< With the suggestion.
    /// "Line 3, column 9: unknown fact person.roel: did you mean person.role?"
    std::string place() const;
};

/// What came of a rule's text.
struct CheckedRule {
    std::vector<RuleMistake> mistakes{};
    std::string name{};       ///< Of the rule, if it can be read.
    std::string file{};       ///< The whole file with it.
    std::string file_hash{};  ///< Of the file that it goes into.
    std::shared_ptr<const World>
        world{};  ///< Everything as it is, with these rules; null if there are mistakes.
};

/// `old_name`: the rule whose place it takes; empty, or not there: it goes to the end.
CheckedRule check_rule(const World& world, const rules::RuleSet& file, std::string_view old_name,
                       std::string_view text);

/// What is wrong with one condition, with a suggestion; empty: nothing.
std::string mistake_in_condition(std::string_view condition);

/// "2h", "1h30m", "1d": as rules write lengths of time.
std::string duration_words(std::chrono::milliseconds length);

}  // namespace rapport::office
