#pragma once

// What a node's place in the graph is worth: how much it is listened to, how much it connects, how close it
// is to all others. By the definitions of networkx 3.6, with which the values agree.

#include <optional>
#include <vector>

#include "bot/network/graph.hpp"

namespace rapport::network {

struct NodeValues {
    /// Brin and Page 1998, along the links by their weights, damping 0.85; all of them sum to 1.
    double pagerank = 0;
    /// The part of all shortest ways between two others that lead through it (Freeman 1977), 0 to 1.
    double betweenness = 0;
    /// One over the mean distance to whoever can be reached, times the part of all that can be (Wasserman
    /// and Faust 1994), 0 to 1.
    double closeness = 0;
    /// The largest k for which it belongs to a part in which each has k neighbours (Seidman 1983).
    std::uint32_t core = 0;
    /// How many of the pairs of its neighbours know each other, 0 to 1 (Watts and Strogatz 1998).
    double clustering = 0;
    double strength = 0;  ///< The sum of the weights of its links.
    /// How much its neighbours are one circle (Burt 1992); empty: it has none.
    std::optional<double> constraint{};
};

/// Betweenness and closeness look at shortest ways from each node to each; in a graph in which that takes
/// more than `most_steps` they are estimated from so many starts, evenly spread over the nodes, as these
/// allow.
struct Effort {
    std::uint64_t most_steps = 1'000'000'000;  ///< One step goes along one link; about twenty nanoseconds.
};

struct Values {
    std::vector<NodeValues> nodes{};  ///< By Node.
    std::size_t starts = 0;           ///< From so many nodes all shortest ways were gone.
    bool estimated = false;           ///< Betweenness and closeness, because `starts` is less than all.
};

/// Betweenness, closeness, core, clustering and constraint are those of the simple undirected graph without
/// weights. The same graph and effort give the same values to the last bit.
Values values_of(const Graph& graph, const Effort& effort = {});

}  // namespace rapport::network
