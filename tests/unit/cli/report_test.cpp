#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <fstream>
#include <iterator>

#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace json = boost::json;

TEST_CASE("the week in numbers: as text, JSON, CSV and picture") {
    Workshop workshop;
    workshop.fill();
    const Ran text = workshop.run({"report", "--week", "2026-W10"});
    CHECK(text.err == "");
    CHECK(text.code == 0);
    CHECK_THAT(text.out, ContainsSubstring("Week 10: 2\u20138 Mar 2026"));
    CHECK_THAT(text.out, ContainsSubstring("Answered in person") && ContainsSubstring("1 of 2 (50 %)"));
    const json::value report = json::parse(workshop.run({"report", "--week", "2026-W10", "--json"}).out);
    CHECK(report.at("waits").at("total") == 2);
    CHECK(report.at("waits").at("verified") == 1);
    CHECK(report.at("staffers").as_array().at(0).at("name").as_string() == "ada");
    CHECK(report.at("does_not_add_up").as_array().empty());
    CHECK_THAT(workshop.run({"report", "--week", "2026-W10", "--csv"}).out,
               ContainsSubstring("\r\n2026-03-02,2026-03-08,all,,verified,1\r\n"));
    const Ran drawn =
        workshop.run({"report", "--week", "2026-W10", "--picture", workshop.path("week.png").string()});
    CHECK(drawn.code == 0);
    CHECK(drawn.out == text.out);
    std::ifstream file{workshop.path("week.png"), std::ios::binary};
    const std::string png{std::istreambuf_iterator<char>(file), {}};
    CHECK(png.substr(0, 8) == "\x89PNG\r\n\x1a\n");
}

TEST_CASE("which days a report is about") {
    Workshop workshop;
    workshop.fill();
    const auto first_line = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "report");
        const Ran ran = workshop.run(arguments);
        CHECK(ran.code == 0);
        return ran.out.substr(0, ran.out.find('\n'));
    };
    // The store's latest moment is in the week from 2 March: of a store that is not in use any more, that
    // one.
    CHECK(first_line({}) == "Week 10: 2\u20138 Mar 2026");
    CHECK(first_line({"--from", "2026-03-02"}) == "Week 10: 2\u20138 Mar 2026");
    CHECK(first_line({"--to", "2026-03-08"}) == "Week 10: 2\u20138 Mar 2026");
    CHECK(first_line({"--from", "2026-03-01", "--to", "2026-03-02"}) == "1\u20132 Mar 2026");
    CHECK(first_line({"--all"}) == "2 Mar 2026");
    CHECK_THAT(workshop.run({"report", "--week", "2026-W10", "--zone", "Asia/Tokyo", "--json"}).out,
               ContainsSubstring("\"from\":\"2026-03-01T15:00:00Z\""));
}

TEST_CASE("what is no week and no day is refused in words") {
    Workshop workshop;
    workshop.fill();
    const auto wrong = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "report");
        const Ran ran = workshop.run(arguments);
        CHECK(ran.code == 2);
        return ran.err;
    };
    CHECK_THAT(wrong({"--week", "2026-W54"}), ContainsSubstring("Write it as 2026-W47"));
    CHECK_THAT(wrong({"--from", "yesterday"}), ContainsSubstring("Write it as 2026-11-16"));
    CHECK_THAT(wrong({"--from", "2026-03-09", "--to", "2026-03-02"}),
               ContainsSubstring("--to is before --from"));
    wrong({"--week", "2026-W10", "--from", "2026-03-02"});
    wrong({"--csv", "--json"});
}

TEST_CASE("a picture that cannot be written is an error, and so is a store that is not there") {
    Workshop workshop;
    CHECK(workshop.run({"report"}).code == 1);
    workshop.fill();
    const Ran ran = workshop.run({"report", "--picture", "/nowhere/at/all.png"});
    CHECK(ran.code == 1);
    CHECK_THAT(ran.err, ContainsSubstring("/nowhere/at/all.png could not be written"));
}

}  // namespace rapport::test
