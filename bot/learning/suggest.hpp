#pragma once

// What would have made a rule better: small changes, each tried on what it has asked so far. Pure, and the
// work is bounded by `most_examples` and `most_candidates`.

#include <span>
#include <string>
#include <vector>

#include "bot/learning/verdict.hpp"
#include "rules/rule_set.hpp"

namespace rapport::learning {

/// One alert of the rule: what the rule saw when it asked, and what became of it.
struct Example {
    rules::Facts facts{};
    Verdict verdict = Verdict::neither;  ///< `neither` teaches nothing.
    std::string reason{};                ///< Of *Not needed*.
    rules::Duration lasted{};            ///< From the asking to the end.
};

/// Fewer than this many *Not needed* may be chance: then nothing is suggested.
inline constexpr std::size_t fewest_bad = 3;
/// Of more examples only the first are looked at.
inline constexpr std::size_t most_examples = 500;
inline constexpr std::size_t most_candidates = 400;
inline constexpr std::size_t most_suggestions = 3;

/// One change of the rule: a condition more, or a longer wait.
struct Suggestion {
    std::string condition{};  ///< To be added with `and`; empty: it is about `after`.
    rules::Duration after{};  ///< The rule's new `after`.
    std::size_t kept = 0;     ///< Of the answered.
    std::size_t good = 0;     ///< All that were answered.
    std::size_t dropped = 0;  ///< Of those that were not needed.
    std::size_t bad = 0;      ///< All that were not needed.
};

/// The best few, the best first. Each would have dropped at least two, and a quarter, of the not needed, and
/// kept nine tenths of the answered. None if nobody ever answered: then it is not a condition that is
/// missing.
std::vector<Suggestion> suggest(const rules::Rule& rule, std::span<const Example> examples);

/// "Only if person.depth >= acquaintance", "Wait 30m before asking".
std::string change_words(const Suggestion& suggestion);
/// "would have kept 14 of 14 answered and dropped 6 of 9 not needed".
std::string effect_words(const Suggestion& suggestion);

}  // namespace rapport::learning
