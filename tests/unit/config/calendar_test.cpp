#include "bot/config/calendar.hpp"

#include <fmt/format.h>

#include <random>

#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::config_file;

namespace {

std::string calendar(const std::string& entries) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n" + entries + "END:VCALENDAR\r\n";
}
/// One VEVENT with these lines; it begins in line 4 of a calendar of its own.
std::string event(const std::string& lines) {
    return "BEGIN:VEVENT\r\nUID:1\r\n" + lines + "END:VEVENT\r\n";
}

std::string local_text(std::chrono::local_time<std::chrono::minutes> local) {
    return local_date_text("UTC", Time{local.time_since_epoch()});
}

/// "Mon 2 Mar 2026, 09:00 to Mon 9 Mar 2026, 09:00 Europe/Berlin: Ada", a line for each.
std::string told(const std::string& text) {
    const auto loaded = load_calendar(text, "c.ics");
    REQUIRE(loaded.value);
    std::string lines;
    for (const CalendarEntry& one : *loaded.value)
        lines += fmt::format("{} to {}{}{}: {}\n", local_text(one.from), local_text(one.until),
                             one.zone.empty() ? "" : " ", one.zone, one.title);
    return lines;
}
std::string problem(const std::string& text) {
    const auto loaded = load_calendar(text, "c.ics");
    REQUIRE_FALSE(loaded.value);
    REQUIRE(!loaded.problems.empty());
    return loaded.problems.front().text();
}

}  // namespace

TEST_CASE("days off: one day without an end, several with one") {
    CHECK(told(calendar(
              event("SUMMARY:Christmas\r\nDTSTART;VALUE=DATE:20261225\r\n") +
              event("SUMMARY:Easter\r\nDTSTART;VALUE=DATE:20260403\r\nDTEND;VALUE=DATE:20260407\r\n"))) ==
          "Fri 3 Apr 2026, 00:00 to Tue 7 Apr 2026, 00:00: Easter\n"
          "Fri 25 Dec 2026, 00:00 to Sat 26 Dec 2026, 00:00: Christmas\n");
}

TEST_CASE("lines are folded, ends of lines are what they are, and other components are passed over") {
    CHECK(told("BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Europe/Berlin\nEND:VTIMEZONE\n"
               "BEGIN:VEVENT\nSUMMARY:A very lo\n ng name\nDTSTART;TZID=Europe/Berlin:20260302T090000\n"
               "DURATION:PT8H\nBEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR") ==
          "Mon 2 Mar 2026, 09:00 to Mon 2 Mar 2026, 17:00 Europe/Berlin: A very long name\n");
}

TEST_CASE(
    "what repeats is written out, by its own clock over changes of clocks, without what was taken out") {
    CHECK(told(calendar(event("SUMMARY:Ada\r\nDTSTART;TZID=Europe/Berlin:20260316T090000\r\n"
                              "DTEND;TZID=Europe/Berlin:20260323T090000\r\n"
                              "RRULE:FREQ=WEEKLY;INTERVAL=1;COUNT=4\r\n"
                              "EXDATE;TZID=Europe/Berlin:20260323T090000\r\n"))) ==
          "Mon 16 Mar 2026, 09:00 to Mon 23 Mar 2026, 09:00 Europe/Berlin: Ada\n"
          "Mon 30 Mar 2026, 09:00 to Mon 6 Apr 2026, 09:00 Europe/Berlin: Ada\n"
          "Mon 6 Apr 2026, 09:00 to Mon 13 Apr 2026, 09:00 Europe/Berlin: Ada\n");
}

TEST_CASE("UNTIL is told in UTC and includes what begins just then") {
    CHECK(told(calendar(event("SUMMARY:Ada\r\nDTSTART;TZID=America/New_York:20260302T200000\r\n"
                              "DURATION:PT1H\r\nRRULE:FREQ=WEEKLY;UNTIL=20260310T000000Z\r\n"))) ==
          "Mon 2 Mar 2026, 20:00 to Mon 2 Mar 2026, 21:00 America/New_York: Ada\n"
          "Mon 9 Mar 2026, 20:00 to Mon 9 Mar 2026, 21:00 America/New_York: Ada\n");
}

