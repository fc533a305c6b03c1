#include "bot/cli/command_line.hpp"

#include <cstdlib>

#include "bot/cli/declare.hpp"

namespace rapport::cli {

CommandLine::CommandLine()
    : app{"Rapport listens where your community talks, and asks the right person of your team to answer in "
          "person.",
          "rapport"} {
    app.fallthrough();
    app.require_subcommand(1);
    app.set_help_flag("-h,--help", "Show what can be said here");
    app.footer(examples("  rapport check                          is everything ready?\n"
                        "  rapport serve                          run until Ctrl-C\n"
                        "  rapport people list --help             every command explains itself\n") +
               "\nExit codes: 0 fine, 1 it failed or found problems, 2 wrong usage, 3 nothing found.");
    add_globals();
    // In the order in which `--help` shows them.
    declare_serve(*this);
    declare_replay(*this);
    declare_backtest(*this);
    declare_check(*this);
    declare_rules(*this);
    declare_alerts(*this);
    declare_people(*this);
    declare_team(*this);
    declare_slack(*this);
    declare_report(*this);
    declare_network(*this);
    declare_models(*this);
    declare_small(*this);
}

CLI::App* CommandLine::command(CLI::App& parent, const std::string& name, const std::string& description,
                               const std::string& footer, std::function<int(const Context&)> run) {
    CLI::App* added = parent.add_subcommand(name, description);
    added->require_subcommand(0);
    added->footer(examples(footer));
    added->callback([this, run = std::move(run)] { action = run; });
    return added;
}

CLI::App* CommandLine::group(CLI::App& parent, const std::string& name, const std::string& description,
                             const std::string& footer) {
    CLI::App* added = parent.add_subcommand(name, description);
    added->require_subcommand(1);
    added->footer(examples(footer));
    return added;
}

void CommandLine::add_json(CLI::App* app_of, const std::string& what) {
    app_of->add_flag("--json", json, what);
}

void CommandLine::add_globals() {
    // ./run may be called from anywhere: it says where the checkout is.
    if (const char* home = std::getenv("RAPPORT_HOME"))
        places.config = std::filesystem::path{home} / "config";
    app.add_option(
           "--config", places.config,
           "Folder with rapport.yaml, team.yaml and rules.yaml (default: config, or RAPPORT_HOME/config)")
        ->type_name("DIR")
        ->take_last();
    app.add_option_function<std::string>(
           "--rules", [this](const std::string& file) { places.rules = file; }, "Instead of rules.yaml there")
        ->type_name("FILE")
        ->take_last();
    app.add_option_function<std::string>(
           "--team", [this](const std::string& file) { places.team = file; }, "Instead of team.yaml there")
        ->type_name("FILE")
        ->take_last();
    app.add_option_function<std::string>(
           "--store,--data", [this](const std::string& file) { places.store = file; },
           "The database, instead of store.path of rapport.yaml")
        ->type_name("FILE")
        ->take_last();
    app.add_option("--zone", zone,
                   "Show times by this clock, such as Europe/Berlin (default: this machine's)")
        ->type_name("ZONE")
        ->take_last();
}

CommandTree tree_of(const CLI::App& app) {
    CommandTree tree;
    tree.name = app.get_name();
    tree.description = app.get_description();
    for (const CLI::Option* option : app.get_options()) {
        const std::string type = option->get_type_name();
        const bool file = type == "FILE" || type == "DIR";
        CommandOption one;
        for (const std::string& name : option->get_snames()) one.names.push_back("-" + name);
        for (const std::string& name : option->get_lnames()) one.names.push_back("--" + name);
        if (one.names.empty()) {
            tree.takes_files = tree.takes_files || file;
            continue;
        }
        one.description = option->get_description();
        one.takes_value = option->get_items_expected_max() > 0;
        one.file = file;
        tree.options.push_back(std::move(one));
    }
    for (const CLI::App* child : app.get_subcommands([](const CLI::App*) { return true; }))
        tree.commands.push_back(tree_of(*child));
    return tree;
}

}  // namespace rapport::cli
