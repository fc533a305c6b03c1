#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace {

/// Ada and Bea answer one another, Cleo once; the times stand the other way round.
void write_answers(Workshop& workshop) {
    std::string lines;
    for (int i = 0; i < 6; ++i)
        lines += "{\"id\":" + std::to_string(i) + ",\"author\":\"" + (i % 2 == 0 ? "Ada" : "bea") +
                 "\",\"text\":\"hello\",\"parents\":[" + std::to_string(i == 0 ? 0 : i - 1) + "]}\n";
    lines += "{\"id\":\"c\",\"author\":\"cleo\",\"text\":\"hi\",\"reply_to\":5}\n\n";
    lines += "{\"id\":\"n\",\"author\":\"ada\",\"sys\":true,\"text\":\"joined\",\"parents\":[\"c\"]}\n";
    workshop.write("linked.jsonl", lines);
}

}  // namespace

TEST_CASE("ties: who is close to whom, and what it foretells") {
    Workshop workshop;
    write_answers(workshop);
    const std::string file = workshop.path("linked.jsonl").string();
    const Ran table = workshop.run({"ties", file});
    CHECK(table.err == "");
    CHECK(table.code == 0);
    CHECK_THAT(table.out, ContainsSubstring("Ada") && ContainsSubstring("LIFT") &&
                              ContainsSubstring("the first 70 % of 6 answers"));
    const auto all = boost::json::parse(workshop.run({"ties", "--json", file}).out).as_object();
    const auto& ties = all.at("ties").as_array();
    REQUIRE(ties.size() == 2);
    CHECK(ties[0].at("a") == "Ada");
    CHECK(ties[0].at("b") == "bea");
    CHECK(ties[0].at("answers") == 5);
    CHECK(all.at("known").at("talked") == 1);
}

TEST_CASE("ties: lines that are none, and a file in which nobody answers") {
    Workshop workshop;
    workshop.write("linked.jsonl", "{\"id\":1,\"author\":\"ada\",\"text\":\"hello\"}\nnot json\n");
    const Ran broken = workshop.run({"ties", workshop.path("linked.jsonl").string()});
    CHECK(broken.code == 1);
    CHECK_THAT(broken.err, ContainsSubstring("linked.jsonl:2: this is no JSON object"));
    workshop.write("linked.jsonl", "{\"id\":1,\"author\":\"ada\",\"text\":\"hello\"}\n");
    const Ran none = workshop.run({"ties", workshop.path("linked.jsonl").string()});
    CHECK(none.code == 0);
    CHECK_THAT(none.out, ContainsSubstring("Nobody answers anybody there."));
    CHECK(workshop.run({"ties", workshop.path("none.jsonl").string()}).code == 1);
}

}  // namespace rapport::test
