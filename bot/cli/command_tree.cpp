#include "bot/cli/command_tree.hpp"

#include "bot/cli/command_line.hpp"

namespace rapport::cli {

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
