#pragma once

// Small texts of the configuration turned into values. Each gives nothing for a text that it does not
// understand.

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "bot/people/working_time.hpp"

namespace rapport::config_file {

/// "500ms", "15s", "30m", "4h", "7d", "2w", also joined: "1h30m". Not negative; at most ten years.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// How `parse_duration` would be given it, in the largest unit that fits: "90m", "4h". For messages.
std::string duration_text(std::chrono::milliseconds duration);

/// "2026-12-24", a date that exists, from 1970 to 2200.
std::optional<std::chrono::year_month_day> parse_date(std::string_view text);

/// A wall clock: "9", "9:30", "09:30"; up to "24:00".
std::optional<std::chrono::minutes> parse_clock(std::string_view text);

/// A date with or without a wall clock: "2026-12-24", "2026-12-24 13:00".
std::optional<LocalMoment> parse_local_moment(std::string_view text);

/// "09:00-17:00"; "22:00-06:00" goes over midnight. Empty spans are not understood.
std::optional<DaySpan> parse_span(std::string_view text);

/// Days of the week: "mon", "Monday", "mon-fri", "sat-mon", "daily". By c_encoding, 0 is Sunday; empty if not
/// understood.
std::vector<unsigned> parse_days(std::string_view text);

/// "platform:realm:id"; the id may hold colons. No part is empty; the platform is lower case.
std::optional<AccountKey> parse_account(std::string_view text);

/// A whole number or a finite one with a point.
std::optional<double> parse_number(std::string_view text);
std::optional<long long> parse_integer(std::string_view text);

/// true, yes, on; false, no, off.
std::optional<bool> parse_bool(std::string_view text);

/// A word that may name a staffer, group or role: lower-case letters, digits, '-' and '_', a letter first, at
/// most 32 bytes.
bool is_word(std::string_view text);

/// Without blanks at both ends.
std::string_view trim(std::string_view text);

/// The first byte of `text` that is not valid UTF-8; nothing if all of it is.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

}  // namespace rapport::config_file
