#pragma once

// The values of values.hpp, one by one.

#include "bot/network/values.hpp"

namespace rapport::network {

/// By power iteration, until a round changes less than 1e-13 in all, at most 1,000 rounds. Whoever links to
/// nobody shares with all.
std::vector<double> pageranks(const Graph& graph);

/// Batagelj and Zaversnik 2003: takes the node with the fewest neighbours away, again and again.
std::vector<std::uint32_t> cores(const Neighbours& around, std::size_t nodes);

struct Circle {
    double clustering = 0;
    std::optional<double> constraint{};
};
/// Both from the triangles that the node is in.
std::vector<Circle> circles(const Neighbours& around, std::size_t nodes);

struct Ways {
    std::vector<double> betweenness{}, closeness{};
};
/// Brandes 2001, from each of `starts`, which are evenly spread; with all nodes as starts it is exact.
Ways ways(const Neighbours& around, std::size_t nodes, std::size_t starts);

}  // namespace rapport::network
