#include "bot/people/working_time.hpp"

#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::sys_days;
using std::chrono::year_month_day;

namespace {

Time utc(int year, unsigned month, unsigned day, minutes minute = 0min) {
    return Time{sys_days{std::chrono::year{year} / month / day}} + minute;
}

Staffer berliner() {
    Staffer staffer;
    staffer.name = "ada";
    staffer.zone = "Europe/Berlin";
    return staffer;
}

/// Works in the span on every day of the week.
Staffer daily(std::string zone, DaySpan span) {
    Staffer staffer;
    staffer.zone = std::move(zone);
    staffer.hours.days.fill({span});
    return staffer;
}

}  // namespace

TEST_CASE("office hours are on the staffer's own clock") {
    const Staffer ada = berliner();
    // Friday 2 October 2026, summer time: 09:00 in Berlin is 07:00 UTC.
    CHECK_FALSE(is_working(ada, utc(2026, 10, 2, 7h) - 1ms));
    CHECK(is_working(ada, utc(2026, 10, 2, 7h)));
    CHECK(is_working(ada, utc(2026, 10, 2, 15h) - 1ms));
    CHECK_FALSE(is_working(ada, utc(2026, 10, 2, 15h)));
    // Wednesday 2 December, winter time.
    CHECK_FALSE(is_working(ada, utc(2026, 12, 2, 7h)));
    CHECK(is_working(ada, utc(2026, 12, 2, 8h)));
}

TEST_CASE("Saturday at three waits for Monday at nine") {
    const Staffer ada = berliner();
    CHECK(next_working(ada, utc(2026, 10, 3, 1h)) == utc(2026, 10, 5, 7h));
    // Over the weekend on which the clocks go back: one hour later in UTC.
    CHECK(next_working(ada, utc(2026, 10, 24, 1h)) == utc(2026, 10, 26, 8h));
    CHECK(next_working(ada, utc(2026, 10, 5, 10h)) == utc(2026, 10, 5, 10h));
}

TEST_CASE("working time is added over night and weekend") {
    const Staffer ada = berliner();
    // Friday 15:00 in Berlin + 4 h: two hours on Friday, two on Monday.
    CHECK(add_working(ada, utc(2026, 10, 2, 13h), 4h) == utc(2026, 10, 5, 9h));
    // A whole day ends in the evening, not on the next morning.
    CHECK(add_working(ada, utc(2026, 10, 2, 7h), 8h) == utc(2026, 10, 2, 15h));
    CHECK(add_working(ada, utc(2026, 10, 3, 3h), 0h) == utc(2026, 10, 3, 3h));
    CHECK(add_working(ada, utc(2026, 10, 3, 3h), -1h) == utc(2026, 10, 3, 3h));
    CHECK(working_between(ada, utc(2026, 10, 2, 13h), utc(2026, 10, 5, 9h)) == 4h);
    CHECK(working_between(ada, utc(2026, 10, 5), utc(2026, 10, 12)) == 40h);
    CHECK(working_between(ada, utc(2026, 10, 12), utc(2026, 10, 5)) == 0h);
}

TEST_CASE("an hour that the clocks skip is not worked, one that they repeat is worked twice") {
    const Staffer night = daily("Europe/Berlin", {1h, 4h});
    const auto worked_on = [&](unsigned month, unsigned day) {
        return working_between(night, utc(2026, month, day) - 3h, utc(2026, month, day) + 12h);
    };
    CHECK(worked_on(3, 28) == 3h);
    CHECK(worked_on(3, 29) == 2h);
    CHECK(worked_on(10, 25) == 4h);
    // A span inside the gap is empty on that night; the next one is a day later.
    const Staffer gap = daily("Europe/Berlin", {2h, 3h});
    CHECK(next_working(gap, utc(2026, 3, 28, 12h)) == utc(2026, 3, 30, 0h));
    // A span inside the overlap comes twice.
    CHECK(working_between(gap, utc(2026, 10, 24, 12h), utc(2026, 10, 25, 12h)) == 2h);
}

TEST_CASE("a span over midnight belongs to the day it begins on") {
    Staffer staffer;
    staffer.zone = "UTC";
    staffer.hours = {};
    staffer.hours.days[1] = {{22h, 30h}};  // Monday evening to Tuesday morning
    CHECK(is_working(staffer, utc(2026, 10, 5, 23h)));
    CHECK(is_working(staffer, utc(2026, 10, 6, 5h)));
    CHECK_FALSE(is_working(staffer, utc(2026, 10, 5, 5h)));
    CHECK_FALSE(is_working(staffer, utc(2026, 10, 6, 6h)));
    CHECK_FALSE(is_working(staffer, utc(2026, 10, 6, 23h)));
    CHECK(add_working(staffer, utc(2026, 10, 5, 20h), 5h) == utc(2026, 10, 6, 3h));
    // Saturday to Sunday: the week is a ring.
    staffer.hours.days[6] = {{23h, 25h}};
    CHECK(is_working(staffer, utc(2026, 10, 4, 30min)));
}

