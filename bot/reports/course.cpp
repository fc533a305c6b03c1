// The stretches by which a report shows the course of things.

#include <fmt/format.h>

#include <algorithm>

#include "bot/people/working_time.hpp"
#include "bot/reports/dates.hpp"
#include "bot/reports/shares.hpp"

namespace rapport::reports {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

enum class Step { day, week, month, year };

/// The largest number of bars that still can be told apart.
Step step_for(Time from, Time until) {
    const auto length = until - from;
    if (length <= days{16}) return Step::day;
    if (length <= days{7 * 20}) return Step::week;
    if (length <= days{31 * 20}) return Step::month;
    return Step::year;
}

/// The first day of the stretch that the day belongs to.
sys_days begin_of(year_month_day day, Step step) {
    const sys_days at{day};
    switch (step) {
        case Step::day:
            return at;
        case Step::week:
            return at - (std::chrono::weekday{at} - std::chrono::Monday);
        case Step::month:
            return day.year() / day.month() / 1;
        case Step::year:
            return day.year() / 1 / 1;
    }
    return at;
}

sys_days after(sys_days begin, Step step) {
    const year_month_day day{begin};
    switch (step) {
        case Step::day:
            return begin + days{1};
        case Step::week:
            return begin + days{7};
        case Step::month:
            return day + std::chrono::months{1};
        case Step::year:
            return day + std::chrono::years{1};
    }
    return begin + days{1};
}

std::string label_of(sys_days begin, Step step) {
    const year_month_day day{begin};
    const std::string date = day_text(day);  // "16 Nov 2026"
    const std::size_t month = date.find(' ') + 1;
    constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    switch (step) {
        case Step::day:
            return fmt::format("{} {}", weekdays[std::chrono::weekday{begin}.c_encoding()],
                               unsigned(day.day()));
        case Step::week:
            return date.substr(0, month + 3);
        case Step::month:
            return unsigned(day.month()) == 1 ? date.substr(month) : date.substr(month, 3);
        case Step::year:
            return date.substr(month + 4);
    }
    return date;
}

}  // namespace

std::vector<Bucket> course_of(Time from, Time until, std::string_view zone, const std::vector<Wait>& waits,
                              const std::vector<GapRow>& gaps) {
    std::vector<Bucket> course;
    if (from >= until) return course;
    const Step step = step_for(from, until);
    for (sys_days begin = begin_of(local_day(zone, from), step);; begin = after(begin, step)) {
        const Time starts = std::max(from, start_of_day(zone, begin));
        const Time ends = std::min(until, start_of_day(zone, year_month_day{after(begin, step)}));
        if (starts >= until) break;
        course.push_back({starts, ends, label_of(begin, step), {}, false});
    }
    for (const Wait& wait : waits) {
        const auto next = std::upper_bound(course.begin(), course.end(), wait.since,
                                           [](Time at, const Bucket& one) { return at < one.from; });
        if (next != course.begin()) std::prev(next)->answers.add(wait.end);
    }
    for (Bucket& one : course)
        one.gap = std::any_of(gaps.begin(), gaps.end(), [&](const GapRow& gap) {
            return gap.from < one.until && gap.until > one.from;
        });
    return course;
}

}  // namespace rapport::reports
