#include "bot/network/introduction.hpp"

#include "support/catch.hpp"

using namespace rapport::network;

namespace {

/// The way as a text: "ada-kim-lou".
std::string way(const std::vector<Link>& links, const std::string& from, const std::string& to) {
    const Graph graph{links, true};
    Node start = 0, end = 0;
    for (Node node = 0; node < graph.size(); ++node) {
        if (graph.name(node) == from) start = node;
        if (graph.name(node) == to) end = node;
    }
    std::string text;
    for (const Node node : introduction(graph, start, end))
        text += (text.empty() ? "" : "-") + graph.name(node);
    return text;
}

}  // namespace

TEST_CASE("the shortest way, whichever way the links go") {
    CHECK(way({{"kim", "ada"}, {"kim", "lou"}, {"ada", "x"}, {"x", "y"}, {"y", "lou"}}, "ada", "lou") ==
          "ada-kim-lou");
    CHECK(way({{"ada", "lou"}, {"ada", "kim"}, {"kim", "lou"}}, "ada", "lou") == "ada-lou");
    CHECK(way({{"ada", "kim"}}, "ada", "ada") == "ada");
}

TEST_CASE("of two as short, the one whose weakest link is stronger") {
    const std::vector<Link> links{{"ada", "kim", 9}, {"kim", "lou", 1}, {"ada", "sam", 3}, {"sam", "lou", 3}};
    CHECK(way(links, "ada", "lou") == "ada-sam-lou");
    CHECK(way({{"ada", "kim", 2}, {"kim", "lou", 2}, {"ada", "sam", 2}, {"sam", "lou", 2}}, "ada", "lou") ==
          "ada-kim-lou");
}

TEST_CASE("nobody leads there") {
    CHECK(way({{"ada", "kim"}, {"sam", "lou"}}, "ada", "lou") == "");
}
