#pragma once

// Conditions that might tell the good alerts of a rule from the bad ones.

#include "bot/learning/suggest.hpp"

namespace rapport::learning {

struct Candidate {
    rules::Fact fact{};
    std::string condition{};  ///< As rules write it.
    std::size_t values = 1;   ///< How many it lists: fewer are simpler.
};

/// In the order of the vocabulary, at most `most_candidates`; drawn from what the examples have in common and
/// what not. Facts that only name somebody are left out.
std::vector<Candidate> candidates(std::span<const Example> examples);

}  // namespace rapport::learning
