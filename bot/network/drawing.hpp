#pragma once

// The talk network in the two languages that drawing programs read: GraphML (graphml.graphdrawing.org, 1.0)
// and Graphviz's DOT.

#include <ostream>
#include <span>

#include "bot/network/talk.hpp"

namespace rapport::network {

/// Somebody in a drawing. `community` as in communities.hpp.
struct Drawn {
    Talker who{};
    std::uint32_t community = 0;
};

/// `exchanges` number `people`. Nodes have name, staff and community, links have messages, lift,
/// closeness and topics. Control
/// characters, which XML cannot hold, are left out of names.
void write_graphml(std::ostream& out, std::span<const Drawn> people, std::span<const Exchange> exchanges);
void write_dot(std::ostream& out, std::span<const Drawn> people, std::span<const Exchange> exchanges);

inline constexpr std::size_t most_topics_drawn = 5;

/// "quic, ipv6": the most frequent ones, at most `most_topics_drawn`.
std::string topics_text(const Exchange& exchange);

}  // namespace rapport::network
