#pragma once

// When a staffer works. Pure: the time zone database of the system is the only thing read besides the
// arguments.
//
// A staffer works at a moment if they are on the team and not away then, and their wall clock at that moment
// shows a minute inside one of their spans, and in none of those in which they are not to be disturbed, on a
// date that is no holiday. So on the night when clocks go back, an hour that the wall clock shows twice
// counts twice, and when they go forward, the hour that is skipped does not count.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "bot/people/team.hpp"

namespace rapport {

/// How far ahead the functions below look for working time before they say there is none.
inline constexpr std::chrono::days working_time_horizon{366};

/// Whether the system's time zone database knows `zone` ("Europe/Berlin"). The functions below treat an
/// unknown zone as UTC; `load_team` refuses it.
bool zone_exists(std::string_view zone);

/// Every zone name that the system knows, sorted: for suggestions.
const std::vector<std::string>& zone_names();

/// Whether `staffer` works at `at`.
bool is_working(const Staffer& staffer, Time at);

/// The first working moment at or after `from` (`from` itself if they work then); empty if there is none
/// within `working_time_horizon`.
std::optional<Time> next_working(const Staffer& staffer, Time from);

/// The first moment at or after `from` at which they may be asked what cannot wait for working hours: on the
/// team, not away, and not in a span of `do_not_disturb`. Empty as above.
std::optional<Time> next_reachable(const Staffer& staffer, Time from);

/// The moment at which `work` of the staffer's working time since `from` has passed. Zero or less: `from`.
/// Somebody who works less than that within `working_time_horizon` gets `from + work`, as on a clock on the
/// wall, so that whoever waits for it always has a next step in time.
Time add_working(const Staffer& staffer, Time from, std::chrono::milliseconds work);

/// The staffer's working time in [a, b); zero if b <= a. Cost grows with the days between.
std::chrono::milliseconds working_between(const Staffer& staffer, Time a, Time b);

/// The first moment of `day` in `zone` (00:00, or the first moment after a gap that swallows it).
Time start_of_day(std::string_view zone, std::chrono::year_month_day day);

/// The moment at which clocks in `zone` show `minute` on `day`: the first of two where clocks go back, the
/// end of the gap where they jump over it.
Time local_moment(std::string_view zone, std::chrono::year_month_day day, std::chrono::minutes minute);

/// What the calendar and the clock on the wall show.
struct LocalMoment {
    std::chrono::year_month_day day{};
    std::chrono::minutes minute{};  ///< Since midnight, on the wall clock.
};
/// That in `zone` at `at`, seconds cut off.
LocalMoment local_clock(std::string_view zone, Time at);

/// The wall clock in `zone`, for people: "Mon 14:02".
std::string local_time_text(std::string_view zone, Time at);

/// The same with the date: "Mon 5 Oct 2026, 14:02".
std::string local_date_text(std::string_view zone, Time at);

}  // namespace rapport
