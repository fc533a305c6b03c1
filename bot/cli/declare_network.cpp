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

    auto& ties_options = line.keep<TiesCommand>();
    CLI::App* ties = line.command(
        line.app, "ties", "Who is close to whom in a file of messages, and whether that foretells anything",
        "  rapport link-messages channel.jsonl > linked.jsonl\n"
        "  rapport ties linked.jsonl\n\n"
        "  answers    what the two said to one another\n"
        "  lift       how many times as much as their activity alone makes expect; above 1 they seek one "
        "another\n"
        "  closeness  how likely they are to talk again, for comparing",
        [&ties_options](const Context& c) { return show_ties(c, ties_options); });
    ties->add_option("FILE", ties_options.messages,
                     "A message a line, as JSON with id, author and parents; .gz as well")
        ->required()
        ->type_name("FILE");
    ties->add_option("--share", ties_options.share,
                     "How much of the file is known when the rest is foretold (0.7)")
        ->check(CLI::Range(0.0, 1.0))
        ->type_name("0-1");
    ties->add_option("-n,--limit", ties_options.limit, "How many pairs to show (20)")->type_name("COUNT");
    ties->add_option("--seed", ties_options.seed,
                     "Other pairs that never talked, where there are too many (1)")
        ->type_name("NUMBER");
    ties->add_flag("--json", line.json, "One object: ties (all pairs), known and all (the areas)");
}

}  // namespace rapport::cli
