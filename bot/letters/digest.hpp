#pragma once

// What a staffer reads in the morning.

#include <optional>

#include "bot/letters/look.hpp"
#include "bot/pipeline/input.hpp"

namespace rapport::letters {

/// For so long after the first working minute of the day the digest may still come; later it is of no use.
inline constexpr std::chrono::hours digest_window{2};

/// The first working minute of the staffer's day, if `now` is in the window after it.
std::optional<Time> morning_of(const Staffer& staffer, Time now);

/// "digest:ada:2026-11-23", by the calendar of the staffer's zone.
std::string digest_id(const Staffer& staffer, Time morning);

/// Open alerts of theirs (those that waited for the digest first), whom they lose touch with, and what closed
/// since the morning before. Nothing, if there is nothing to say.
std::optional<SendLetter> digest(Look& look, const Staffer& staffer, Time morning);

}  // namespace rapport::letters
