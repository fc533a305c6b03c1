#include <fmt/format.h>

#include <functional>

#include "bot/cli/command_tree.hpp"

namespace rapport::cli {

namespace {

/// One command with the words that lead to it: "" is the program itself, "/people/show" a command.
struct Place {
    std::string path{};
    const CommandTree* command = nullptr;
};

void gather(const CommandTree& command, const std::string& path, std::vector<Place>& all) {
    all.push_back({path, &command});
    for (const CommandTree& child : command.commands) gather(child, path + "/" + child.name, all);
}

std::vector<Place> places_of(const CommandTree& root) {
    std::vector<Place> all;
    gather(root, "", all);
    return all;
}

/// All options that may stand at a place: its own, then those of the program.
std::vector<const CommandOption*> options_at(const CommandTree& root, const CommandTree& command) {
    std::vector<const CommandOption*> all;
    const auto known = [&](const CommandOption& option) {
        for (const CommandOption* one : all)
            if (one->names == option.names) return true;
        return false;
    };
    for (const CommandTree* from : {&command, &root})
        for (const CommandOption& option : from->options)
            if (!known(option)) all.push_back(&option);
    return all;
}

std::string join(const std::vector<std::string>& words, std::string_view between) {
    return fmt::format("{}", fmt::join(words, between));
}

/// In single quotes; `escape` is what stands for a single quote there.
std::string shell_quoted(std::string_view text, std::string_view escape = "'\\''") {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'')
            out += escape;
        else
            out += c;
    }
    return out + "'";
}

/// A shell pattern that matches every path but the empty one.
std::string all_paths(const std::vector<Place>& places) {
    std::vector<std::string> paths;
    for (const Place& place : places)
        if (!place.path.empty()) paths.push_back(place.path);
    return join(paths, " | ");
}

std::string bash(const CommandTree& root) {
    const std::vector<Place> places = places_of(root);
    std::string cases;
    for (const Place& place : places) {
        std::vector<std::string> words;
        words.reserve(place.command->commands.size());
        for (const CommandTree& child : place.command->commands) words.push_back(child.name);
        std::vector<std::string> file_options;
        std::vector<std::string> value_options;
        for (const CommandOption* option : options_at(root, *place.command))
            for (const std::string& name : option->names) {
                words.push_back(name);
                if (option->takes_value) (option->file ? file_options : value_options).push_back(name);
            }
        cases += fmt::format(
            "        {})\n            words={}\n            file_options={}\n"
            "            value_options={}\n            files={}\n            ;;\n",
            shell_quoted(place.path), shell_quoted(join(words, " ")), shell_quoted(join(file_options, " ")),
            shell_quoted(join(value_options, " ")), place.command->takes_files ? "yes" : "no");
    }
    return fmt::format(R"(# Completion of rapport for bash. For every new shell, in ~/.bashrc:
#   source <(rapport completion bash)
_rapport() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD - 1]}}"
    local at='' word i words file_options value_options files
    for ((i = 1; i < COMP_CWORD; i++)); do
        word="${{COMP_WORDS[i]}}"
        case "$at/$word" in
        {}) at="$at/$word" ;;
        esac
    done
    case "$at" in
{}    esac
    COMPREPLY=()
    if [[ " $value_options " == *" $previous "* ]]; then
        return
    fi
    if [[ " $file_options " == *" $previous "* ]]; then
        files=yes
        words=''
    fi
    if [[ -n "$words" ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    fi
    if [[ "$files" == yes && "$current" != -* ]]; then
        compopt -o filenames 2>/dev/null
        local found
        mapfile -t found < <(compgen -f -- "$current")
        COMPREPLY+=("${{found[@]}}")
    fi
}}
complete -F _rapport rapport
)",
                       all_paths(places), cases);
}

std::string zsh_candidate(std::string_view name, std::string_view description) {
    std::string text;
    for (const char c : name) text += c == ':' ? std::string("\\:") : std::string(1, c);
    return shell_quoted(fmt::format("{}:{}", text, description));
}

std::string zsh(const CommandTree& root) {
    const std::vector<Place> places = places_of(root);
    std::string cases;
    for (const Place& place : places) {
        std::vector<std::string> words;
        words.reserve(place.command->commands.size());
        for (const CommandTree& child : place.command->commands)
            words.push_back(zsh_candidate(child.name, child.description));
        for (const CommandOption* option : options_at(root, *place.command))
            for (const std::string& name : option->names)
                words.push_back(zsh_candidate(name, option->description));
        cases += fmt::format(
            "        {})\n            candidates=(\n                {}\n            )\n"
            "            files={}\n            ;;\n",
            shell_quoted(place.path), join(words, "\n                "),
            place.command->takes_files ? "yes" : "no");
    }
    std::vector<std::string> file_options;
    for (const Place& place : places)
        for (const CommandOption& option : place.command->options)
            if (option.file)
                for (const std::string& name : option.names) file_options.push_back(name);
    return fmt::format(R"(#compdef rapport
# Completion of rapport for zsh. For every new shell, in ~/.zshrc after compinit:
#   source <(rapport completion zsh)
_rapport() {{
    local at='' word files=no
    local -a candidates
    for word in "${{(@)words[2,CURRENT-1]}}"; do
        case "$at/$word" in
        {}) at="$at/$word" ;;
        esac
    done
    case "${{words[CURRENT-1]}}" in
        {}) _files; return ;;
    esac
    case "$at" in
{}    esac
    _describe -V 'rapport' candidates
    [[ $files == yes ]] && _files
}}
if [[ "$funcstack[1]" == _rapport ]]; then
    _rapport "$@"
else
    compdef _rapport rapport
fi
)",
                       all_paths(places), join(file_options, " | "), cases);
}

std::string fish_option(const std::string& path, const CommandOption& option) {
    std::string line = fmt::format("complete -c rapport -n \"__rapport_at '{}'\"", path);
    for (const std::string& name : option.names)
        line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (option.takes_value) line += option.file ? " -r -F" : " -x";
    return line + " -d " + shell_quoted(option.description, "\\'") + "\n";
}

std::string fish(const CommandTree& root) {
    const std::vector<Place> places = places_of(root);
    std::vector<std::string> paths;
    std::string lines;
    for (const Place& place : places) {
        if (!place.path.empty()) paths.push_back(place.path);
        for (const CommandTree& child : place.command->commands)
            lines += fmt::format("complete -c rapport -f -n \"__rapport_at '{}'\" -a {} -d {}\n", place.path,
                                 child.name, shell_quoted(child.description, "\\'"));
        for (const CommandOption* option : options_at(root, *place.command))
            lines += fish_option(place.path, *option);
        if (!place.command->takes_files)
            lines += fmt::format("complete -c rapport -f -n \"__rapport_at '{}'\"\n", place.path);
    }
    return fmt::format(R"(# Completion of rapport for fish. Once:
#   rapport completion fish > ~/.config/fish/completions/rapport.fish
function __rapport_at
    set -l at ''
    set -l known {}
    for word in (commandline -opc)[2..-1]
        if contains -- "$at/$word" $known
            set at "$at/$word"
        end
    end
    test "$at" = "$argv[1]"
end
{})",
                       join(paths, " "), lines);
}

}  // namespace

std::string completion_script(const CommandTree& root, Shell shell) {
    switch (shell) {
        case Shell::bash:
            return bash(root);
        case Shell::zsh:
            return zsh(root);
        case Shell::fish:
            return fish(root);
    }
    return {};
}

}  // namespace rapport::cli
