#pragma once

#include <istream>
#include <string_view>
#include <vector>

#include "adapters/net/error.hpp"
#include "bot/network/graph.hpp"

namespace rapport::network {

struct ReadLinks {
    std::vector<Link> links{};
    bool directed = true;  ///< Unless a comment at the top says "undirected".
};

inline constexpr std::size_t max_links = 20'000'000;
inline constexpr std::size_t max_node_name = 1'024;  ///< In bytes.

/// Lines "from TAB to" or "from TAB to TAB weight"; empty ones and those that begin with '#' are passed over.
/// `file` names it in errors, which tell the line and what should stand there.
Result<ReadLinks> read_links(std::istream& in, std::string_view file);

}  // namespace rapport::network
