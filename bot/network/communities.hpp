#pragma once

// Who belongs together: parts of the graph with more links inside than chance would give them.

#include <vector>

#include "bot/network/graph.hpp"

namespace rapport::network {

struct Communities {
    std::vector<std::uint32_t> of{};  ///< By Node: 0 is the largest; of equals, the one with the first node.
    std::size_t count = 0;
    /// How many more links stay inside than by chance, -0.5 to 1 (Newman and Girvan 2004).
    double modularity = 0;
};

/// Moves each node where modularity gains most, then takes what stands together as one node and begins again
/// (Blondel, Guillaume, Lambiotte and Lefebvre 2008). Of the undirected graph, by its weights. Nodes are gone
/// through in their order, so the same graph gives the same communities.
Communities communities_of(const Graph& graph);

}  // namespace rapport::network
