#pragma once

// A condition as rows of "field, operator, value", joined by `and`: what the rule builder shows. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/event.hpp"
#include "rules/rule_set.hpp"

namespace rapport::office {

/// One condition. `value` as people write it: without quotes or brackets.
struct RuleRow {
    std::string fact{};  ///< "person.role".
    std::string test{};  ///< "is", "is not", "=", "contains", "in", ...
    std::string value{};
    bool operator==(const RuleRow&) const = default;
};

inline constexpr std::size_t most_rows = 6;

/// Facts and the operators that they take, as choices.
std::vector<Option> fact_options();
std::vector<Option> test_options(rules::Type type);

/// The condition that the row says, as rules write it: `person.role in [a, b]`.
std::string condition_of(const RuleRow& row);
std::string condition_of(const std::vector<RuleRow>& rows);

/// The rows of a condition; nothing if it is not a plain list of conditions joined by `and`, at most
/// `most_rows`.
std::optional<std::vector<RuleRow>> rows_of(std::string_view condition);

}  // namespace rapport::office
