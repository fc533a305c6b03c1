#include "bot/network/introduction.hpp"

#include <algorithm>
#include <limits>

namespace rapport::network {

namespace {

constexpr std::uint32_t not_reached = UINT32_MAX;

struct Reached {
    std::uint32_t distance = not_reached;
    double weakest = 0;  ///< The weakest link of the best way here.
    Node before = 0;
};

}  // namespace

std::vector<Node> introduction(const Graph& graph, Node from, Node to) {
    std::vector<Reached> reached(graph.size());
    reached[from] = {0, std::numeric_limits<double>::infinity(), from};
    std::vector<Node> order{from};
    // By rising distance, so whoever is one step before has its best way already.
    for (std::size_t i = 0; i < order.size() && reached[order[i]].distance < reached[to].distance; ++i) {
        const Node node = order[i];
        const auto others = graph.around().of(node);
        const auto weights = graph.around().weights(node);
        for (std::size_t k = 0; k < others.size(); ++k) {
            Reached& other = reached[others[k]];
            const double weakest = std::min(reached[node].weakest, weights[k]);
            if (other.distance == not_reached) order.push_back(others[k]);
            const bool is_new = other.distance == not_reached;
            const bool is_level = other.distance == reached[node].distance + 1;
            const bool is_better =
                weakest > other.weakest || (weakest == other.weakest && node < other.before);
            if (is_new || (is_level && is_better)) other = {reached[node].distance + 1, weakest, node};
        }
    }
    if (reached[to].distance == not_reached) return {};
    std::vector<Node> way{to};
    while (way.back() != from) way.push_back(reached[way.back()].before);
    std::reverse(way.begin(), way.end());
    return way;
}

}  // namespace rapport::network
