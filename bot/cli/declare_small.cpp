#include <fmt/format.h>

#include <ostream>

#include "bot/cli/command_line.hpp"
#include "bot/cli/declare.hpp"

namespace rapport::cli {

void declare_slack(CommandLine& line) {
    auto& live = line.keep<bool>();
    CLI::App* slack = line.group(line.app, "slack", "Rapport in Slack", "  rapport slack check\n");
    CLI::App* check = line.command(*slack, "check", "Is Slack set up well? Says what to do where it is not",
                                   "  rapport slack check\n  rapport slack check --live\n",
                                   [&live](const Context& c) { return slack_check(c, live); });
    check->add_flag("--live", live,
                    "Also post a line to the alert channel (or the lead), and delete it again");
    line.add_json(check, "One object: ok, reports");
}

void declare_small(CommandLine& line) {
    line.add_json(line.command(line.app, "version", "Which Rapport this is", "  rapport version\n", version),
                  "One object");
    CLI::App* completion =
        line.group(line.app, "completion", "A script that completes commands in your shell",
                   "  source <(rapport completion bash)\n"
                   "  rapport completion fish > ~/.config/fish/completions/rapport.fish\n");
    const auto shell = [&](const char* name, Shell which) {
        line.command(*completion, name, fmt::format("For {}", name),
                     fmt::format("  rapport completion {}\n", name), [&line, which](const Context& context) {
                         context.terminal.out << completion_script(tree_of(line.app), which);
                         return int(Exit::fine);
                     });
    };
    shell("bash", Shell::bash);
    shell("zsh", Shell::zsh);
    shell("fish", Shell::fish);
}

}  // namespace rapport::cli
