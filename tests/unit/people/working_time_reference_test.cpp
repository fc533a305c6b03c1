// working_time.cpp against a reference that is slow and plain to see: the C library's clock, minute by
// minute.

#include <cstdlib>
#include <ctime>
#include <random>
#include <utility>

#include "bot/people/working_time.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::sys_days;

namespace {

/// Sets the process's time zone while it lives.
class LocalZone {
public:
    explicit LocalZone(const std::string& zone) {
        if (const char* old = std::getenv("TZ")) old_ = old;
        setenv("TZ", zone.c_str(), 1);
        tzset();
    }
    ~LocalZone() {
        if (old_) {
            setenv("TZ", old_->c_str(), 1);
        } else {
            unsetenv("TZ");
        }
        tzset();
    }
    LocalZone(const LocalZone&) = delete;
    LocalZone& operator=(const LocalZone&) = delete;

private:
    std::optional<std::string> old_{};
};

bool covers(const std::vector<DaySpan>& spans, minutes minute) {
    for (const DaySpan& span : spans) {
        if (span.from <= minute && minute < span.until) return true;
    }
    return false;
}

/// Whether the staffer works in the minute that begins at `at`, by the definition in working_time.hpp.
bool works(const Staffer& staffer, Time at) {
    if (!staffer.on_team(at)) return false;
    for (const Away& away : staffer.away) {
        if (away.from <= at && at < away.until) return false;
    }
    const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    std::tm local{};
    localtime_r(&seconds, &local);
    for (const std::chrono::year_month_day& holiday : staffer.holidays) {
        if (holiday == std::chrono::year{local.tm_year + 1900} / (local.tm_mon + 1) / local.tm_mday)
            return false;
    }
    const minutes minute{local.tm_hour * 60 + local.tm_min};
    const auto today = static_cast<std::size_t>(local.tm_wday);
    const auto on = [&](const WorkingHours& hours) {
        return covers(hours.days[today], minute) || covers(hours.days[(today + 6) % 7], minute + 24h);
    };
    return on(staffer.hours) && !on(staffer.do_not_disturb);
}

/// As they may be asked what cannot wait.
Staffer at_any_hour(Staffer staffer) {
    staffer.hours = WorkingHours::always();
    staffer.holidays.clear();
    return staffer;
}

using Random = std::mt19937;

int roll(Random& random, int from, int to) {
    return from + static_cast<int>(random() % static_cast<unsigned>(to - from + 1));
}

/// Each changes its clocks in a way of its own, or not at all. Half and quarter hours: Kolkata, Kathmandu,
/// St. John's, Chatham, Adelaide, Tehran, Marquesas, Eucla. Half an hour of daylight saving: Lord Howe. It
/// ends for Ramadan: Casablanca, El Aaiun. The south: Santiago, Asuncion, Auckland, Sydney. At midnight, so
/// that a day begins at 01:00: Beirut, Cairo, Havana. Two hours: Troll. The far ends: Kiritimati, Pago Pago.
const char* const zones[] = {
    "UTC",          "Europe/Berlin",       "Europe/London",    "Europe/Dublin",       "Europe/Chisinau",
    "Asia/Tokyo",   "America/New_York",    "America/Denver",   "America/St_Johns",    "America/Havana",
    "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Kathmandu",   "Pacific/Chatham",     "Australia/Adelaide",
    "Asia/Tehran",  "Pacific/Marquesas",   "Australia/Eucla",  "Africa/Casablanca",   "Africa/El_Aaiun",
    "Asia/Beirut",  "Africa/Cairo",        "America/Santiago", "America/Asuncion",    "Pacific/Auckland",
    "Asia/Gaza",    "Australia/Sydney",    "Antarctica/Troll", "Pacific/Kiritimati",  "Pacific/Pago_Pago",
    "America/Nuuk", "Pacific/Norfolk",     "Asia/Jerusalem",   "America/Mexico_City",
};

/// Spans of a week: none, one or several a day, touching, overlapping, over midnight, a minute, a whole day.
void random_spans(Random& random, WorkingHours& hours, int most) {
    for (auto& day : hours.days) {
        day.clear();
        for (int spans = roll(random, 0, most); spans > 0; --spans) {
            const minutes begin{roll(random, 0, 24 * 60 - 1)};
            day.push_back({begin, begin + minutes{roll(random, 1, roll(random, 1, 24 * 60))}});
        }
    }
}

Staffer random_staffer(Random& random, Time from, Time until) {
    const int length = static_cast<int>((until - from) / 1min);
    const auto moment = [&] { return from + minutes{roll(random, 0, length)}; };
    Staffer staffer;
    staffer.zone = zones[roll(random, 0, std::size(zones) - 1)];
    random_spans(random, staffer.hours, 3);
    if (roll(random, 0, 1) == 0) random_spans(random, staffer.do_not_disturb, 2);
    for (int aways = roll(random, 0, 2); aways > 0; --aways) {
        const Time begin = moment();
        staffer.away.push_back({begin, begin + minutes{roll(random, 0, 3000)}, ""});
    }
    for (int count = roll(random, 0, 2); count > 0; --count) {
        staffer.holidays.push_back(std::chrono::floor<days>(moment()));
    }
    std::sort(staffer.holidays.begin(), staffer.holidays.end());
    if (roll(random, 0, 5) == 0) staffer.joined = moment();
    if (roll(random, 0, 5) == 0) staffer.left = moment();
    return staffer;
}

/// What the library says of one staffer in [from, until) against every minute of it.
struct Compared {
    int wrong = 0;  ///< Minutes in which they differ.
    minutes sum{};  ///< Of work, by the reference.
    std::optional<Time> first{};
    std::optional<Time> reached{};  ///< When `wanted` was worked.
    std::optional<Time> reachable_first{};
};
Compared compare(const Staffer& staffer, Time from, Time until, minutes wanted) {
    Compared seen;
    const Staffer anytime = at_any_hour(staffer);
    for (Time at = from; at < until; at += 1min) {
        const bool expected = works(staffer, at);
        seen.wrong += is_working(staffer, at) != expected;
        if (at.time_since_epoch() % 8min == 0min) seen.wrong += is_working(staffer, at + 59s) != expected;
        if (!seen.reachable_first && works(anytime, at)) seen.reachable_first = at;
        if (!expected) continue;
        if (!seen.first) seen.first = at;
        if (++seen.sum == wanted) seen.reached = at + 1min;
    }
    return seen;
}

void check_week(unsigned seed) {
    Random random{seed};
    const Time new_year = Time{sys_days{std::chrono::year{2026} / 1 / 1}};
    const Time from = new_year + minutes{roll(random, 0, 365 * 1440)};
    const Time until = from + minutes{roll(random, 1, 7 * 1440)};
    const Staffer staffer = random_staffer(random, from, until);
    const minutes wanted{roll(random, 1, 3000)};
    const LocalZone zone{staffer.zone};
    const Compared seen = compare(staffer, from, until, wanted);
    INFO("seed " << seed << ", " << staffer.zone << ", from " << local_date_text("UTC", from));
    REQUIRE(seen.wrong == 0);
    REQUIRE(working_between(staffer, from, until) == seen.sum);
    if (seen.first) REQUIRE(next_working(staffer, from) == seen.first);
    if (!seen.first) REQUIRE(next_working(staffer, from).value_or(Time::max()) >= until);
    if (seen.reached) REQUIRE(add_working(staffer, from, wanted) == seen.reached);
    if (seen.reachable_first) REQUIRE(next_reachable(staffer, from) == seen.reachable_first);
    if (!seen.reachable_first) REQUIRE(next_reachable(staffer, from).value_or(Time::max()) >= until);
    if (seen.sum > 0min) {
        const Time end = add_working(staffer, from, seen.sum);
        REQUIRE(end <= until);
        REQUIRE(working_between(staffer, from, end) == seen.sum);
    }
}

/// More by RAPPORT_WEEKS.
unsigned how_many_weeks() {
    const char* wanted = std::getenv("RAPPORT_WEEKS");
    return wanted ? unsigned(std::atoi(wanted)) : 2'000;
}

}  // namespace

TEST_CASE("working time is what counting minutes by the C library's clock says: random weeks of a year") {
    for (unsigned seed = 0; seed < how_many_weeks(); ++seed) check_week(seed);
}

TEST_CASE("each zone's changes of clocks are met: a day around every one of 2026, minute by minute") {
    for (const char* name : zones) {
        REQUIRE(zone_exists(name));
        const LocalZone zone{name};
        Random random{7};
        std::time_t at = 1'767'225'600;  // 2026-01-01 in UTC
        std::tm local{};
        localtime_r(&at, &local);
        for (long offset = local.tm_gmtoff; at < 1'798'761'600; at += 3600) {
            localtime_r(&at, &local);
            if (std::exchange(offset, local.tm_gmtoff) == local.tm_gmtoff) continue;
            const Time change{std::chrono::seconds{at}};
            Staffer staffer = random_staffer(random, change - 24h, change + 24h);
            staffer.zone = name;
            const Compared seen = compare(staffer, change - 24h, change + 24h, 10min);
            INFO(name << ", " << local_date_text("UTC", change));
            REQUIRE(seen.wrong == 0);
            REQUIRE(working_between(staffer, change - 24h, change + 24h) == seen.sum);
        }
    }
}
