#pragma once

// Who could introduce one to another.

#include <vector>

#include "bot/network/graph.hpp"

namespace rapport::network {

/// The shortest way from `from` to `to`, both ends in it; of several the one whose weakest link is strongest,
/// and of those the one of the nodes that the graph named first. Empty: there is none. Over `around()`.
std::vector<Node> introduction(const Graph& graph, Node from, Node to);

}  // namespace rapport::network
