#pragma once

#include <span>

#include "bot/links/dialogue.hpp"
#include "bot/links/vocabulary.hpp"

namespace rapport::links {

/// The common words of the dialogues, the most frequent first, and at most `most_learned` of them to be
/// learned about. No author's name is among them, unless it is mostly used as a word.
Vocabulary count_words(std::span<const Dialogue> dialogues, std::size_t most_learned);

}  // namespace rapport::links
