#include "bot/network/read_links.hpp"

#include <sstream>

#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::network;

namespace {

Result<ReadLinks> read(const std::string& text) {
    std::istringstream in{text};
    return read_links(in, "links.tsv");
}

}  // namespace

TEST_CASE("links are read, with their weights, whatever ends the lines") {
    const ReadLinks links = read("# who replied\na\tb\t3\r\n\nb\tc\nc\ta\t0.5").value();
    REQUIRE(links.links.size() == 3);
    CHECK(links.directed);
    CHECK(links.links[0].weight == 3);
    CHECK(links.links[1].weight == 1);
    CHECK(links.links[2].to == "a");
    CHECK(links.links[2].weight == 0.5);
    CHECK_FALSE(read("# undirected; source\ttarget\na\tb\n").value().directed);
    CHECK(read("a\tb\n# undirected\n").value().directed);
    CHECK(read("").value().links.empty());
}

TEST_CASE("a line that is no link is told by its number") {
    const auto wrong = [](const std::string& text) { return read(text).error().what; };
    CHECK(wrong("a\tb\nalone\n") == "links.tsv:2: two names belong here, with a tab between them.");
    CHECK(wrong("\tb\n") == "links.tsv:1: two names belong here, with a tab between them.");
    for (const char* weight : {"x", "0", "-1", "1 ", "inf", "nan", "1e999"})
        CHECK(wrong(std::string("a\tb\t") + weight) ==
              "links.tsv:1: the weight, behind the second tab, is a number above zero.");
    CHECK(wrong(std::string(2'000, 'a') + "\tb") == "links.tsv:1: a name has more than 1024 bytes.");
}
