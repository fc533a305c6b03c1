#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <sstream>

#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace json = boost::json;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

}  // namespace

TEST_CASE("each message comes out where it went in, with what was read of it") {
    Workshop workshop;
    workshop.write("messages.jsonl",
                   "{\"id\":\"1\",\"channel\":\"help\",\"ts\":\"2026-03-02T10:00:00Z\",\"author\":\"omar\","
                   "\"text\":\"How do I export my invoices?\",\"more\":{\"n\":1.50}}\n"
                   "{\"text\":\"thanks a lot!\"}\n");
    const Ran ran = workshop.run({"read", workshop.path("messages.jsonl").string()});
    CHECK(ran.err == "");
    CHECK(ran.code == 0);
    const auto lines = lines_of(ran.out);
    REQUIRE(lines.size() == 2);
    CHECK_THAT(lines[0], ContainsSubstring("\"ts\":\"2026-03-02T10:00:00Z\"") &&
                             ContainsSubstring("\"more\":{\"n\":1.50},\"kind\":\"question\""));
    const json::object first = json::parse(lines[0]).as_object(), second = json::parse(lines[1]).as_object();
    CHECK(first.at("needs_reply") == true);
    CHECK(first.at("gratitude") == false);
    CHECK(first.at("language") == "en");
    CHECK(first.at("topics").is_array());
    CHECK(second.at("needs_reply") == false);
    CHECK(second.at("gratitude") == true);
    for (const char* key : {"kind", "needs_reply", "gratitude", "complaint", "spam", "needs_reply_score",
                            "spam_score", "sentiment", "language", "topics"})
        CHECK(second.contains(key));
}

TEST_CASE("a line that was read before is read anew") {
    Workshop workshop;
    workshop.write("messages.jsonl",
                   "{\"needs_reply\":1,\"text\":\"thanks a lot!\",\"spam\":7,\"id\":\"x\"}\n");
    const Ran ran = workshop.run({"read", workshop.path("messages.jsonl").string()});
    CHECK(ran.code == 0);
    const json::object read = json::parse(ran.out).as_object();
    CHECK(read.at("needs_reply") == false);
    CHECK(read.at("spam") == false);
    CHECK(read.at("id") == "x");
    CHECK(read.size() == 12);
}

TEST_CASE("a broken line is passed on as it is, and named") {
    Workshop workshop;
    const Ran ran = workshop.run(
        {"read"}, "{\"text\":\"one\"}\n{\"text\": tw\n\n[1]\n{\"id\":\"no text\"}\n{\"text\":\"two\"}\n");
    CHECK(ran.code == 1);
    const auto lines = lines_of(ran.out);
    REQUIRE(lines.size() == 6);
    CHECK(lines[1] == "{\"text\": tw");
    CHECK(lines[2].empty());
    CHECK(lines[3] == "[1]");
    CHECK(lines[4] == "{\"id\":\"no text\"}");
    CHECK(json::parse(lines[5]).as_object().at("text") == "two");
    CHECK_THAT(ran.err, ContainsSubstring("standard input:2: this is no JSON object") &&
                            ContainsSubstring("standard input:4: this is no JSON object") &&
                            ContainsSubstring("standard input:5: there is no \"text\""));
}

TEST_CASE("a file that is not there cannot be read") {
    Workshop workshop;
    const Ran ran = workshop.run({"read", workshop.path("none.jsonl").string()});
    CHECK(ran.code != 0);
    CHECK_THAT(ran.err, ContainsSubstring("none.jsonl"));
}

}  // namespace rapport::test
