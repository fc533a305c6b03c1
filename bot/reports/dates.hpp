#pragma once

// Weeks and days by somebody's clock, and lengths of time in words.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/event.hpp"

namespace rapport::reports {

/// Half open.
struct Stretch {
    Time from{}, until{};
    bool operator==(const Stretch&) const = default;
};

/// The date that calendars in `zone` show at `at`.
std::chrono::year_month_day local_day(std::string_view zone, Time at);
/// "2026-11-16"; nothing if it is no date.
std::optional<std::chrono::year_month_day> parse_day(std::string_view text);
/// The ISO week "2026-W47", Monday to Sunday in `zone`; nothing if there is no such week.
std::optional<Stretch> parse_week(std::string_view text, std::string_view zone);
/// The latest whole week that is over at `now`.
Stretch last_week(std::string_view zone, Time now);
/// "2026-W47" of the ISO week that the day belongs to.
std::string week_name(std::chrono::year_month_day day);
/// "Week 47: 16-22 Nov 2026" for a whole week, else "16 Nov 2026 - 3 Jan 2027"; the last day included.
std::string stretch_text(const Stretch& stretch, std::string_view zone);
/// "16 Nov 2026".
std::string day_text(std::chrono::year_month_day day);

/// "40 s", "12 min", "3 h 5 min", "4 days".
std::string length_text(std::chrono::milliseconds length);

}  // namespace rapport::reports
