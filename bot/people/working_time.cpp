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
    explicit Week(const Staffer& staffer) : staffer_(staffer), offset_(staffer.zone) {}

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
        if (std::binary_search(staffer_.holidays.begin(), staffer_.holidays.end(), date))
            return {false, until};

        Stretch stretch{false, until};
        const weekday today{day};
        // What the day before still has after midnight, then what begins today.
        look_through(today - days{1}, Time{day - days{1}}, local, offset, stretch);
        if (!stretch.working) look_through(today, Time{day}, local, offset, stretch);
        return stretch;
    }

    /// Shortens `stretch` to the first beginning or end of a span after `local`, and finds whether one is on.
    void look_through(weekday which, Time midnight, Time local, milliseconds offset, Stretch& stretch) const {
        for (const DaySpan& span : staffer_.hours.days[which.c_encoding()]) {
            const Time from = midnight + span.from;
            const Time until = midnight + span.until;
            if (from <= local && local < until) {
                stretch.working = true;
                stretch.until = std::min(stretch.until, until - offset);
                return;
            }
            if (local < from) stretch.until = std::min(stretch.until, from - offset);
        }
    }

    const Staffer& staffer_;
    Offset offset_;
};

constexpr const char* day_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr const char* month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// A moment as a wall clock and a calendar show it.
struct WallClock {
    WallClock(std::string_view zone, Time at) {
        Offset offset{zone};
        const Time local = at + offset.at(at);
        const auto midnight = floor<days>(local);
        date = year_month_day{midnight};
        day = day_names[weekday{midnight}.c_encoding()];
        minute = static_cast<int>(floor<minutes>(local - midnight).count());
    }
    year_month_day date{};
    const char* day = nullptr;
    int minute = 0;  ///< Since midnight on the wall clock.
};

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
    Week week{staffer};
    const Time limit = from + working_time_horizon;
    for (Time time = from; time < limit;) {
        const Stretch stretch = week.at(time);
        if (stretch.working) return time;
        time = stretch.until;
    }
    return std::nullopt;
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

std::string local_time_text(std::string_view zone, Time at) {
    const WallClock clock{zone, at};
    return fmt::format("{} {:02}:{:02}", clock.day, clock.minute / 60, clock.minute % 60);
}

std::string local_date_text(std::string_view zone, Time at) {
    const WallClock clock{zone, at};
    const unsigned month = static_cast<unsigned>(clock.date.month());
    return fmt::format("{} {} {} {}, {:02}:{:02}", clock.day, static_cast<unsigned>(clock.date.day()),
                       month_names[month - 1], static_cast<int>(clock.date.year()), clock.minute / 60,
                       clock.minute % 60);
}

}  // namespace rapport
