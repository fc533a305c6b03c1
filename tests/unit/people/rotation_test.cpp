#include "bot/people/rotation.hpp"

#include "bot/people/team.hpp"
#include "bot/people/working_time.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;
using std::chrono::sys_days;
using std::chrono::year;

namespace {

Time berlin(std::chrono::year_month_day day, std::chrono::minutes minute) {
    return local_moment("Europe/Berlin", day, minute);
}

Staffer colleague(const std::string& name, const std::string& zone = "Europe/Berlin") {
    Staffer one;
    one.name = name;
    one.full_name = name;
    one.zone = zone;
    return one;
}

Rotation weekly() {
    Rotation rotation;
    rotation.kind = RotationKind::weekly;
    rotation.zone = "Europe/Berlin";
    rotation.first = year{2026} / 3 / 2;  // a Monday
    rotation.minute = 9h;
    return rotation;
}

/// ada, bea, cyd in `community` with that rotation.
Team team_with(const Rotation& rotation, std::vector<Group> more = {}) {
    std::vector<Group> groups{{"community", {"ada", "bea", "cyd"}, rotation}};
    groups.insert(groups.end(), more.begin(), more.end());
    return Team{{colleague("ada"), colleague("bea"), colleague("cyd"), colleague("dan")}, groups, {}, {}};
}

/// "ada* bea cyd": a star for whose turn it is.
std::string order(const Team& team, Time at, std::string_view group = "community") {
    std::string text;
    for (const OnDuty& one : on_duty(team, *team.group(group), at))
        text += (text.empty() ? "" : " ") + one.staffer->name + (one.on ? "*" : "");
    return text;
}

}  // namespace

TEST_CASE("without a rotation all of a group are on duty, in the order of the list") {
    const Team team = team_with({});
    CHECK(order(team, berlin(year{2026} / 3 / 2, 12h)) == "ada* bea* cyd*");
    CHECK(on_duty(team, *team.group("community"), Time{})[1].why == "on duty in community");
}

TEST_CASE("a weekly rotation changes hands at its hour, on its clock, and starts anew after the last") {
    const Team team = team_with(weekly());
    const auto [day, minute, expected] =
        GENERATE(table<std::chrono::year_month_day, std::chrono::minutes, std::string>({
            {year{2026} / 3 / 2, 9h, "ada* bea cyd"},
            {year{2026} / 3 / 9, 9h - 1min, "ada* bea cyd"},
            {year{2026} / 3 / 9, 9h, "bea* ada cyd"},
            {year{2026} / 3 / 16, 9h, "cyd* ada bea"},
            {year{2026} / 3 / 23, 9h, "ada* bea cyd"},
            // Clocks went forward on 29 March: still nine in the morning.
            {year{2026} / 3 / 30, 9h - 1min, "ada* bea cyd"},
            {year{2026} / 3 / 30, 9h, "bea* ada cyd"},
            // Before the first one it went the same way.
            {year{2026} / 3 / 2, 9h - 1min, "cyd* ada bea"},
            {year{2026} / 2 / 16, 9h, "bea* ada cyd"},
            {year{2025} / 3 / 3, 8h, "bea* ada cyd"},
        }));
    CAPTURE(expected, minute.count());
    CHECK(order(team, berlin(day, minute)) == expected);
}

TEST_CASE("whose turn it is knows until when, and the others know that they stand in") {
    const Team team = team_with(weekly());
    const std::vector<OnDuty> duty = on_duty(team, *team.group("community"), berlin(year{2026} / 3 / 4, 9h));
    REQUIRE(duty.size() == 3);
    CHECK(duty[0].why == "on duty in community until Mon 9 Mar 2026, 09:00");
    CHECK(duty[1].why == "stands in for who is on duty in community");
}

TEST_CASE("weeks follow one another without gap or overlap, over years and changes of clocks") {
    Rotation rotation = weekly();
    rotation.zone = GENERATE(as<std::string>{}, "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago");
    rotation.minute = GENERATE(0min, 135min, 540min);
    CAPTURE(rotation.zone, rotation.minute.count());
    for (std::int64_t week = -300; week < 300; ++week) {
        const Time begin = start_of_week(rotation, week);
        REQUIRE(week_of(rotation, begin) == week);
        REQUIRE(week_of(rotation, begin - 1ms) == week - 1);
    }
}

TEST_CASE("two weeks change places, and the others stay as they are") {
    Rotation rotation = weekly();
    rotation.swaps = {{0, 1}};
    const Team team = team_with(rotation);
    CHECK(order(team, berlin(year{2026} / 3 / 4, 9h)) == "bea* ada cyd");
    CHECK(order(team, berlin(year{2026} / 3 / 11, 9h)) == "ada* bea cyd");
    CHECK(order(team, berlin(year{2026} / 3 / 18, 9h)) == "cyd* ada bea");
    CHECK(order(team, berlin(year{2026} / 3 / 25, 9h)) == "ada* bea cyd");
}

