#pragma once

// Moments and lengths as people write them in English: "Monday", "tomorrow 9:00", "3 Dec 14:00", "2 days".

#include <optional>
#include <string_view>

#include "adapters/event.hpp"

namespace rapport::office {

/// The moment that `text` means on the clocks of `zone` when it is `now` there. A day without a clock is its
/// first moment; a weekday is the next one, never today; a date without a year is the next such date; a clock
/// alone is the next time that it shows; a length ("2 days", "3h", "an hour") counts from `now`. Nothing if
/// it is not understood; the moment may lie in the past.
std::optional<Time> parse_when(std::string_view text, std::string_view zone, Time now);

}  // namespace rapport::office
