#pragma once

// iCalendar files (RFC 5545): days off, and who is on duty. What repeats is written out, once for each time.

#include <string>
#include <string_view>
#include <vector>

#include "bot/config/load.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::config_file {

/// One time of one entry, by the wall clock that the entry means.
struct CalendarEntry {
    std::string title{};                ///< SUMMARY.
    std::vector<std::string> people{};  ///< Of each ATTENDEE: the name, and what stands before the @.
    bool whole_days = false;
    std::chrono::local_time<std::chrono::minutes> from{};
    std::chrono::local_time<std::chrono::minutes> until{};  ///< Not included.
    std::string zone{};  ///< Known to the system; empty: whatever clock the reader goes by.
    int line = 0;        ///< Where the entry begins in the file.
};

/// What repeats for ever is followed until the end of this year.
inline constexpr int last_calendar_year = 2060;
/// More times than these are refused.
inline constexpr std::size_t max_calendar_entries = 20'000;

/// Every time of every entry of `text`, in order of their beginning; cancelled ones are left out. Mistakes
/// name the line and the title of the entry.
Loaded<std::vector<CalendarEntry>> load_calendar(std::string_view text, std::string_view file);

/// The zone of this system that a calendar calls `name`: as it is, with a prefix before it, or as Windows
/// calls the common ones. Empty if there is none.
std::string zone_of_calendar(std::string_view name);

}  // namespace rapport::config_file
