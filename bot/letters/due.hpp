#pragma once

// Which letters are due. The only thing that remembers what was sent is each letter's id (SendLetter): the
// same moment looked at twice gives letters with the same ids, and they are sent once.

#include "bot/letters/look.hpp"
#include "bot/pipeline/input.hpp"

namespace rapport::letters {

/// At most so many at one look; the rest comes with the next.
inline constexpr std::size_t most_letters = 50;

/// What is due at `look.now` and was not sent yet. `looked` is brought up to date; an empty one costs time
/// and changes nothing.
std::vector<SendLetter> due_letters(Look& look, Looked& looked);

}  // namespace rapport::letters