TEST_CASE("a single time that was moved stands in the place of the one in the row, a cancelled one in none") {
    CHECK(told(calendar(
              event("SUMMARY:Ada\r\nDTSTART;TZID=Europe/Berlin:20260302T090000\r\nDURATION:PT1H\r\n"
                    "RRULE:FREQ=DAILY;COUNT=3\r\n") +
              event("SUMMARY:Bea\r\nRECURRENCE-ID:20260303T080000Z\r\n"
                    "DTSTART;TZID=Europe/Berlin:20260303T110000\r\nDURATION:PT1H\r\n") +
              event("SUMMARY:Ada\r\nSTATUS:CANCELLED\r\nRECURRENCE-ID;TZID=Europe/Berlin:20260304T090000\r\n"
                    "DTSTART;TZID=Europe/Berlin:20260304T090000\r\nDURATION:PT1H\r\n"))) ==
          "Mon 2 Mar 2026, 09:00 to Mon 2 Mar 2026, 10:00 Europe/Berlin: Ada\n"
          "Tue 3 Mar 2026, 11:00 to Tue 3 Mar 2026, 12:00 Europe/Berlin: Bea\n");
}

TEST_CASE("yearly days go on to the last year that is looked at, and an extra date is one more") {
    const auto loaded =
        load_calendar(calendar(event("SUMMARY:Unity\r\nDTSTART;VALUE=DATE:20261003\r\nRRULE:FREQ=YEARLY\r\n"
                                     "RDATE;VALUE=DATE:20261031\r\n")),
                      "c.ics");
    REQUIRE(loaded.value);
    CHECK(loaded.value->size() == std::size_t(last_calendar_year - 2026 + 2));
}

TEST_CASE("zones by the names that calendars give them") {
    CHECK(zone_of_calendar("Europe/Berlin") == "Europe/Berlin");
    CHECK(zone_of_calendar("/freeassociation.sourceforge.net/Europe/Berlin") == "Europe/Berlin");
    CHECK(zone_of_calendar("W. Europe Standard Time") == "Europe/Berlin");
    CHECK(zone_of_calendar("Eastern Standard Time") == "America/New_York");
    CHECK(zone_of_calendar("Our Office").empty());
}

TEST_CASE("guests are named by what they are called and by what stands before the @") {
    const auto loaded = load_calendar(
        calendar(event("DTSTART:20260302T090000Z\r\nATTENDEE;CN=Ada Winter:mailto:ada@acme.example\r\n"
                       "ATTENDEE:mailto:bea@acme.example\r\n")),
        "c.ics");
    REQUIRE(loaded.value);
    CHECK(loaded.value->front().people == std::vector<std::string>{"Ada Winter", "ada", "bea"});
    CHECK(loaded.value->front().zone == "UTC");
}

TEST_CASE("mistakes name the line, the entry and the way out") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"holidays: 2026",
         "c.ics: this is no iCalendar file. It would begin with BEGIN:VCALENDAR. Export it as .ics."},
        {calendar("BEGIN:VEVENT\r\nSUMMARY:x\r\n"),
         "c.ics:4: this entry does not end. The file seems to be cut off."},
        {calendar("BEGIN:VEVENT\r\n" + event("DTSTART:20260302T090000Z\r\n")),
         "c.ics:4: this entry does not end. The file seems to be cut off."},
        {calendar(event("SUMMARY:x\r\n")),
         "c.ics:4: this entry does not say when it begins. Each entry needs a DTSTART."},
        {calendar(event("DTSTART;TZID=Our Office:20260302T090000\r\n")),
         "c.ics:4: this entry goes by the clock of \"Our Office\", which is no time zone of this system. Use "
         "a "
         "zone such as Europe/Berlin."},
        {calendar(event("DTSTART:20260302T090000Z\r\nDTEND:20260301T090000Z\r\n")),
         "c.ics:4: this entry ends before it begins. DTEND comes after DTSTART."},
        {calendar(event("SUMMARY:Ada\r\nDTSTART:20260302T090000Z\r\nRRULE:FREQ=MINUTELY\r\n")),
         "c.ics:4: the entry \"Ada\" repeats in a way that is not understood. RRULE may be DAILY, WEEKLY, "
         "MONTHLY "
         "or YEARLY."},
        {calendar("X:\xff\r\n"), "c.ics: this is not UTF-8. Save the file with the encoding UTF-8."},
    }));
    CHECK(problem(text) == expected);
}

