#include "bot/config/values.hpp"

#include "bot/config/suggest.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::config_file;
using namespace std::chrono_literals;

TEST_CASE("durations are numbers with units") {
    CHECK(parse_duration("500ms") == 500ms);
    CHECK(parse_duration("15s") == 15s);
    CHECK(parse_duration("30m") == 30min);
    CHECK(parse_duration("1h30m") == 90min);
    CHECK(parse_duration("7d") == 168h);
    CHECK(parse_duration("2w") == 336h);
    CHECK(parse_duration("0s") == 0s);
    CHECK(parse_duration(" 4h ") == 4h);
    for (const char* text :
         {"", " ", "4", "h", "-1h", "1.5h", "1 h", "1y", "1hh", "9999999999h", "999999999w"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_duration(text));
    }
    CHECK(duration_text(90min) == "90m");
    CHECK(duration_text(48h) == "2d");
    CHECK(duration_text(1500ms) == "1500ms");
    CHECK(duration_text(0ms) == "0s");
}

TEST_CASE("dates exist and clocks show real minutes") {
    using namespace std::chrono;
    CHECK(parse_date("2028-02-29") == 2028y / February / 29);
    for (const char* text :
         {"2026-02-29", "2026-13-01", "2026-1-32", "26-01-01", "2026-01", "2026-01-01x", "", "1969-01-01"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_date(text));
    }
    CHECK(parse_clock("9") == 9h);
    CHECK(parse_clock("09:30") == 9h + 30min);
    CHECK(parse_clock("24:00") == 24h);
    for (const char* text : {"", "24:01", "25", "9:3", "9:60", "9:030", "-9", "9am", "9:"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_clock(text));
    }
}

TEST_CASE("spans go over midnight but are never empty") {
    CHECK(parse_span("9-17") == DaySpan{9h, 17h});
    CHECK(parse_span(" 09:15 - 17:45 ") == DaySpan{9h + 15min, 17h + 45min});
    CHECK(parse_span("22:00-06:00") == DaySpan{22h, 30h});
    CHECK(parse_span("16:00-00:00") == DaySpan{16h, 24h});
    CHECK(parse_span("0-24") == DaySpan{0h, 24h});
    for (const char* text : {"9", "9-9", "24:00-06:00", "9-17-18", "-", "9-"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_span(text));
    }
}

TEST_CASE("days are single, ranges that may wrap, or daily") {
    CHECK(parse_days("mon") == std::vector<unsigned>{1});
    CHECK(parse_days("Saturday") == std::vector<unsigned>{6});
    CHECK(parse_days("mon-fri") == std::vector<unsigned>{1, 2, 3, 4, 5});
    CHECK(parse_days("sat-mon") == std::vector<unsigned>{6, 0, 1});
    CHECK(parse_days("daily").size() == 7);
    for (const char* text : {"", "m", "mond", "mon-", "-fri", "mon-fri-sun"}) {
        CAPTURE(text);
        CHECK(parse_days(text).empty());
    }
}

TEST_CASE("accounts have three parts, and the id may hold colons") {
    CHECK(parse_account("slack:T1:U1") == AccountKey{"slack", "T1", "U1"});
    CHECK(parse_account("matrix:matrix.org:@a:b.org") == AccountKey{"matrix", "matrix.org", "@a:b.org"});
    for (const char* text : {"", "slack", "slack:T1", "slack::U1", ":T1:U1", "slack:T1:", "Slack:T1:U1"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_account(text));
    }
}

TEST_CASE("invalid UTF-8 is found where it begins") {
    CHECK_FALSE(find_invalid_utf8("plain, Ünï, 日本, \xF0\x9F\x98\x80"));
    CHECK(find_invalid_utf8("ab\xFFz") == 2);
    CHECK(find_invalid_utf8("a\xC3") == 1);     // cut off
    CHECK(find_invalid_utf8("\xC0\xAF") == 0);  // too long a form
    CHECK(find_invalid_utf8("\xE0\x80\x80") == 0);
    CHECK(find_invalid_utf8("\xED\xA0\x80") == 0);       // a surrogate
    CHECK(find_invalid_utf8("x\xF4\x90\x80\x80") == 1);  // past the last code point
    CHECK(find_invalid_utf8("\x80") == 0);
}

TEST_CASE("a word is suggested when it is near") {
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(edit_distance("prot", "port") == 1);
    CHECK(edit_distance("PORT", "port") == 0);
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance(std::string(500, 'x'), "x") == 63);
    const std::vector<std::string> words{"address", "port", "realm"};
    CHECK(*nearest("prt", words) == "port");
    CHECK(*nearest("adress", words) == "address");
    CHECK(nearest("colour", words) == nullptr);
    CHECK(nearest("", words) == nullptr);
    CHECK(suggest("colour", words) == "Known here: address, port, realm.");
    CHECK(suggest("x", {}).empty());
}
