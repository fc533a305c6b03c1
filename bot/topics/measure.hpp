#pragma once

// How good topics are for texts whose topic is known.

#include <span>
#include <vector>

#include "bot/topics/classifier.hpp"
#include "bot/topics/clusters.hpp"
#include "bot/topics/key_phrases.hpp"

namespace rapport::topics {

/// In how many of `texts` the topic's name is among the three best phrases, 0 to 1. `usage` may be null.
double among_best_three(std::span<const Example> texts, const KeyPhrases& phrases, const Usage* usage);

/// What anything better has to beat: the three words of a text that most of the texts have.
double among_commonest_three(std::span<const Example> texts);

/// How many of `texts` get their topic, 0 to 1; unknown ones count as wrong.
double accuracy(std::span<const Example> texts, const Classifier& classifier);

struct GroupFigures {
    double accuracy = 0;  ///< With the best assignment of groups to topics, one to one (Kuhn 1955).
    double information =
        0;  ///< Mutual information of groups and topics, divided by the mean of their entropies.
};
GroupFigures group_figures(std::span<const Example> texts, const Clusters& clusters);

}  // namespace rapport::topics
