#pragma once

// Who is connected with whom, as a graph that can be gone through millions of times.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace rapport::network {

using Node = std::uint32_t;

/// One connection; several between the same two add up.
struct Link {
    std::string from{};
    std::string to{};
    double weight = 1;  ///< Above zero.
};

/// Neighbours of all nodes, one after the other in memory.
class Neighbours {
public:
    struct Pair {
        Node from = 0, to = 0;
        double weight = 1;
    };
    /// `pairs` in any order; the same two more than once become one with the sum of the weights.
    Neighbours(std::vector<Pair> pairs, std::size_t nodes);

    /// Rising.
    std::span<const Node> of(Node node) const {
        return {to_.data() + begin_[node], to_.data() + begin_[node + 1]};
    }
    /// Of `of(node)`, one by one.
    std::span<const double> weights(Node node) const {
        return {weight_.data() + begin_[node], weight_.data() + begin_[node + 1]};
    }
    std::size_t count() const { return to_.size(); }

private:
    std::vector<std::size_t> begin_;
    std::vector<Node> to_{};
    std::vector<double> weight_{};
};

/// Immutable. Nodes are numbered in the order in which the links first name them.
class Graph {
public:
    /// Undirected: each link goes both ways.
    Graph(const std::vector<Link>& links, bool directed);

    std::size_t size() const { return names_.size(); }
    const std::string& name(Node node) const { return names_[node]; }
    bool directed() const { return directed_; }

    /// With weights, along the links.
    const Neighbours& along() const { return along_; }
    /// Whoever is linked in either direction; without loops, each once.
    const Neighbours& around() const { return around_; }
    /// The sum of the weights of all links of the node, in both directions.
    double strength(Node node) const { return strength_[node]; }

private:
    /// Fills names and strengths, and gives the links by number.
    std::vector<Neighbours::Pair> numbered(const std::vector<Link>& links);

    bool directed_;
    std::vector<std::string> names_{};
    std::vector<double> strength_{};
    Neighbours along_;
    Neighbours around_;
};

}  // namespace rapport::network
