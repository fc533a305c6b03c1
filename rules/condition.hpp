#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rules/lexer.hpp"
#include "rules/pattern.hpp"
#include "rules/value.hpp"

namespace rapport::rules {

/// What a test does with its fact. A test of an unknown fact is false, whatever it asks.
enum class Op : std::uint8_t {
    ordinal,  ///< Boolean, level, closed word: its place is one of `mask`.
    equal,    ///< Number or duration against `number`, and so on.
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    one_of,    ///< Text or open word: it is one of `words`.
    none_of,   ///< Text or open word: it is none of `words`.
    has,       ///< Set: at least one of `words` is in it.
    contains,  ///< Text: at least one of `words` is part of it.
    matches,   ///< Text: `pattern` is found in it.
};

/// One test of one fact, ready to run. `words` are folded.
struct Test {
    Fact fact{};
    Op op = Op::ordinal;
    bool ignore_case = false;
    std::uint32_t mask = 0;
    double number = 0;
    std::vector<std::string> words{};
    std::shared_ptr<const Pattern> pattern{};
};

/// The tests up to `greater_equal`: whether a known fact's number fits.
inline bool number_fits(Op op, double value, std::uint32_t mask, double number) noexcept {
    switch (op) {
        case Op::ordinal:
            return (mask >> static_cast<unsigned>(value) & 1U) != 0;
        case Op::equal:
            return value == number;
        case Op::not_equal:
            return value != number;
        case Op::less:
            return value < number;
        case Op::less_equal:
            return value <= number;
        case Op::greater:
            return value > number;
        case Op::greater_equal:
            return value >= number;
        default:
            return false;
    }
}

/// Whether `test` holds; false if its fact is unknown.
bool holds(const Test& test, const Facts& facts);

/// A condition as a tree; `begin` and `end` say where it stands in the text.
struct Condition {
    enum class Kind : std::uint8_t { all, any, negation, test };

    Kind kind = Kind::test;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t test = 0;          ///< Of a test: its place in the list of tests.
    std::vector<Condition> parts{};  ///< Of all others: `all` and `any` have at least two, `negation` one.
};

/// Reads a condition; appends its tests to `tests`. All mistakes are told to `problem`; the result means
/// something only if there were none.
Condition parse_condition(std::string_view text, std::vector<Test>& tests, PatternCache& patterns,
                          const Problem& problem);

/// The suggestion for a name that is no fact: "did you mean person.role?", or empty.
std::string suggest_fact(std::string_view name);

}  // namespace rapport::rules
