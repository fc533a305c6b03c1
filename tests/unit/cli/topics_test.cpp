#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <sstream>

#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace {

std::vector<boost::json::object> objects_in(const std::string& text) {
    std::vector<boost::json::object> all;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) all.push_back(boost::json::parse(line).as_object());
    return all;
}

constexpr const char* gardens =
    "{\"id\":\"1\",\"text\":\"pruning roses in march\"}\n{\"id\":\"2\",\"text\":\"rose petals fall\"}\n"
    "{\"id\":\"3\",\"text\":\"roses and a rose hedge\"}\n{\"id\":\"4\",\"text\":\"carrots do not grow\"}\n"
    "{\"id\":\"5\",\"text\":\"carrot flies on carrots\"}\n{\"id\":\"6\",\"text\":\"when to sow carrots\"}\n";

}  // namespace

TEST_CASE("each message comes out where it went in, with what it is about") {
    Workshop workshop;
    workshop.write("messages.jsonl",
                   "{\"id\":\"1\",\"n\":1.50,\"text\":\"The MySQL dump fails\"}\n{\"text\":\"\"}\n");
    const Ran ran = workshop.run({"topics", workshop.path("messages.jsonl").string()});
    CHECK(ran.err == "");
    CHECK(ran.code == 0);
    CHECK_THAT(ran.out,
               Catch::StartsWith(
                   "{\"id\":\"1\",\"n\":1.50,\"text\":\"The MySQL dump fails\",\"topics\":[\"mysql\""));
    const auto lines = objects_in(ran.out);
    REQUIRE(lines.size() == 2);
    CHECK(lines[1].at("topics").as_array().empty());
    CHECK_FALSE(lines[0].contains("topic"));
    CHECK_FALSE(lines[0].contains("cluster"));
}

TEST_CASE("topics that the team defines by examples, and null for what is none of them") {
    Workshop workshop;
    workshop.write(
        "labelled.jsonl",
        "{\"text\":\"roses\",\"topic\":\"flowers\"}\n{\"text\":\"a rose hedge\",\"topic\":\"flowers\"}\n"
        "{\"text\":\"carrots\",\"topic\":\"vegetables\"}\n"
        "{\"text\":\"sow carrots\",\"topic\":\"vegetables\"}\n");
    workshop.write("messages.jsonl", std::string{gardens} + "{\"text\":\"quantum chromodynamics\"}\n");
    const Ran ran = workshop.run({"topics", workshop.path("messages.jsonl").string(), "--examples",
                                  workshop.path("labelled.jsonl").string()});
    CHECK(ran.code == 0);
    const auto lines = objects_in(ran.out);
    REQUIRE(lines.size() == 7);
    CHECK(lines[1].at("topic") == "flowers");
    CHECK(lines[4].at("topic") == "vegetables");
    CHECK(lines[4].at("topic_score").to_number<double>() > 0.5);
    CHECK(lines[6].at("topic").is_null());
}

TEST_CASE("groups of like messages, and what names them") {
    Workshop workshop;
    workshop.write("messages.jsonl", gardens);
    const Ran ran = workshop.run({"topics", workshop.path("messages.jsonl").string(), "--clusters", "2"});
    CHECK(ran.code == 0);
    const auto lines = objects_in(ran.out);
    REQUIRE(lines.size() == 6);
    CHECK(lines[0].at("cluster") == lines[1].at("cluster"));
    CHECK(lines[3].at("cluster") == lines[5].at("cluster"));
    CHECK(lines[0].at("cluster") != lines[3].at("cluster"));
    CHECK_FALSE(lines[0].at("cluster_names").as_array().empty());
}

TEST_CASE("the team's own words come first") {
    Workshop workshop;
    workshop.write("ours.txt", "Billing: invoice, billing page\n\nrocket\n");
    workshop.write("messages.jsonl", "{\"text\":\"The MySQL dump of my invoices is empty\"}\n");
    const Ran ran = workshop.run({"topics", workshop.path("messages.jsonl").string(), "--vocabulary",
                                  workshop.path("ours.txt").string()});
    CHECK(ran.code == 0);
    CHECK(objects_in(ran.out).at(0).at("topics").as_array().at(0) == "Billing");
    workshop.write("ours.txt", "rocket\nmuch too many words here\n");
    const Ran refused = workshop.run({"topics", workshop.path("messages.jsonl").string(), "--vocabulary",
                                      workshop.path("ours.txt").string()});
    CHECK(refused.code == 1);
    CHECK_THAT(refused.err, ContainsSubstring("ours.txt:2: a phrase has one to 4 words"));
}

TEST_CASE("lines that are none pass as they are, and are told of") {
    Workshop workshop;
    workshop.write("messages.jsonl", "{\"text\":\"one\"}\n{\"text\": tw\n[1]\n{\"id\":\"no text\"}\n");
    for (const bool grouped : {false, true}) {
        std::vector<std::string> arguments{"topics", workshop.path("messages.jsonl").string()};
        if (grouped) arguments.insert(arguments.end(), {"--clusters", "3"});
        const Ran ran = workshop.run(arguments);
        CHECK(ran.code == 1);
        CHECK_THAT(ran.out, ContainsSubstring("\n{\"text\": tw\n[1]\n{\"id\":\"no text\"}\n"));
        CHECK_THAT(ran.err, ContainsSubstring("messages.jsonl:2: ") &&
                                ContainsSubstring("messages.jsonl:3: ") &&
                                ContainsSubstring("messages.jsonl:4: there is no \"text\""));
    }
}

TEST_CASE("a file that is not there, and examples that are none, are named") {
    Workshop workshop;
    const Ran missing = workshop.run({"topics", workshop.path("none.jsonl").string()});
    CHECK(missing.code == 1);
    CHECK_THAT(missing.err, ContainsSubstring("none.jsonl"));
    workshop.write("messages.jsonl", gardens);
    workshop.write("labelled.jsonl", "{\"text\":\"roses\"}\n");
    const Ran bad = workshop.run({"topics", workshop.path("messages.jsonl").string(), "--examples",
                                  workshop.path("labelled.jsonl").string()});
    CHECK(bad.code == 1);
    CHECK_THAT(bad.err, ContainsSubstring("labelled.jsonl:1"));
}

}  // namespace rapport::test
