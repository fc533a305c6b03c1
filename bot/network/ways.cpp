#include <algorithm>

#include "bot/network/parts.hpp"

namespace rapport::network {

namespace {

constexpr std::uint32_t far = UINT32_MAX;

/// All shortest ways from one start; the memory is kept from start to start.
class FromOne {
public:
    FromOne(const Neighbours& around, std::size_t nodes)
        : around_(around), distance_(nodes, far), ways_(nodes, 0), through_(nodes, 0) {}

    void go(Node start) {
        for (const Node node : order_) {
            distance_[node] = far;
            ways_[node] = through_[node] = 0;
        }
        order_.assign(1, start);
        distance_[start] = 0;
        ways_[start] = 1;
        for (std::size_t i = 0; i < order_.size(); ++i) {
            const Node node = order_[i];
            for (const Node other : around_.of(node)) {
                if (distance_[other] == far) {
                    distance_[other] = distance_[node] + 1;
                    order_.push_back(other);
                }
                if (distance_[other] == distance_[node] + 1) ways_[other] += ways_[node];
            }
        }
    }

    /// Adds to each node the part of the ways from the start that lead through it.
    void add_through(std::vector<double>& betweenness) {
        for (std::size_t i = order_.size(); i-- > 1;) {
            const Node node = order_[i];
            const double part = (1 + through_[node]) / ways_[node];
            for (const Node other : around_.of(node))
                if (distance_[other] + 1 == distance_[node]) through_[other] += ways_[other] * part;
            betweenness[node] += through_[node];
        }
    }

    const std::vector<Node>& reached() const { return order_; }
    std::uint32_t distance(Node node) const { return distance_[node]; }

private:
    const Neighbours& around_;
    std::vector<std::uint32_t> distance_;
    std::vector<double> ways_, through_;
    std::vector<Node> order_{};  ///< As reached: by distance.
};

}  // namespace

Ways ways(const Neighbours& around, std::size_t nodes, std::size_t starts) {
    Ways all{std::vector<double>(nodes, 0), std::vector<double>(nodes, 0)};
    std::vector<double> sum(nodes, 0), seen(nodes, 0);  // of distances from, and of, the starts that reach it
    FromOne from{around, nodes};
    for (std::size_t i = 0; i < starts; ++i) {
        const Node start = Node(i * nodes / starts);
        from.go(start);
        from.add_through(all.betweenness);
        for (const Node node : from.reached()) {
            sum[node] += from.distance(node);
            seen[node] += node == start ? 0 : 1;
        }
    }
    if (starts == 0) return all;
    const double scale = double(nodes) / double(starts), others = double(nodes) - 1;
    for (Node node = 0; node < nodes; ++node) {
        if (nodes > 2) all.betweenness[node] *= scale / (others * (others - 1));
        const double reach = std::min(seen[node] * scale, others);
        if (sum[node] > 0) all.closeness[node] = seen[node] / sum[node] * reach / others;
    }
    return all;
}

}  // namespace rapport::network
