#include "bot/network/talk.hpp"

#include <sstream>

#include "bot/network/drawing.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace rapport::network;
using namespace std::chrono_literals;

namespace {

constexpr Time noon = Time{} + 12h;

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("what one says to another adds up, each way by itself, and topics by how often") {
    Talk talk;
    const Node ada = talk.person({"ada", "Ada Winter", true});
    const Node kim = talk.person({"chat:home:kim", "Kim", false});
    CHECK(talk.person({"ada", "another name", false}) == ada);
    talk.said(kim, ada, noon, Words{"quic"});
    talk.said(kim, ada, noon + 1h, Words{"ipv6", "quic"});
    talk.said(kim, ada, noon + 30min, Words{"dns"});
    talk.said(ada, kim, noon, Words{});
    talk.said(kim, kim, noon, Words{"quic"});
    const std::vector<Exchange> all = talk.exchanges();
    REQUIRE(all.size() == 2);
    CHECK(all[0].from == ada);
    CHECK(all[1].messages == 3);
    CHECK(all[1].last == noon + 1h);
    CHECK(topics_text(all[1]) == "quic, dns, ipv6");
    CHECK(talk.people()[ada].name == "Ada Winter");
    const Graph graph = graph_of(talk.people(), all);
    CHECK(graph.size() == 2);
    CHECK(graph.strength(0) == 4);
}

TEST_CASE("of two people a bounded number of topics is counted") {
    Talk talk;
    const Node ada = talk.person({"ada"}), kim = talk.person({"kim"});
    for (std::size_t i = 0; i < 2 * max_topics_of_two; ++i)
        talk.said(ada, kim, noon, Words{"t" + std::to_string(i), "t0"});
    const std::vector<Exchange> all = talk.exchanges();
    CHECK(all[0].topics.size() == max_topics_of_two);
    CHECK(all[0].topics[0] == std::pair<std::string, std::uint32_t>{"t0", 401});
}

TEST_CASE("names that XML or DOT would take for their own stay names") {
    const std::vector<Drawn> people{{{"a", "Kim <\"&\\>\x01", false}, 0}, {{"b", "Ada", true}, 1}};
    const std::vector<Exchange> said{{0, 1, 2, noon, 1.5, 0.25, {{"c++ & <b>", 2}}}};
    std::ostringstream xml, dot;
    write_graphml(xml, people, said);
    write_dot(dot, people, said);
    CHECK_THAT(xml.str(), ContainsSubstring("Kim &lt;&quot;&amp;\\&gt;</data>"));
    CHECK_THAT(xml.str(), ContainsSubstring("source=\"a\" target=\"b\""));
    CHECK_THAT(xml.str(), ContainsSubstring("c++ &amp; &lt;b&gt;"));
    CHECK_THAT(dot.str(), ContainsSubstring("label=\"Kim <\\\"&\\\\>\""));
    CHECK_THAT(
        dot.str(),
        ContainsSubstring("\"a\" -> \"b\" [weight=2, lift=1.5000, closeness=0.2500, label=\"c++ & <b>\"]"));
    CHECK_THAT(dot.str(), ContainsSubstring("\"b\" [label=\"Ada\", community=1, shape=box]"));
}