TEST_CASE("garbage in dates and rules is refused, and nothing else happens") {
    for (const char* line :
         {"DTSTART:yesterday\r\n", "DTSTART;VALUE=DATE:20261399\r\n",
          "DTSTART;VALUE=DATE:20260302\r\nRRULE:FREQ=SOMETIMES\r\n",
          "DTSTART;VALUE=DATE:20260302\r\nRRULE:FREQ=YEARLY;BYMONTH=77;BYMONTHDAY=400\r\n"}) {
        CAPTURE(line);
        const auto loaded = load_calendar(calendar(event(line)), "c.ics");
        CHECK((!loaded.value || loaded.value->size() == 1));
    }
}

TEST_CASE("more times than anybody needs are refused") {
    std::string many;
    for (int i = 0; i < 3; ++i) many += event("DTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=DAILY\r\n");
    CHECK(problem(calendar(many)) ==
          "c.ics: it has more than 20000 times. Let what repeats end (UNTIL), or take out "
          "what is long past.");
    CHECK_THAT(problem("BEGIN:VCALENDAR" + std::string(max_config_bytes, ' ')),
               ContainsSubstring("Is this the right file?"));
}

TEST_CASE("a rule that never comes true ends") {
    const auto loaded = load_calendar(
        calendar(event("DTSTART;VALUE=DATE:20260302\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\n")),
        "c.ics");
    REQUIRE(loaded.value);
    CHECK(loaded.value->size() == 1);
}

TEST_CASE("a calendar with bytes changed at random is read or refused, and nothing else") {
    const std::string good =
        calendar(event("SUMMARY:Ada\r\nDTSTART;TZID=Europe/Berlin:20260316T090000\r\nDTEND;TZID=Europe/"
                       "Berlin:20260323T090000\r\n"
                       "RRULE:FREQ=MONTHLY;BYDAY=-1MO,2TU;BYSETPOS=1;COUNT=40\r\nEXDATE:20260323T080000Z\r\n"
                       "RDATE;VALUE=DATE:20261031\r\nATTENDEE;CN=Ada:mailto:ada@acme.example\r\n") +
                 event("RECURRENCE-ID:20260330T070000Z\r\nDTSTART:20260330T100000Z\r\nDURATION:"
                       "PT1H\r\nSTATUS:CONFIRMED\r\n"));
    const unsigned seed = GENERATE(range(0U, 40U));
    CAPTURE(seed);
    std::mt19937 random{seed};
    for (int round = 0; round < 50; ++round) {
        std::string text = good;
        for (unsigned changes = random() % 6; changes > 0; --changes) {
            const std::size_t at = random() % text.size();
            switch (random() % 3) {
                case 0:
                    text[at] = char(random() % 256);
                    break;
                case 1:
                    text.erase(at, random() % 8);
                    break;
                default:
                    text.insert(at, text.substr(random() % text.size(), random() % 20));
            }
        }
        const auto loaded = load_calendar(text, "c.ics");
        CHECK(loaded.value.has_value() == loaded.problems.empty());
        if (loaded.value) CHECK(loaded.value->size() <= max_calendar_entries);
    }
}
