// The report as page, JSON and CSV.

#include <boost/json.hpp>

#include "bot/reports/page.hpp"
#include "support/catch.hpp"
#include "week.hpp"

using namespace rapport;
using namespace rapport::test;
using namespace rapport::reports;

namespace json = boost::json;

namespace {

/// Cells of a CSV text, read strictly by RFC 4180.
std::vector<std::vector<std::string>> cells_of(const std::string& text) {
    std::vector<std::vector<std::string>> rows;
    std::size_t at = 0;
    while (at < text.size()) {
        rows.emplace_back();
        for (bool row = true; row;) {
            std::string cell;
            if (text.at(at) == '"') {
                for (++at; text.at(at) != '"' || (at + 1 < text.size() && text[at + 1] == '"'); ++at) {
                    if (text[at] == '"') ++at;
                    cell += text[at];
                }
                ++at;
            } else {
                while (text.at(at) != ',' && text[at] != '\r') {
                    REQUIRE(text[at] != '"');
                    REQUIRE(text[at] != '\n');
                    cell += text[at++];
                }
            }
            rows.back().push_back(std::move(cell));
            if (text.at(at) == ',') {
                ++at;
                continue;
            }
            REQUIRE(text.substr(at, 2) == "\r\n");
            at += 2;
            row = false;
        }
    }
    return rows;
}

std::string all_text(const Page& page) {
    std::string text = page.title;
    for (const Part& part : page.parts) {
        text += "\n# " + part.heading + "\n" + part.text;
        for (const Field& field : part.fields) text += "\n" + field.label + ": " + field.text;
    }
    return text;
}

}  // namespace

TEST_CASE("the page says it in words: a number, its unit, and what is a guess") {
    const std::string text = all_text(page_of(full_report(), "Europe/Berlin"));
    CHECK_THAT(text, ContainsSubstring("Week 47: 16\u201322 Nov 2026"));
    CHECK_THAT(text, ContainsSubstring("Answered in person: 57 of 94 (61 %); seen: 51, as they say: 6"));
    CHECK_THAT(text, ContainsSubstring("Usual time to a person's answer: 38 min, nine of ten within 5 h"));
    CHECK_THAT(text, ContainsSubstring("Of that, working time: 12 min, nine of ten within 2 h"));
    CHECK_THAT(text, ContainsSubstring("core: 6 of 7 (86 %)"));
    CHECK_THAT(text,
               ContainsSubstring("Ada Winter: 24 answered (3 of them as they say), usually after 38 min "
                                 "(12 min of working time); asked 13, took 7, handed over 1, 1 went on to "
                                 "the next; at most 4 at once (room for 5)"));
    CHECK_THAT(text,
               ContainsSubstring("A champion is waiting for an answer: 2 of 29 (7 %) not needed: 1 it was "
                                 "automated, 1 spam"));
    CHECK_THAT(text,
               ContainsSubstring("The brand answered where a person should: 4, and a person as well in 3"));
    CHECK_THAT(text, ContainsSubstring("Won: 2: Lena (close), Omar, the +1 (acquaintance, first contact)"));
    CHECK_THAT(text, ContainsSubstring("# What I could not hear"));
    CHECK_THAT(text, ContainsSubstring("slack C1: Sat 21 Nov 2026, 05:00 to Sat 21 Nov 2026, 10:00"));
    CHECK_THAT(text, !ContainsSubstring("add up"));
}

TEST_CASE("a week without anything is told in a few words") {
    WeeklyReport nothing;
    nothing.until = nothing.from + std::chrono::days{7};
    nothing.zone = "UTC";
    const std::string text = all_text(page_of(nothing, "UTC"));
    CHECK_THAT(text, ContainsSubstring("Nobody waited for an answer."));
    CHECK_THAT(text, ContainsSubstring("There were none."));
    CHECK_THAT(text, ContainsSubstring("Won: nobody"));
    CHECK(json::parse(json_of(nothing)).at("answer_times").at("calendar").at("median").is_null());
}

