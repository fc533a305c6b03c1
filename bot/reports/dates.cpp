#include "bot/reports/dates.hpp"

#include <fmt/format.h>

#include <charconv>

#include "bot/people/working_time.hpp"

namespace rapport::reports {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::string_view dash = "\xE2\x80\x93";

int digits(std::string_view text) {
    int value = -1;
    const char* begin = text.data();
    const char* end = begin + text.size();
    if (text.empty() || std::from_chars(begin, end, value).ptr != end) return -1;
    return value;
}

sys_days monday_of(year_month_day day) {
    const sys_days at{day};
    return at - (std::chrono::weekday{at} - std::chrono::Monday);
}

/// The Monday of week 1, the one with the year's first Thursday.
sys_days first_monday(std::chrono::year year) {
    return monday_of(year / 1 / 4);
}

struct IsoWeek {
    int year = 0;
    int week = 0;
};
IsoWeek iso_week(year_month_day day) {
    const sys_days monday = monday_of(day);
    const std::chrono::year year = year_month_day{monday + days{3}}.year();
    return {int(year), int((monday - first_monday(year)).count() / 7 + 1)};
}

std::string_view month_name(year_month_day day) {
    return months[unsigned(day.month()) - 1];
}

Stretch week_from(sys_days monday, std::string_view zone) {
    return {start_of_day(zone, monday), start_of_day(zone, year_month_day{monday + days{7}})};
}

}  // namespace

year_month_day local_day(std::string_view zone, Time at) {
    // No zone is further than a day from UTC.
    sys_days day = std::chrono::floor<days>(at) + days{1};
    while (start_of_day(zone, day) > at) day -= days{1};
    return day;
}

std::optional<year_month_day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)),
              day = digits(text.substr(8, 2));
    if (year < 1 || month < 1 || day < 1) return std::nullopt;
    const year_month_day date{std::chrono::year{year}, std::chrono::month(unsigned(month)),
                              std::chrono::day(unsigned(day))};
    if (!date.ok()) return std::nullopt;
    return date;
}

std::optional<Stretch> parse_week(std::string_view text, std::string_view zone) {
    if (text.size() != 8 || text.substr(4, 2) != "-W") return std::nullopt;
    const int year = digits(text.substr(0, 4)), week = digits(text.substr(6, 2));
    if (year < 1 || week < 1 || week > 53) return std::nullopt;
    const sys_days monday = first_monday(std::chrono::year{year}) + days{7 * (week - 1)};
    if (iso_week(monday).week != week) return std::nullopt;  // most years have no week 53
    return week_from(monday, zone);
}

Stretch last_week(std::string_view zone, Time now) {
    return week_from(monday_of(local_day(zone, now)) - days{7}, zone);
}

std::string week_name(year_month_day day) {
    const IsoWeek week = iso_week(day);
    return fmt::format("{:04}-W{:02}", week.year, week.week);
}

std::string day_text(year_month_day day) {
    return fmt::format("{} {} {}", unsigned(day.day()), month_name(day), int(day.year()));
}

std::string stretch_text(const Stretch& stretch, std::string_view zone) {
    const year_month_day first = local_day(zone, stretch.from);
    const year_month_day last = local_day(zone, stretch.until - std::chrono::milliseconds{1});
    const bool one_month = first.month() == last.month() && first.year() == last.year();
    std::string text = first == last ? day_text(first)
                       : one_month
                           ? fmt::format("{}{}{}", unsigned(first.day()), dash, day_text(last))
                           : fmt::format("{} {} {}",
                                         first.year() == last.year()
                                             ? fmt::format("{} {}", unsigned(first.day()), month_name(first))
                                             : day_text(first),
                                         dash, day_text(last));
    const bool whole_week = stretch == week_from(monday_of(first), zone);
    return whole_week ? fmt::format("Week {}: {}", iso_week(first).week, text) : text;
}

std::string length_text(std::chrono::milliseconds length) {
    const auto minutes = std::chrono::floor<std::chrono::minutes>(length).count();
    if (minutes < 1) return fmt::format("{} s", std::chrono::floor<std::chrono::seconds>(length).count());
    if (minutes < 60) return fmt::format("{} min", minutes);
    if (minutes < 48 * 60)
        return minutes % 60 == 0 ? fmt::format("{} h", minutes / 60)
                                 : fmt::format("{} h {} min", minutes / 60, minutes % 60);
    return fmt::format("{} days", minutes / (24 * 60));
}

}  // namespace rapport::reports
