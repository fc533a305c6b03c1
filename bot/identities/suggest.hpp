#pragma once

// Which accounts may be one person's. A suggestion links nothing: only proof does, or a human who knows.

#include <span>
#include <string>
#include <vector>

#include "bot/identities/likeness.hpp"
#include "bot/identities/weights.hpp"

namespace rapport::identities {

/// Two accounts of `accounts`, by index, on different platforms; `a` < `b`.
struct Pair {
    std::size_t a = 0, b = 0;
    Traits traits{};
};

/// All pairs that share something rare, with all traits. In memory, and in time, about the square of how many
/// share their rarest parts; an account is compared with `most_compared` others at most.
std::vector<Pair> candidates(std::span<const Account> accounts);
inline constexpr std::size_t most_compared = 500;

struct Suggestion {
    std::size_t a = 0, b = 0;
    double confidence = 0;  ///< How often such a suggestion is right, 0 to 1.
    std::vector<std::string> evidence{};
};

/// At this confidence of 1,000 suggestions for unseen persons about 15 are wrong ("rapport train" measures
/// it).
inline constexpr double default_confidence = 0.9;

/// As below, where each pair's confidence is known.
std::vector<Suggestion> choose(std::span<const Pair> pairs, std::span<const Account> accounts,
                               std::span<const double> confidences, double least_confidence);

/// Pairs in which each is the other's best on its platform, with at least that confidence; in order of `a`,
/// then `b`.
std::vector<Suggestion> suggest(std::span<const Pair> pairs, std::span<const Account> accounts,
                                const Weights& weights, double least_confidence);

}  // namespace rapport::identities