TEST_CASE("several spans a day leave the break out") {
    Staffer staffer = daily("UTC", {9h, 12h});
    for (auto& day : staffer.hours.days) day.push_back({13h, 17h});
    CHECK(next_working(staffer, utc(2026, 10, 5, 12h)) == utc(2026, 10, 5, 13h));
    CHECK(working_between(staffer, utc(2026, 10, 5), utc(2026, 10, 6)) == 7h);
}

TEST_CASE("nobody works on holidays and while away") {
    Staffer ada = berliner();
    using namespace std::chrono;
    ada.holidays = {2026y / December / 24, 2026y / December / 25};
    ada.away = {{utc(2026, 12, 28), utc(2027, 1, 4), "winter"}};
    // Wednesday evening: Thursday and Friday are holidays, then a weekend, then a week away.
    CHECK(next_working(ada, utc(2026, 12, 23, 17h)) == utc(2027, 1, 4, 8h));
    CHECK(add_working(ada, utc(2026, 12, 23, 15h), 2h) == utc(2027, 1, 4, 9h));
    // The holiday is the staffer's own day: 23 December 23:30 UTC is the 24th in Berlin.
    ada.hours = WorkingHours::always();
    CHECK(is_working(ada, utc(2026, 12, 23, 22h)));
    CHECK_FALSE(is_working(ada, utc(2026, 12, 23, 23h)));
}

TEST_CASE("nobody works before they join or after they leave") {
    Staffer staffer = daily("UTC", {0h, 24h});
    staffer.joined = utc(2026, 10, 5, 12h);
    staffer.left = utc(2026, 10, 6, 12h);
    CHECK(next_working(staffer, utc(2026, 10, 1)) == utc(2026, 10, 5, 12h));
    CHECK(working_between(staffer, utc(2026, 10, 1), utc(2026, 11, 1)) == 24h);
    CHECK(next_working(staffer, utc(2026, 10, 6, 12h)) == std::nullopt);
}

TEST_CASE("somebody who never works has no next moment, and waits run by the wall clock") {
    Staffer staffer = berliner();
    staffer.hours = {};
    CHECK(next_working(staffer, utc(2026, 10, 5)) == std::nullopt);
    CHECK(add_working(staffer, utc(2026, 10, 5), 4h) == utc(2026, 10, 5, 4h));
    CHECK(working_between(staffer, utc(2026, 1, 1), utc(2027, 1, 1)) == 0h);
}

TEST_CASE("the system's zones are known, others are not and count as UTC") {
    CHECK(zone_exists("Europe/Berlin"));
    CHECK(zone_exists("UTC"));
    CHECK_FALSE(zone_exists("Europe/Berlim"));
    CHECK_FALSE(zone_exists(""));
    CHECK_FALSE(zone_exists("../../etc/passwd"));
    CHECK(zone_names().size() > 300);
    CHECK(std::is_sorted(zone_names().begin(), zone_names().end()));
    CHECK(is_working(daily("Nowhere/City", {9h, 10h}), utc(2026, 10, 5, 9h)));
}

TEST_CASE("times are shown on the local wall clock") {
    CHECK(local_time_text("Europe/Berlin", utc(2026, 10, 5, 12h + 2min)) == "Mon 14:02");
    CHECK(local_time_text("Asia/Tokyo", utc(2026, 10, 5, 15h)) == "Tue 00:00");
    CHECK(local_date_text("America/New_York", utc(2026, 10, 5, 3h)) == "Sun 4 Oct 2026, 23:00");
    CHECK(local_time_text("UTC", Time{-1min}) == "Wed 23:59");
}

TEST_CASE("a day begins when local clocks show its first minute") {
    using namespace std::chrono;
    CHECK(start_of_day("Europe/Berlin", 2026y / July / 1) == utc(2026, 6, 30, 22h));
    CHECK(start_of_day("Asia/Tokyo", 2026y / July / 1) == utc(2026, 6, 30, 15h));
    // Beirut jumps from 00:00 to 01:00 on 29 March 2026.
    CHECK(start_of_day("Asia/Beirut", 2026y / March / 29) == utc(2026, 3, 28, 22h));
    // 02:30 comes twice in Berlin on 25 October (the first is meant) and never on 29 March.
    CHECK(local_moment("Europe/Berlin", 2026y / October / 25, 150min) == utc(2026, 10, 25, 0h + 30min));
    CHECK(local_moment("Europe/Berlin", 2026y / March / 29, 150min) == utc(2026, 3, 29, 1h));
}
