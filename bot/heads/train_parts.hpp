#pragma once

// The parts of `learn`. Only for train*.cpp.

#include "bot/heads/train.hpp"

namespace rapport::heads {

inline constexpr std::size_t fold_count = 5;

/// The logistic heads: gratitude, complaint, pleased, spam. Each with its `least` and figures.
void learn_yes_or_no(const Material& material, std::uint32_t seed, Learnt& into);
/// The heads about mood and technical text, and the nets that make one sentiment of all heads. The others
/// must be there.
void learn_sentiment(const Material& material, std::uint32_t seed, Learnt& into);
/// Who waits for an answer. Gratitude must be there.
void learn_asking(const Material& material, std::uint32_t seed, Learnt& into);

}  // namespace rapport::heads
