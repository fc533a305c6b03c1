#include <fmt/format.h>

#include "adapters/nearest.hpp"
#include "bot/cli/command_tree.hpp"

namespace rapport::cli {

namespace {

const CommandOption* find_option(const CommandTree& command, std::string_view name) {
    for (const CommandOption& option : command.options)
        for (const std::string& one : option.names)
            if (one == name) return &option;
    return nullptr;
}

const CommandTree* find_command(const CommandTree& command, std::string_view name) {
    for (const CommandTree& one : command.commands)
        if (one.name == name) return &one;
    return nullptr;
}

std::string suggest(std::string_view word, const std::vector<std::string_view>& known) {
    const std::string_view meant = nearest(word, known);
    return meant.empty() ? std::string{} : fmt::format(" Did you mean \"{}\"?", meant);
}

std::string unknown_option(std::string_view word, const std::vector<const CommandTree*>& at) {
    std::vector<std::string_view> known;
    for (const CommandTree* command : at)
        for (const CommandOption& option : command->options)
            for (const std::string& name : option.names) known.push_back(name);
    return fmt::format("There is no option \"{}\".{}", word, suggest(word, known));
}

std::string unknown_command(std::string_view word, const CommandTree& at, bool is_root) {
    std::vector<std::string_view> known;
    known.reserve(at.commands.size());
    for (const CommandTree& command : at.commands) known.push_back(command.name);
    return is_root ? fmt::format("There is no command \"{}\".{}", word, suggest(word, known))
                   : fmt::format("\"{}\" has no command \"{}\".{}", at.name, word, suggest(word, known));
}

}  // namespace

std::string what_was_meant(const CommandTree& root, std::span<const std::string> arguments) {
    std::vector<const CommandTree*> at{&root};
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view word = arguments[i];
        if (word == "--") return {};
        if (word.starts_with("--")) {
            const std::string_view name = word.substr(0, word.find('='));
            const CommandOption* option = nullptr;
            for (const CommandTree* command : at) {
                if (const CommandOption* own = find_option(*command, name)) option = own;
            }
            if (!option) return unknown_option(name, at);
            if (option->takes_value && name == word) ++i;
        } else if (!word.starts_with('-') && !at.back()->commands.empty()) {
            const CommandTree* command = find_command(*at.back(), word);
            if (!command) return unknown_command(word, *at.back(), at.size() == 1);
            at.push_back(command);
        }
    }
    return {};
}

}  // namespace rapport::cli
