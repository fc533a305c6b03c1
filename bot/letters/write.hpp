#pragma once

// The letters themselves.

#include <optional>

#include "bot/letters/succession.hpp"
#include "bot/letters/touch.hpp"

namespace rapport::letters {

/// Nothing to say: none.
std::optional<Letter> digest(WritingDesk& desk, const Staffer& staffer);
Letter reminder(WritingDesk& desk, const Staffer& staffer, const Silence& silence);
Letter takeover(const Staffer& left, const std::vector<Succession>& all);
/// The last whole week by the clocks of `zone`, with its picture if it can be drawn.
Letter weekly(WritingDesk& desk, std::string_view zone);

}  // namespace rapport::letters
