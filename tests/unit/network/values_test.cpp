#include "bot/network/values.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "support/catch.hpp"

using namespace rapport::network;

namespace {

/// "ab bc" : a-b, b-c.
Graph undirected(const std::vector<std::string>& pairs) {
    std::vector<Link> links;
    for (const std::string& pair : pairs) links.push_back({pair.substr(0, 1), pair.substr(1), 1});
    return Graph{links, false};
}

const NodeValues& value_of(const Graph& graph, const Values& values, const std::string& name) {
    for (Node node = 0; node < graph.size(); ++node)
        if (graph.name(node) == name) return values.nodes[node];
    throw std::runtime_error("no node " + name);
}

/// Slow and plain: all distances and numbers of shortest ways, by Floyd and Warshall.
struct Plain {
    explicit Plain(const Graph& graph) : size(graph.size()) {
        distance.assign(size, std::vector<double>(size, INFINITY));
        known.assign(size, std::vector<bool>(size, false));
        for (Node a = 0; a < size; ++a) {
            distance[a][a] = 0;
            for (const Node b : graph.around().of(a)) {
                distance[a][b] = 1;
                known[a][b] = true;
            }
        }
        for (std::size_t k = 0; k < size; ++k)
            for (std::size_t a = 0; a < size; ++a)
                for (std::size_t b = 0; b < size; ++b)
                    distance[a][b] = std::min(distance[a][b], distance[a][k] + distance[k][b]);
        count.assign(size, std::vector<double>(size, 0));
        for (std::size_t a = 0; a < size; ++a) {
            std::vector<std::size_t> order;
            for (std::size_t b = 0; b < size; ++b)
                if (std::isfinite(distance[a][b])) order.push_back(b);
            std::sort(order.begin(), order.end(),
                      [&](std::size_t x, std::size_t y) { return distance[a][x] < distance[a][y]; });
            count[a][a] = 1;
            for (const std::size_t b : order)
                for (std::size_t before = 0; before < size; ++before)
                    if (b != a && known[before][b] && distance[a][before] + 1 == distance[a][b])
                        count[a][b] += count[a][before];
        }
    }
    double betweenness(std::size_t node) const {
        double sum = 0;
        for (std::size_t a = 0; a < size; ++a)
            for (std::size_t b = 0; b < size; ++b) {
                if (a == b || a == node || b == node || !std::isfinite(distance[a][b])) continue;
                if (distance[a][node] + distance[node][b] == distance[a][b])
                    sum += count[a][node] * count[node][b] / count[a][b];
            }
        return size > 2 ? sum / (double(size - 1) * double(size - 2)) : 0;
    }
    double closeness(std::size_t node) const {
        double sum = 0, reached = 0;
        for (std::size_t b = 0; b < size; ++b)
            if (b != node && std::isfinite(distance[node][b])) {
                sum += distance[node][b];
                ++reached;
            }
        return sum > 0 ? reached / sum * reached / double(size - 1) : 0;
    }
    double clustering(std::size_t node) const {
        double pairs = 0, closed = 0;
        for (std::size_t a = 0; a < size; ++a)
            for (std::size_t b = 0; b < size; ++b)
                if (a != b && known[node][a] && known[node][b]) {
                    ++pairs;
                    closed += known[a][b] ? 1 : 0;
                }
        return pairs > 0 ? closed / pairs : 0;
    }
    /// The largest k whose part, after all with fewer neighbours are gone again and again, still has it.
    std::uint32_t core(std::size_t node) const {
        for (std::uint32_t k = 1;; ++k) {
            std::set<std::size_t> left;
            for (std::size_t a = 0; a < size; ++a) left.insert(a);
            const auto weak = [&](std::size_t a) {
                return std::count_if(left.begin(), left.end(), [&](std::size_t b) { return known[a][b]; }) <
                       std::int64_t(k);
            };
            for (bool gone = true; gone;) gone = std::erase_if(left, weak) > 0;
            if (!left.contains(node)) return k - 1;
        }
    }
    std::size_t size;
    std::vector<std::vector<double>> distance{}, count{};
    std::vector<std::vector<bool>> known{};
};

Graph random_graph(unsigned seed, std::size_t nodes, std::size_t links) {
    std::mt19937 random{seed};
    std::vector<Link> all;
    for (std::size_t i = 0; i < links; ++i)
        all.push_back(
            {std::to_string(random() % nodes), std::to_string(random() % nodes), double(1 + random() % 5)});
    return Graph{all, random() % 2 == 0};
}

}  // namespace

