#include "bot/network/communities.hpp"

#include <random>

#include "support/catch.hpp"

using namespace rapport::network;

namespace {

Graph of_links(const std::vector<Link>& links) {
    return Graph{links, false};
}

std::uint32_t community_of(const Graph& graph, const Communities& found, const std::string& name) {
    for (Node node = 0; node < graph.size(); ++node)
        if (graph.name(node) == name) return found.of[node];
    throw std::runtime_error("no node " + name);
}

/// By its definition: the part of the weight inside, less what chance would put there.
double slow_modularity(const Graph& graph, const std::vector<std::uint32_t>& of) {
    std::vector<double> strength(graph.size(), 0);
    double total = 0, sum = 0;
    for (Node a = 0; a < graph.size(); ++a)
        for (const double weight : graph.around().weights(a)) {
            strength[a] += weight;
            total += weight;
        }
    for (Node a = 0; a < graph.size(); ++a)
        for (Node b = 0; b < graph.size(); ++b) {
            if (of[a] != of[b]) continue;
            const auto others = graph.around().of(a);
            const auto at = std::find(others.begin(), others.end(), b);
            if (at != others.end())
                sum += graph.around().weights(a)[std::size_t(at - others.begin())] / total;
            sum -= strength[a] * strength[b] / total / total;
        }
    return sum;
}

/// Groups of ten, each dense inside, with few links between.
Graph groups(std::size_t count, std::uint32_t seed) {
    std::mt19937 random{seed};
    std::vector<Link> links;
    const auto name = [](std::size_t i) { return std::to_string(i); };
    for (std::size_t a = 0; a < 10 * count; ++a)
        for (std::size_t b = 0; b < a; ++b) {
            const std::uint32_t of_hundred = random() % 100;
            if (of_hundred < (a / 10 == b / 10 ? 70U : 2U)) links.push_back({name(a), name(b), 1});
        }
    return of_links(links);
}

}  // namespace

TEST_CASE("two circles that one link joins are two communities, the larger one first") {
    const Graph graph = of_links({{"d", "e"},
                                  {"e", "f"},
                                  {"f", "d"},
                                  {"a", "b"},
                                  {"b", "c"},
                                  {"c", "a"},
                                  {"a", "g"},
                                  {"b", "g"},
                                  {"c", "d"}});
    const Communities found = communities_of(graph);
    CHECK(found.count == 2);
    for (const char* name : {"a", "b", "c", "g"}) CHECK(community_of(graph, found, name) == 0);
    for (const char* name : {"d", "e", "f"}) CHECK(community_of(graph, found, name) == 1);
    CHECK(found.modularity == Approx(slow_modularity(graph, found.of)));
}

TEST_CASE("planted groups are found again, and the modularity is the one that its definition gives") {
    for (const std::uint32_t seed : {1U, 2U, 3U}) {
        const Graph graph = groups(6, seed);
        const Communities found = communities_of(graph);
        CHECK(found.count == 6);
        for (std::size_t i = 0; i < 60; ++i)
            CHECK(community_of(graph, found, std::to_string(i)) ==
                  community_of(graph, found, std::to_string(i / 10 * 10)));
        CHECK(found.modularity == Approx(slow_modularity(graph, found.of)));
    }
}

TEST_CASE("weights count: a strong tie holds where links alone would part") {
    const std::vector<Link> square{{"a", "b", 10}, {"b", "c", 1}, {"c", "d", 10}, {"d", "a", 1}};
    const Graph graph = of_links(square);
    const Communities found = communities_of(graph);
    CHECK(found.count == 2);
    CHECK(community_of(graph, found, "a") == community_of(graph, found, "b"));
    CHECK(community_of(graph, found, "c") == community_of(graph, found, "d"));
}

TEST_CASE("nobody, and somebody who only talks to themselves") {
    CHECK(communities_of(of_links({})).count == 0);
    const Communities alone = communities_of(of_links({{"a", "a"}}));
    CHECK(alone.count == 1);
    CHECK(alone.modularity == 0);
}