TEST_CASE("numbers that do not add up are told to whoever reads them") {
    WeeklyReport report = full_report();
    ++report.answers.ends[4];
    CHECK_THAT(all_text(page_of(report, "UTC")), ContainsSubstring("# These numbers do not add up"));
    CHECK_FALSE(json::parse(json_of(report)).at("does_not_add_up").as_array().empty());
}

TEST_CASE("JSON: one object with every number, moments in UTC, lengths in seconds") {
    const std::string line = json_of(full_report());
    CHECK(line.find('\n') == std::string::npos);
    const json::object object = json::parse(line).as_object();
    std::vector<std::string> keys;
    for (const auto& [key, value] : object) keys.emplace_back(key);
    CHECK(keys == std::vector<std::string>{"from", "until", "zone", "messages", "persons", "conversations",
                                           "conversations_answered", "waits", "by_depth", "by_role", "course",
                                           "answer_times", "staffers", "brand", "alerts", "rules",
                                           "relations", "gaps", "does_not_add_up"});
    CHECK(object.at("from").as_string() == "2026-11-15T23:00:00Z");
    CHECK(object.at("until").as_string() == "2026-11-22T23:00:00Z");
    CHECK(json::serialize(object.at("waits")) ==
          R"({"total":94,"in_person":57,"verified":51,"attested":6,"brand":7,"others":12,"none":18})");
    CHECK(object.at("by_depth").at("core").at("verified") == 6);
    CHECK(object.at("by_role").at("=champion").at("total") == 6);
    CHECK(object.at("course").as_array().size() == 7);
    CHECK(object.at("course").as_array()[5].at("gap") == true);
    CHECK(json::serialize(object.at("answer_times").at("calendar")) ==
          R"({"count":51,"median":2280,"ninetieth":18000})");
    CHECK(object.at("staffers").as_array()[0].at("messages") == 40);
    CHECK(object.at("rules").as_array()[0].at("not_needed_because").at("spam") == 1);
    CHECK(object.at("relations").at("won").as_array()[1].at("first_contact") == true);
    CHECK(object.at("alerts").at("open_after") == 6);
    CHECK(object.at("does_not_add_up").as_array().empty());
}

TEST_CASE("CSV: six cells a line, quoted as the standard says, and no cell that a spreadsheet would run") {
    const auto rows = cells_of(csv_of(full_report()));
    REQUIRE(rows.size() > 100);
    CHECK(rows[0] == std::vector<std::string>{"from", "to", "table", "name", "measure", "value"});
    std::size_t guarded = 0;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        CAPTURE(i);
        REQUIRE(rows[i].size() == 6);
        CHECK(rows[i][0] == "2026-11-16");
        CHECK(rows[i][1] == "2026-11-22");
        CHECK(rows[i][5].find_first_not_of("0123456789") == std::string::npos);
        for (const std::string& cell : rows[i]) {
            if (cell.empty()) continue;
            CHECK(std::string_view{"=+-@\t\r"}.find(cell.front()) == std::string_view::npos);
            guarded += cell.front() == '\'';
        }
    }
    CHECK(guarded >= 3);
    const auto value = [&](const std::string& table, const std::string& name, const std::string& measure) {
        for (const auto& row : rows)
            if (row[2] == table && row[3] == name && row[4] == measure) return row[5];
        return std::string("missing");
    };
    CHECK(value("all", "", "total") == "94");
    CHECK(value("depth", "core", "verified") == "6");
    CHECK(value("role", "'=champion", "attested") == "1");
    CHECK(value("role", "without a role", "none") == "18");
    CHECK(value("course", "2026-11-21", "total") == "8");
    CHECK(value("staffer", "B\u00E9a \"the Fox\" Morgan, #1 <b>&amp;</b>", "verified") == "18");
    CHECK(value("rule", "'@SUM(A1:A9)", "not_needed") == "4");
    CHECK(value("not needed because", "'@SUM(A1:A9)", "'=cmd|' /C calc'!A0, \"quoted\"\nline") == "4");
    CHECK(value("alerts", "", "open_before") == "5");
}
