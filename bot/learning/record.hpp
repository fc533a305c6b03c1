#pragma once

// What became of a rule's alerts, week by week. Pure.

#include <chrono>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "bot/learning/verdict.hpp"

namespace rapport::learning {

/// Weeks begin on Monday, 00:00 UTC. The newest is the one that is not over yet.
inline constexpr int weeks_shown = 12;
/// Where the oldest of these weeks begins.
Time record_begin(Time now);

struct Counts {
    std::uint32_t asked = 0;
    std::uint32_t answered = 0;    ///< By a person.
    std::uint32_t not_needed = 0;  ///< The rest is open, expired, withdrawn or the brand's.
};

struct Week {
    std::chrono::sys_days begin{};
    Counts counts{};
};

/// Each alert counts in the week in which somebody was asked, so a week adds up by and by.
struct RuleRecord {
    std::vector<Week> weeks{};                         ///< Oldest first; `weeks_shown` of them.
    Counts all{};                                      ///< Their sum.
    std::map<std::string, std::uint32_t> by_reason{};  ///< Of *Not needed*; words of their own are "other".
    std::map<Against, std::uint32_t> against{};
    /// About whom it was not needed, the most frequent first, and how often; those with two or more.
    std::vector<std::pair<AccountId, std::uint32_t>> about{};
};

/// Of alerts of one rule; those that are older than the weeks, and those that asked nobody, count nowhere.
RuleRecord record_of(std::span<const AlertRow> alerts, Time now);

}  // namespace rapport::learning
