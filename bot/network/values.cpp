#include "bot/network/values.hpp"

#include <algorithm>

#include "bot/network/parts.hpp"

namespace rapport::network {

Values values_of(const Graph& graph, const Effort& effort) {
    const std::size_t size = graph.size();
    const std::uint64_t steps_of_one = std::max<std::uint64_t>(1, size + graph.around().count());
    Values values;
    values.starts = std::size_t(
        std::min<std::uint64_t>(size, std::max<std::uint64_t>(1, effort.most_steps / steps_of_one)));
    values.estimated = values.starts < size;
    values.nodes.resize(size);
    const std::vector<double> ranks = pageranks(graph);
    const std::vector<std::uint32_t> core = cores(graph.around(), size);
    const std::vector<Circle> circle = circles(graph.around(), size);
    const Ways way = ways(graph.around(), size, values.starts);
    for (Node node = 0; node < size; ++node)
        values.nodes[node] = {ranks[node],
                              way.betweenness[node],
                              way.closeness[node],
                              core[node],
                              circle[node].clustering,
                              graph.strength(node),
                              circle[node].constraint};
    return values;
}

}  // namespace rapport::network
