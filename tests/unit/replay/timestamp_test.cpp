#include "adapters/replay/timestamp.hpp"

#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::replay;
using namespace std::chrono;

namespace {

std::int64_t ms(std::string_view text) {
    const auto at = parse_time(text);
    return at ? at->time_since_epoch().count() : -1;
}

}  // namespace

TEST_CASE("a time is read in every form that the files use") {
    const auto [text, expected] = GENERATE(table<const char*, std::int64_t>({
        {"1970-01-01T00:00:00Z", 0},
        {"2004-12-25T09:14:00.000Z", 1103966040000},
        {"2004-12-25T09:15:52.5Z", 1103966152500},
        {"2004-12-25T09:15:52.123999Z", 1103966152123},
        {"2004-12-25 09:14:00", 1103966040000},
        {"2004-12-25T09:14Z", 1103966040000},
        {"2004-12-25T10:14:00+01:00", 1103966040000},
        {"2004-12-25T04:44:00-0430", 1103966040000},
        {"2004-12-25T11:14:00+02", 1103966040000},
        {"2000-02-29T00:00:00Z", 951782400000},
        {"2016-12-31T23:59:60Z", 1483228800000},
        {"1355517523", 1355517523000},
        {"1355517523.000005", 1355517523000},
        {"1355517523.25", 1355517523250},
    }));
    CAPTURE(text);
    CHECK(ms(text) == expected);
}

TEST_CASE("what is not a time is refused") {
    const char* text = GENERATE("", "yesterday", "2004-13-01T00:00:00Z", "2001-02-29T00:00:00Z", "2004-12-25",
                                "2004-12-25T24:00:00Z", "2004-12-25T09:60:00Z", "2004-12-25T09:14:00.Z",
                                "2004-12-25T09:14:00+1", "2004-12-25T09:14:00Zjunk", "1355517523000", "-5",
                                "1.5.2", "1969-12-31T23:59:59Z", "99999999999999999999999", "12.");
    CAPTURE(text);
    CHECK(ms(text) == -1);
}

TEST_CASE("seconds as a number keep their milliseconds, and milliseconds are not taken for seconds") {
    CHECK(time_of_seconds(1355517523.123) == Time{milliseconds{1355517523123}});
    CHECK_FALSE(time_of_seconds(1355517523000.0));
    CHECK_FALSE(time_of_seconds(-1));
    CHECK_FALSE(time_of_seconds(std::numeric_limits<double>::quiet_NaN()));
}

TEST_CASE("a Slack ts is two integers and never a double") {
    CHECK(parse_slack_ts("1355517523.000005") == 1355517523000005);
    CHECK(parse_slack_ts("1355517523.000005") < parse_slack_ts("1355517523.000006"));
    CHECK_FALSE(parse_slack_ts("1355517523"));
    CHECK_FALSE(parse_slack_ts(""));
    CHECK_FALSE(parse_slack_ts("x.y"));
}
