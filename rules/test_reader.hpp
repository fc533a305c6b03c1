#pragma once

#include <string_view>
#include <vector>

#include "rules/condition.hpp"

namespace rapport::rules {

/// The right-hand side of a test, as cut into tokens: one value, or a list in [ ].
struct Operand {
    std::vector<Token> values{};
    bool list = false;
    std::size_t begin = 0;
};

/// Checks operator and operand against the fact's type and makes the test. Mistakes are told to `problem`.
Test make_test(const FactInfo& fact, const Token& op, const Operand& operand, PatternCache& patterns,
               const Problem& problem);

/// Which operators a type takes, for messages: "=, != or in [...]".
std::string_view operators_of(Type type) noexcept;

}  // namespace rapport::rules
