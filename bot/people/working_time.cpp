#include "bot/people/working_time.hpp"

#include <date/tz.h>
#include <fmt/core.h>

#include <algorithm>
#include <stdexcept>

namespace rapport {

namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::weekday;
using std::chrono::year_month_day;

/// Null for an unknown zone. The pointer lives as long as the program.
const date::time_zone* find_zone(std::string_view name) {
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return nullptr;
    }
}

/// The offset from UTC in force at a moment, and until when. Asks the database only when it has run out.
class Offset {
public:
    explicit Offset(std::string_view zone) : zone_(find_zone(zone)) {}

    milliseconds at(Time time) {
        if (time < begin_ || time >= end_) look_up(time);
        return offset_;
    }
    /// The end of the offset last asked for.
    Time end() const { return end_; }

private:
    void look_up(Time time) {
        if (zone_ == nullptr) {
            begin_ = Time::min();
            end_ = Time::max();
            return;
        }
        const date::sys_info info = zone_->get_info(floor<seconds>(time));
        begin_ = info.begin;
        end_ = info.end;
        offset_ = info.offset;
    }

    const date::time_zone* zone_;
    Time begin_{};
    Time end_{};
    milliseconds offset_{};
};

/// A stretch of time in which a staffer works all the while, or not at all.
struct Stretch {
    bool working = false;
    Time until{};  ///< After the moment asked for; what comes then may be the same again.
};

/// One staffer's week laid over real time. Goes forward in stretches that end at the latest at local
/// midnight, so a search costs a few steps a day.
class Week {
public:
    /// `any_hour`: what cannot wait for working hours and the end of holidays.
    explicit Week(const Staffer& staffer, bool any_hour = false)
        : staffer_(staffer), offset_(staffer.zone), any_hour_(any_hour) {}

    Stretch at(Time time) {
        if (staffer_.joined && time < *staffer_.joined) return {false, *staffer_.joined};
        if (staffer_.left && time >= *staffer_.left) return {false, Time::max()};
        Time until = staffer_.left.value_or(Time::max());
        for (const Away& away : staffer_.away) {
            if (away.from <= time && time < away.until) return {false, away.until};
            if (time < away.from) until = std::min(until, away.from);
        }
        return by_wall_clock(time, until);
    }

private:
    Stretch by_wall_clock(Time time, Time until) {
        const milliseconds offset = offset_.at(time);
        const Time local = time + offset;
        const auto day = floor<days>(local);
        until = std::min({until, offset_.end(), Time{day + days{1}} - offset});
        const year_month_day date{day};
        if (!any_hour_ && std::binary_search(staffer_.holidays.begin(), staffer_.holidays.end(), date))
            return {false, until};

        bool working = any_hour_ || covered(staffer_.hours, local, until, offset);
        working = !covered(staffer_.do_not_disturb, local, until, offset) && working;
        return {working, until};
    }

    /// Whether a span of that week is on at `local`. Brings `until` down to where that may change.
    static bool covered(const WorkingHours& hours, Time local, Time& until, milliseconds offset) {
        const auto day = floor<days>(local);
        const weekday today{day};
        // What the day before still has after midnight, then what begins today.
        return look_through(hours.days[(today - days{1}).c_encoding()], Time{day - days{1}}, local, until,
                            offset) ||
               look_through(hours.days[today.c_encoding()], Time{day}, local, until, offset);
    }
    static bool look_through(const std::vector<DaySpan>& spans, Time midnight, Time local, Time& end,
                             milliseconds offset) {
        for (const DaySpan& span : spans) {
            const Time from = midnight + span.from;
            const Time until = midnight + span.until;
            if (from <= local && local < until) {
                end = std::min(end, until - offset);
                return true;
            }
            if (local < from) end = std::min(end, from - offset);
        }
        return false;
    }

    const Staffer& staffer_;
    Offset offset_;
    bool any_hour_;
};

constexpr const char* day_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr const char* month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

const char* day_name(year_month_day date) {
    return day_names[weekday{std::chrono::sys_days{date}}.c_encoding()];
}

std::optional<Time> first_in(Week week, Time from) {
    const Time limit = from + working_time_horizon;
    for (Time time = from; time < limit;) {
        const Stretch stretch = week.at(time);
        if (stretch.working) return time;
        time = stretch.until;
    }
    return std::nullopt;
}

}  // namespace

bool zone_exists(std::string_view zone) {
    return find_zone(zone) != nullptr;
}

const std::vector<std::string>& zone_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const date::time_zone& zone : date::get_tzdb().zones) all.push_back(zone.name());
        std::sort(all.begin(), all.end());
        return all;
    }();
    return names;
}

bool is_working(const Staffer& staffer, Time at) {
    return Week{staffer}.at(at).working;
}

std::optional<Time> next_working(const Staffer& staffer, Time from) {
    return first_in(Week{staffer}, from);
}

std::optional<Time> next_reachable(const Staffer& staffer, Time from) {
    return first_in(Week{staffer, true}, from);
}

Time add_working(const Staffer& staffer, Time from, milliseconds work) {
    if (work <= milliseconds::zero()) return from;
    Week week{staffer};
    const Time limit = from + working_time_horizon;
    milliseconds left = work;
    for (Time time = from; time < limit;) {
        const Stretch stretch = week.at(time);
        if (stretch.working) {
            if (left <= stretch.until - time) return time + left;
            left -= stretch.until - time;
        }
        time = stretch.until;
    }
    return from + work;
}

milliseconds working_between(const Staffer& staffer, Time a, Time b) {
    Week week{staffer};
    milliseconds sum{};
    for (Time time = a; time < b;) {
        const Stretch stretch = week.at(time);
        const Time until = std::min(stretch.until, b);
        if (stretch.working) sum += until - time;
        time = until;
    }
    return sum;
}

Time start_of_day(std::string_view zone, year_month_day day) {
    return local_moment(zone, day, minutes{0});
}

Time local_moment(std::string_view zone, year_month_day day, minutes minute) {
    const auto midnight = std::chrono::sys_days{day}.time_since_epoch();
    const date::time_zone* known = find_zone(zone);
    if (known == nullptr) return Time{midnight + minute};
    const date::local_seconds local{midnight + minute};
    const date::local_info info = known->get_info(local);
    if (info.result == date::local_info::nonexistent) return info.first.end;
    return Time{local.time_since_epoch() - info.first.offset};
}

LocalMoment local_clock(std::string_view zone, Time at) {
    Offset offset{zone};
    const Time local = at + offset.at(at);
    const auto midnight = floor<days>(local);
    return {year_month_day{midnight}, floor<minutes>(local - midnight)};
}

std::string local_time_text(std::string_view zone, Time at) {
    const LocalMoment clock = local_clock(zone, at);
    return fmt::format("{} {:02}:{:02}", day_name(clock.day), clock.minute.count() / 60,
                       clock.minute.count() % 60);
}

std::string local_date_text(std::string_view zone, Time at) {
    const LocalMoment clock = local_clock(zone, at);
    const unsigned month = static_cast<unsigned>(clock.day.month());
    return fmt::format("{} {} {} {}, {:02}:{:02}", day_name(clock.day),
                       static_cast<unsigned>(clock.day.day()), month_names[month - 1],
                       static_cast<int>(clock.day.year()), clock.minute.count() / 60,
                       clock.minute.count() % 60);
}

}  // namespace rapport