TEST_CASE("an override goes before all else while it lasts, also for somebody from outside") {
    Rotation rotation = weekly();
    const Time from = berlin(year{2026} / 3 / 4, 12h), until = berlin(year{2026} / 3 / 5, 12h);
    rotation.overrides = {{from, until, "dan"}};
    const Team team = team_with(rotation);
    CHECK(order(team, from - 1ms) == "ada* bea cyd");
    CHECK(order(team, from) == "dan* ada bea cyd");
    CHECK(order(team, until - 1ms) == "dan* ada bea cyd");
    CHECK(order(team, until) == "ada* bea cyd");
    CHECK(on_duty(team, *team.group("community"), from)[0].why ==
          "on duty in community until Thu 5 Mar 2026, 12:00");
}

TEST_CASE("the sun is followed: whoever is at work with the most of the day ahead") {
    Rotation rotation;
    rotation.kind = RotationKind::follow_the_sun;
    const Team team{{colleague("ada"), colleague("bea", "America/New_York"), colleague("cyd", "Asia/Tokyo")},
                    {{"community", {"ada", "bea", "cyd"}, rotation}},
                    {},
                    {}};
    const auto day = year{2026} / 6 / 10;                    // a Wednesday, summer time in both
    CHECK(order(team, berlin(day, 10h)) == "ada* bea cyd");  // Tokyo went home at 10:00 of Berlin
    CHECK(order(team, berlin(day, 9h)) == "ada* cyd bea");   // both at work, Berlin has just begun
    CHECK(order(team, berlin(day, 8h)) == "cyd* ada bea");   // only Tokyo
    CHECK(order(team, berlin(day, 14h)) == "ada* bea cyd");  // New York still sleeps
    CHECK(order(team, berlin(day, 15h)) == "bea* ada cyd");  // it begins, Berlin has two hours left
    CHECK(order(team, berlin(day, 23h)) == "ada bea cyd");   // nobody is at work
    CHECK(order(team, berlin(year{2026} / 6 / 13, 12h)) == "ada bea cyd");  // Saturday
}

TEST_CASE("a calendar says who is on duty, two at once if it says so") {
    Rotation rotation;
    rotation.kind = RotationKind::calendar;
    const Time begin = berlin(year{2026} / 3 / 2, 9h);
    rotation.shifts = {{begin, begin + 24h, "bea"}, {begin + 12h, begin + 36h, "cyd"}};
    const Team team = team_with(rotation);
    CHECK(order(team, begin - 1ms) == "ada bea cyd");
    CHECK(order(team, begin) == "bea* ada cyd");
    CHECK(order(team, begin + 12h) == "bea* cyd* ada");
    CHECK(order(team, begin + 24h) == "cyd* ada bea");
}

TEST_CASE("a turn may be another group's: its own duty counts then") {
    Rotation rotation = weekly();
    Team team{{colleague("ada"), colleague("bea"), colleague("cyd")},
              {{"all", {"north", "cyd"}, rotation}, {"north", {"ada", "bea"}, rotation}},
              {},
              {}};
    CHECK(order(team, berlin(year{2026} / 3 / 4, 9h), "all") == "ada* bea cyd");
    CHECK(order(team, berlin(year{2026} / 3 / 11, 9h), "all") == "cyd* bea ada");
    CHECK(order(team, berlin(year{2026} / 3 / 25, 9h), "all") == "cyd* bea ada");
    CHECK(all_of(team, *team.group("all")).size() == 3);
}

TEST_CASE("groups in a circle end all the same") {
    const Team team{{colleague("ada")}, {{"one", {"two", "ada"}, {}}, {"two", {"one"}, {}}}, {}, {}};
    CHECK(order(team, Time{}, "one") == "ada*");
    CHECK(all_of(team, *team.group("two")).size() == 1);
    CHECK(next_change_of_duty(team, *team.group("one"), Time{}) == Time{7 * 24h});
}

TEST_CASE("nothing changes before the next change of duty") {
    Rotation rotation = weekly();
    rotation.swaps = {{0, 1}};
    rotation.overrides = {{berlin(year{2026} / 3 / 4, 12h), berlin(year{2026} / 3 / 5, 12h), "dan"}};
    const Team team = team_with(rotation);
    const Time until = berlin(year{2026} / 5 / 1, 0h);
    int changes = 0;
    for (Time at = berlin(year{2026} / 3 / 1, 0h); at < until;) {
        const Time next = next_change_of_duty(team, *team.group("community"), at);
        REQUIRE(next > at);
        const std::string now = order(team, at);
        for (Time between = at; between < next; between += 30min) REQUIRE(order(team, between) == now);
        changes += order(team, next) != now;
        at = next;
    }
    CHECK(changes == 12);  // ten weeks begin until 4 May, an override begins and ends
}
