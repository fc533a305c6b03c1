#include "bot/models/json_lines.hpp"

#include <sstream>
#include <vector>

#include "support/catch.hpp"

namespace rapport::models::test {

namespace {

/// The texts at "text", or what is wrong.
std::string texts_in(const std::string& lines, std::size_t most = 10) {
    std::istringstream in{lines};
    std::string all;
    const Result<> read =
        each_object(in, "mine.jsonl", most, [&](const boost::json::object& one) -> std::string {
            if (one.contains("bad")) return "it is bad";
            all += text_at(one, "text") + ";";
            return {};
        });
    return read ? all : read.error().what;
}

}  // namespace

TEST_CASE("each line's object is given, in order, and empty lines are none") {
    CHECK(texts_in("{\"text\":\"a\"}\n\n  \r\n{\"text\":7}\n{\"text\":\"b\"}") == "a;;b;");
    CHECK(texts_in("") == "");
}

TEST_CASE("what is wrong is told with file and line") {
    CHECK(texts_in("{}\n[1]\n") == "mine.jsonl:2: this is no JSON object.");
    CHECK(texts_in("\n{\"text\":\n") == "mine.jsonl:2: this is no JSON object.");
    CHECK(texts_in("{}\n{}\n{\"bad\":1}\n") == "mine.jsonl:3: it is bad.");
    CHECK(texts_in("{}\n\n{}\n{}\n", 2) == "mine.jsonl:4: more than 2 lines.");
}

}  // namespace rapport::models::test
