#include "bot/cli/command_line.hpp"
#include "bot/cli/declare.hpp"

namespace rapport::cli {

void declare_network(CommandLine& line) {
    auto& options = line.keep<NetworkCommand>();
    CLI::App* network =
        line.command(line.app, "network", "What each one's place in a network is worth",
                     "  rapport network replies.tsv             who is listened to, who connects others\n"
                     "  rapport network replies.tsv --json > values.json\n",
                     [&options](const Context& c) { return network_values(c, options); });
    network
        ->add_option("EDGES", options.edges,
                     "A line for each link: from, to and (if not 1) weight, with tabs between")
        ->required()
        ->type_name("FILE");
    CLI::Option* directed = network->add_flag("--directed", options.directed,
                                              "Links go one way (so it is unless a comment at the top says "
                                              "\"undirected\")");
    network->add_flag("--undirected", options.undirected, "Links go both ways")->excludes(directed);
    network
        ->add_option("--most-steps", options.most_steps,
                     "Estimate betweenness and closeness where they take more steps along links (1000000000)")
        ->type_name("COUNT");
    network->add_flag("--json", line.json,
                      "One object: nodes with pagerank, betweenness, closeness, core, clustering, strength, "
                      "constraint, community (0 is the largest); directed, estimated, starts, communities, "
                      "modularity");
}

}  // namespace rapport::cli
