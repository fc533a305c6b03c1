#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rules/condition.hpp"

namespace rapport::rules {

/// One test and where to go on from it. The cheap tests are held here whole, so that running a condition
/// reads a few bytes in a row and nothing else.
struct Step {
    static constexpr std::uint32_t accept = 0xfffffffe;  ///< An end: the condition holds.
    static constexpr std::uint32_t reject = 0xffffffff;  ///< An end: it does not.

    Fact fact{};
    Op op{};
    std::uint32_t mask = 0;
    double number = 0;
    std::uint32_t test = 0;  ///< The whole test, for those that need more.
    std::uint32_t on_true = accept;
    std::uint32_t on_false = reject;
};

/// Appends the steps of a condition; returns the first, or an end if there is nothing to test.
std::uint32_t append_steps(const Condition& condition, std::span<const Test> tests, std::vector<Step>& steps);

/// The same for what is left to test of a candidate of the `Index`: without the parts that the index has
/// settled.
std::uint32_t append_rest(const Condition& condition, std::span<const Test> tests, std::vector<Step>& steps);

/// Whether the condition that begins at step `entry` holds.
bool run(std::span<const Step> steps, std::uint32_t entry, std::span<const Test> tests, const Facts& facts);

/// The facts that a condition asks about, one bit each.
std::uint64_t facts_of(const Condition& condition, std::span<const Test> tests);

}  // namespace rapport::rules
