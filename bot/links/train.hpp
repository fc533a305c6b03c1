#pragma once

// How the model is found.
//
// The linker reads the dialogues as it would read a channel, with what it decided itself as its context, and
// is corrected at each annotated message: the right parents' share of the softmax over all candidates is to
// grow (cross-entropy). Now and then the right link is what it goes on from, at first mostly.

#include <cstdint>
#include <span>

#include "bot/links/dialogue.hpp"
#include "bot/links/model.hpp"

namespace rapport::links {

struct Training {
    std::uint32_t seed = 1;
    int parts = 2;
    int rounds = 2;           ///< Times that everything is read.
    int side_by_side = 48;    ///< Dialogues read at once; each step is from one message of each.
    int copies = 2;           ///< Thinned copies of each dialogue of a channel with many lines.
    std::size_t words = 600;  ///< At most so many are learned about.
    float rate = 0.005F;      ///< Of a step; less in the second half.
    float shrink = 0.1F;      ///< Of words' weights.
};

/// The same dialogues and settings give the same model, bit by bit, on the same kind of machine.
Model train(std::span<const Dialogue> dialogues, const Training& settings);

}  // namespace rapport::links
