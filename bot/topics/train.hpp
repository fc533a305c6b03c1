#pragma once

// How the weights of key phrases are found: from titles whose topic is known, and from ordinary talk.

#include <cstdint>
#include <span>
#include <string>

#include "bot/topics/example.hpp"
#include "bot/topics/weights.hpp"

namespace rapport::topics {

/// How common words are is counted in `ordinary`. How telling they are is the divergence of the topics of
/// their titles from an even mix (Kullback and Leibler 1951), drawn to nothing where there are few. What each
/// trait counts is found so that the topic's own name is likely to win among the words of its title (a
/// softmax, by stochastic gradient). Words are told by other titles than those that are ranked, and some are
/// taken as if they had never been seen: in another community most are. The same input and seed give the same
/// weights.
Weights train(std::span<const Example> titles, std::span<const std::string> ordinary, std::uint32_t seed);

}  // namespace rapport::topics
