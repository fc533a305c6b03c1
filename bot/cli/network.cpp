// `rapport network`: what each node's place in a graph is worth.

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <numeric>
#include <ostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/files.hpp"
#include "bot/cli/text.hpp"
#include "bot/network/communities.hpp"
#include "bot/network/read_links.hpp"
#include "bot/network/values.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;
using network::Node;
using network::NodeValues;

/// Node by node, for a graph may be larger than what one would hold twice.
void print_nodes(std::ostream& out, const network::Graph& graph, const network::Values& values,
                 const network::Communities& found) {
    out << R"({"nodes":{)";
    for (Node node = 0; node < graph.size(); ++node) {
        const NodeValues& one = values.nodes[node];
        json::object object{{"pagerank", one.pagerank},     {"betweenness", one.betweenness},
                            {"closeness", one.closeness},   {"core", one.core},
                            {"clustering", one.clustering}, {"strength", one.strength},
                            {"community", found.of[node]}};
        object["constraint"] = one.constraint ? json::value(*one.constraint) : json::value(nullptr);
        out << (node > 0 ? "," : "") << json::serialize(json::string(graph.name(node))) << ':'
            << json::serialize(object);
    }
    out << R"(},"directed":)" << (graph.directed() ? "true" : "false") << R"(,"estimated":)"
        << (values.estimated ? "true" : "false") << R"(,"starts":)" << values.starts << R"(,"communities":)"
        << found.count << R"(,"modularity":)" << found.modularity << "}\n";
}

std::string value_text(double value) {
    return fmt::format("{:.4f}", value);
}

void print_best(std::ostream& out, const network::Graph& graph, const network::Values& values,
                const network::Communities& found) {
    constexpr std::size_t most = 20;
    std::vector<Node> order(graph.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](Node a, Node b) { return values.nodes[a].pagerank > values.nodes[b].pagerank; });
    std::vector<std::vector<std::string>> rows{
        {"NAME", "PAGERANK", "BETWEENNESS", "CLOSENESS", "CORE", "CLUSTERING", "COMMUNITY"}};
    for (std::size_t i = 0; i < std::min(most, order.size()); ++i) {
        const NodeValues& one = values.nodes[order[i]];
        rows.push_back({graph.name(order[i]), value_text(one.pagerank), value_text(one.betweenness),
                        value_text(one.closeness), std::to_string(one.core), value_text(one.clustering),
                        std::to_string(found.of[order[i]])});
    }
    out << table(rows);
    if (order.size() > most) out << fmt::format("... and {} more; --json shows all.\n", order.size() - most);
    out << fmt::format("{}, modularity {}.\n",
                       found.count == 1 ? "1 community" : fmt::format("{} communities", found.count),
                       value_text(found.modularity));
    if (values.estimated)
        out << fmt::format("Betweenness and closeness are estimated from {} of {} starts.\n", values.starts,
                           graph.size());
}

}  // namespace

int network_values(const Context& context, const NetworkCommand& options) {
    std::ifstream file = opened(options.edges);
    network::ReadLinks read = must(network::read_links(file, options.edges.string()));
    const bool directed = options.undirected ? false : options.directed || read.directed;
    const network::Graph graph{read.links, directed};
    read = {};
    network::Effort effort;
    effort.most_steps = options.most_steps;
    const network::Values values = network::values_of(graph, effort);
    const network::Communities found = network::communities_of(graph);
    if (context.json)
        print_nodes(context.terminal.out, graph, values, found);
    else
        print_best(context.terminal.out, graph, values, found);
    return int(Exit::fine);
}

}  // namespace rapport::cli
