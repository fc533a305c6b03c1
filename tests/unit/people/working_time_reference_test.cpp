// working_time.cpp against a reference that is slow and plain to see: the C library's clock, minute by
// minute.

#include <cstdlib>
#include <ctime>
#include <random>

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
    return covers(staffer.hours.days[today], minute) ||
           covers(staffer.hours.days[(today + 6) % 7], minute + 24h);
}

using Random = std::mt19937;

int roll(Random& random, int from, int to) {
    return from + static_cast<int>(random() % static_cast<unsigned>(to - from + 1));
}

/// Days around which clocks change, in one of the zones below or another.
const sys_days changes[] = {
    sys_days{std::chrono::year{2026} / 3 / 8},   sys_days{std::chrono::year{2026} / 3 / 28},
    sys_days{std::chrono::year{2026} / 4 / 5},   sys_days{std::chrono::year{2026} / 9 / 6},
    sys_days{std::chrono::year{2026} / 9 / 27},  sys_days{std::chrono::year{2026} / 10 / 4},
    sys_days{std::chrono::year{2026} / 10 / 25}, sys_days{std::chrono::year{2026} / 11 / 1},
    sys_days{std::chrono::year{2026} / 7 / 1},
};

const char* const zones[] = {
    "UTC",          "Europe/Berlin",    "America/New_York",   "Asia/Tokyo",      "Australia/Lord_Howe",
    "Asia/Kolkata", "Asia/Kathmandu",   "America/St_Johns",   "Pacific/Chatham", "Africa/Casablanca",
    "Asia/Beirut",  "America/Santiago", "Pacific/Kiritimati", "Europe/Dublin",   "America/Havana",
};

Staffer random_staffer(Random& random, Time from, Time until) {
    const int length = static_cast<int>((until - from) / 1min);
    const auto moment = [&] { return from + minutes{roll(random, 0, length)}; };
    Staffer staffer;
    staffer.zone = zones[roll(random, 0, std::size(zones) - 1)];
    for (auto& day : staffer.hours.days) {
        day.clear();
        for (int spans = roll(random, 0, 3); spans > 0; --spans) {
            const minutes begin{roll(random, 0, 24 * 60 - 1)};
            day.push_back({begin, begin + minutes{roll(random, 1, roll(random, 1, 24 * 60))}});
        }
    }
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

}  // namespace

TEST_CASE("working time is what counting minutes by the C library's clock says") {
    const unsigned seed = GENERATE(range(0U, 150U));
    CAPTURE(seed);
    Random random{seed};
    const Time from =
        Time{changes[roll(random, 0, std::size(changes) - 1)]} - 3 * 24h + minutes{roll(random, 0, 1440)};
    const Time until = from + minutes{roll(random, 1, 7 * 1440)};
    const Staffer staffer = random_staffer(random, from, until);
    CAPTURE(staffer.zone);
    const LocalZone zone{staffer.zone};

    const minutes wanted{roll(random, 1, 3000)};
    std::optional<Time> first{};
    std::optional<Time> reached{};
    minutes sum{};
    int wrong = 0;
    for (Time at = from; at < until; at += 1min) {
        const bool expected = works(staffer, at);
        wrong += is_working(staffer, at) != expected;
        wrong += is_working(staffer, at + 59s) != expected;
        if (!expected) continue;
        if (!first) first = at;
        if (++sum == wanted) reached = at + 1min;
    }
    CHECK(wrong == 0);
    CHECK(working_between(staffer, from, until) == sum);
    if (first) CHECK(next_working(staffer, from) == first);
    if (reached) CHECK(add_working(staffer, from, wanted) == reached);
    if (!first) CHECK(next_working(staffer, from).value_or(Time::max()) >= until);
    if (sum > 0min) {
        const Time end = add_working(staffer, from, sum);
        CHECK(end <= until);
        CHECK(working_between(staffer, from, end) == sum);
    }
}