TEST_CASE("a chain of three: whoever stands in the middle connects the others") {
    const Graph graph = undirected({"ab", "bc"});
    const Values values = values_of(graph);
    CHECK_FALSE(values.estimated);
    const NodeValues& middle = value_of(graph, values, "b");
    CHECK(middle.betweenness == Approx(1));
    CHECK(middle.closeness == Approx(1));
    CHECK(middle.core == 1);
    CHECK(middle.clustering == 0);
    CHECK(middle.strength == 2);
    CHECK(middle.constraint.value() == Approx(0.5));
    const NodeValues& end = value_of(graph, values, "a");
    CHECK(end.betweenness == 0);
    CHECK(end.closeness == Approx(2.0 / 3));
    CHECK(end.constraint.value() == Approx(1));
    CHECK(end.pagerank < middle.pagerank);
}

TEST_CASE("a triangle: all know all") {
    const Graph graph = undirected({"ab", "bc", "ca"});
    for (const NodeValues& one : values_of(graph).nodes) {
        CHECK(one.pagerank == Approx(1.0 / 3));
        CHECK(one.betweenness == 0);
        CHECK(one.closeness == Approx(1));
        CHECK(one.core == 2);
        CHECK(one.clustering == Approx(1));
        CHECK(one.constraint.value() == Approx(1.125));
    }
}

TEST_CASE("links that come twice add up, a link to oneself counts as strength alone") {
    const Graph graph{{{"a", "b", 2}, {"a", "b", 3}, {"b", "a", 1}, {"a", "a", 4}}, true};
    CHECK(graph.along().of(0).size() == 2);
    CHECK(graph.around().of(0).size() == 1);
    CHECK(graph.strength(0) == 14);
    CHECK(graph.strength(1) == 6);
    const Values values = values_of(graph);
    CHECK(values.nodes[0].core == 1);
    CHECK(values.nodes[1].constraint.value() == Approx(1));
}

TEST_CASE("nobody, and one alone") {
    CHECK(values_of(Graph{{}, true}).nodes.empty());
    const Graph graph{{{"a", "a", 1}}, true};
    const Values values = values_of(graph);
    CHECK(values.nodes.at(0).pagerank == Approx(1));
    CHECK(values.nodes.at(0).closeness == 0);
    CHECK_FALSE(values.nodes.at(0).constraint.has_value());
}

TEST_CASE("in any graph the values are those of the slow and plain way") {
    for (unsigned seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        const Graph graph = random_graph(seed, 4 + seed % 23, 3 + seed * 3 % 70);
        const Plain plain{graph};
        const Values values = values_of(graph);
        double ranks = 0;
        for (Node node = 0; node < graph.size(); ++node) {
            const NodeValues& one = values.nodes[node];
            CHECK(one.betweenness == Approx(plain.betweenness(node)).margin(1e-12));
            CHECK(one.closeness == Approx(plain.closeness(node)).margin(1e-12));
            CHECK(one.clustering == Approx(plain.clustering(node)).margin(1e-12));
            CHECK(one.core == plain.core(node));
            ranks += one.pagerank;
        }
        CHECK(ranks == Approx(1));
    }
}

TEST_CASE("from fewer starts the values are estimated, and not far off") {
    const Graph graph = random_graph(7, 400, 2'000);
    const Values exact = values_of(graph);
    Effort small;
    small.most_steps = 200 * (graph.size() + graph.around().count());
    const Values rough = values_of(graph, small);
    CHECK(rough.estimated);
    CHECK(rough.starts == 200);
    double off = 0, sum = 0;
    for (Node node = 0; node < graph.size(); ++node) {
        off += std::abs(rough.nodes[node].betweenness - exact.nodes[node].betweenness);
        sum += exact.nodes[node].betweenness;
        CHECK(rough.nodes[node].closeness == Approx(exact.nodes[node].closeness).epsilon(0.1));
        CHECK(rough.nodes[node].pagerank == exact.nodes[node].pagerank);
    }
    CHECK(off < 0.25 * sum);
}
