#include "bot/reports/dates.hpp"

#include "bot/people/working_time.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::reports;
using namespace std::chrono_literals;

namespace {

Time utc(int year, unsigned month, unsigned day, std::chrono::minutes clock = 0min) {
    return std::chrono::sys_days{std::chrono::year{year} / std::chrono::month{month} /
                                 std::chrono::day{day}} +
           clock;
}

}  // namespace

TEST_CASE("ISO weeks: the first one holds the first Thursday") {
    CHECK(parse_week("2026-W47", "UTC") == Stretch{utc(2026, 11, 16), utc(2026, 11, 23)});
    CHECK(parse_week("2026-W01", "UTC") == Stretch{utc(2025, 12, 29), utc(2026, 1, 5)});
    CHECK(parse_week("2020-W53", "UTC") == Stretch{utc(2020, 12, 28), utc(2021, 1, 4)});
    for (const char* wrong :
         {"2021-W53", "2026-W00", "2026-W54", "2026-47", "2026W47", "", "2026-Wxx", "-026-W47"})
        CHECK_FALSE(parse_week(wrong, "UTC"));
    CHECK(week_name(std::chrono::year{2021} / 1 / 3) == "2020-W53");
    CHECK(week_name(std::chrono::year{2021} / 1 / 4) == "2021-W01");
    CHECK(week_name(std::chrono::year{2025} / 12 / 29) == "2026-W01");
}

TEST_CASE("every day belongs to the week that is called so") {
    for (std::chrono::sys_days day = std::chrono::year{1999} / 12 / 1; day < std::chrono::year{2031} / 2 / 1;
         day += std::chrono::days{1}) {
        const auto week = parse_week(week_name(day), "UTC");
        REQUIRE(week);
        REQUIRE((week->from <= day && day < week->until));
    }
}

TEST_CASE("weeks are those of the reader's clock, also when it is turned back or forward") {
    const auto spring = parse_week("2026-W13", "Europe/Berlin").value();
    CHECK(spring.until - spring.from == 7 * 24h - 1h);
    CHECK(spring.from == utc(2026, 3, 22, 23h));
    const auto autumn = parse_week("2026-W43", "Europe/Berlin").value();
    CHECK(autumn.until - autumn.from == 7 * 24h + 1h);
    CHECK(last_week("Pacific/Auckland", utc(2026, 11, 22, 12h)) ==
          parse_week("2026-W47", "Pacific/Auckland").value());  // Monday has begun there
    CHECK(last_week("UTC", utc(2026, 11, 22, 12h)) == parse_week("2026-W46", "UTC").value());
}

TEST_CASE("the date by somebody's clock") {
    const Time moment = utc(2026, 11, 22, 12h);
    CHECK(local_day("UTC", moment) == std::chrono::year{2026} / 11 / 22);
    CHECK(local_day("Pacific/Auckland", moment) == std::chrono::year{2026} / 11 / 23);
    CHECK(local_day("America/Los_Angeles", utc(2026, 11, 22, 1h)) == std::chrono::year{2026} / 11 / 21);
    CHECK(local_day("Europe/Berlin", start_of_day("Europe/Berlin", std::chrono::year{2026} / 7 / 1)) ==
          std::chrono::year{2026} / 7 / 1);
}

TEST_CASE("days are read strictly") {
    CHECK(parse_day("2026-11-16") == std::chrono::year{2026} / 11 / 16);
    for (const char* wrong : {"2026-02-29", "2026-13-01", "26-11-16", "2026/11/16", "2026-11-1x", ""})
        CHECK_FALSE(parse_day(wrong));
}

TEST_CASE("stretches in words") {
    CHECK(stretch_text(parse_week("2026-W47", "UTC").value(), "UTC") == "Week 47: 16\u201322 Nov 2026");
    CHECK(stretch_text({utc(2026, 11, 16), utc(2026, 11, 17)}, "UTC") == "16 Nov 2026");
    CHECK(stretch_text({utc(2026, 11, 16), utc(2026, 12, 2)}, "UTC") == "16 Nov \u2013 1 Dec 2026");
    CHECK(stretch_text({utc(2025, 12, 30), utc(2026, 1, 2)}, "UTC") == "30 Dec 2025 \u2013 1 Jan 2026");
    CHECK(length_text(40s) == "40 s");
    CHECK(length_text(12min) == "12 min");
    CHECK(length_text(3h + 5min) == "3 h 5 min");
    CHECK(length_text(48h) == "2 days");
}
