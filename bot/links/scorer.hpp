#pragma once

// Scores for a message's candidates, by one part or by all parts of a model.

#include <vector>

#include "bot/links/model.hpp"

namespace rapport::links {

/// Keeps its memory between messages.
class Scorer {
public:
    /// Adds the scores of one part to `scores`: first that of starting something, then the candidates'.
    /// `place`: which part of the model it is; the words of candidates were read for each
    /// (`read_as_candidate`).
    void add_scores(const Part& part, std::size_t place, const Vocabulary& vocabulary, const Channel& channel,
                    const Said& said, const Cues& cues, std::vector<float>& scores);
    /// The inner layers of the last call, in the order of the scores.
    const std::vector<Inner>& inner() const { return inner_; }

private:
    std::vector<Inner> inner_;
};

/// Fills `said.as_candidate`, once, when it is kept.
void read_as_candidate(const Model& model, Said& said);

}  // namespace rapport::links
