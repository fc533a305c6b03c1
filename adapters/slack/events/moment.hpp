#pragma once

// Slack's times: "1700000000.000100" is a moment and, in its channel, a message's identity. Never a double:
// it does not hold all the digits.

#include <optional>
#include <string_view>

#include "adapters/slack/slack.hpp"

namespace rapport::slack::events {

/// Whether it is digits, a dot, and digits, as a message's identity is.
bool valid_ts(std::string_view ts) noexcept;

/// Whether `a` is earlier than `b`, compared as two integers each. An empty one is earlier than any other.
bool earlier(std::string_view a, std::string_view b) noexcept;

/// The moment, to the millisecond; nothing if it is not a time. Takes 16 digits without the dot, too.
std::optional<Time> to_time(std::string_view ts) noexcept;

/// "1700000000.000000" for `oldest` and `latest`.
Id to_ts(Time time);

}  // namespace rapport::slack::events
