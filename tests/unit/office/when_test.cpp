#include "bot/office/when.hpp"

#include "bot/office/hours_words.hpp"
#include "bot/office/text.hpp"
#include "support/catch.hpp"
#include "support/house.hpp"

using namespace rapport;
using namespace rapport::office;
using rapport::test::moment;

TEST_CASE("moments as people write them, on their own clock") {
    // Wednesday, 10:00 in Berlin (UTC+1).
    const Time now = moment("2026-11-25 09:00");
    const auto [text, utc] = GENERATE(table<std::string, std::string>({
        {"Monday", "2026-11-29 23:00"},
        {"until monday", "2026-11-29 23:00"},
        {"next Monday", "2026-11-29 23:00"},
        {"wed", "2026-12-01 23:00"},
        {"fri 14:30", "2026-11-27 13:30"},
        {"tomorrow", "2026-11-25 23:00"},
        {"tomorrow at 9am", "2026-11-26 08:00"},
        {"today 17:00", "2026-11-25 16:00"},
        {"3 Dec", "2026-12-02 23:00"},
        {"3 Dec 14:00", "2026-12-03 13:00"},
        {"Dec 3rd, 2pm", "2026-12-03 13:00"},
        {"the 3rd of December", "2026-12-02 23:00"},
        {"3 March", "2027-03-02 23:00"},
        {"5 July 2027", "2027-07-04 22:00"},
        {"Thu 3 Dec", "2026-12-02 23:00"},
        {"2026-12-03", "2026-12-02 23:00"},
        {"2026-12-03 14:00", "2026-12-03 13:00"},
        {"2026-12-03T14:00", "2026-12-03 13:00"},
        {"18:00", "2026-11-25 17:00"},
        {"9:00", "2026-11-26 08:00"},
        {"noon", "2026-11-25 11:00"},
        {"2 days", "2026-11-27 09:00"},
        {"for 2 days", "2026-11-27 09:00"},
        {"an hour", "2026-11-25 10:00"},
        {"3h", "2026-11-25 12:00"},
        {"1 week 2 days", "2026-12-04 09:00"},
        {"next week", "2026-11-29 23:00"},
    }));
    INFO(text);
    const auto when = parse_when(text, "Europe/Berlin", now);
    REQUIRE(when);
    CHECK(*when == moment(utc));
}

TEST_CASE("what is no moment is nothing") {
    const std::string text =
        GENERATE("", "someday", "31 Feb", "the", "at", "99:00", "25:00", "2026-13-01", "0 days", "mon tue",
                 "3", "13pm", "9999 weeks", "until", "Dec", "monday maybe");
    INFO(text);
    CHECK_FALSE(parse_when(text, "Europe/Berlin", moment("2026-11-25 09:00")));
}

TEST_CASE("hours as people write them") {
    const auto [text, hours] = GENERATE(table<std::string, std::string>({
        {"mon-fri 9-17", "office"},
        {"9-17", "office"},
        {"9am-5pm", "office"},
        {"weekdays 9 to 17", "office"},
        {"always", "always"},
        {"mon-thu 9-12:30 13:30-17, fri 9-14",
         "{mon-thu: \"09:00-12:30, 13:30-17:00\", fri: \"09:00-14:00\"}"},
        {"mon wed 10-12", "{mon: \"10:00-12:00\", wed: \"10:00-12:00\"}"},
        {"daily 22:00-06:00", "{mon-sun: \"22:00-06:00\"}"},
        {"Sat: 10-12", "{sat: \"10:00-12:00\"}"},
    }));
    INFO(text);
    CHECK(parse_hours_words(text).value_or("nothing") == hours);
}

TEST_CASE("what is no hours is nothing") {
    const std::string text = GENERATE("", "whenever", "mon-fri", "9", "17-17", "funday 9-17", "mon 9-17 tue");
    INFO(text);
    CHECK_FALSE(parse_hours_words(text));
}

TEST_CASE("hours for people") {
    CHECK(hours_for_people("office") == "Mon-Fri 09:00-17:00");
    CHECK(hours_for_people("{mon-thu: \"09:00-12:30, 13:30-17:00\", fri: \"09:00-14:00\"}") ==
          "Mon-Thu 09:00-12:30, 13:30-17:00, Fri 09:00-14:00");
}
