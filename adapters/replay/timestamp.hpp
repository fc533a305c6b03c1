#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "adapters/event.hpp"

namespace rapport::replay {

/// Reads ISO 8601 (`2004-12-25T09:14:00.000Z`, an offset instead of Z, a space instead of T, a fraction or
/// none; no zone means UTC) or seconds since 1970 with or without a fraction. Nothing if it is neither, or
/// not a real date between 1970 and 9999. Fractions beyond the millisecond are cut off.
std::optional<Time> parse_time(std::string_view text);

/// Seconds since 1970. Nothing outside 1970..9999, which is also what milliseconds taken for seconds look
/// like.
std::optional<Time> time_of_seconds(double seconds);

/// Slack's `ts` ("1355517523.000005") as microseconds since 1970: two integers, never a double (their order
/// is the order of messages). Nothing if it is not of that form.
std::optional<std::int64_t> parse_slack_ts(std::string_view ts);

}  // namespace rapport::replay
