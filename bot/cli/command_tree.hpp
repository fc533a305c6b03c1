#pragma once

// The commands as data: for completion and for "did you mean". Made from the command line's own declarations,
// so neither can say anything that is not so.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::cli {

struct CommandOption {
    std::vector<std::string> names{};  ///< "-n", "--limit".
    std::string description{};
    bool takes_value = false;
    bool file = false;  ///< The value is a file or folder.
};

struct CommandTree {
    std::string name{};
    std::string description{};
    std::vector<CommandOption> options{};
    std::vector<CommandTree> commands{};
    bool takes_files = false;
};

/// What is wrong with `arguments`, if it is a word that is nearly known: `There is no command "alrts". Did
/// you mean "alerts"?`. Empty if nothing unknown is found. Options of the root may stand anywhere.
std::string what_was_meant(const CommandTree& root, std::span<const std::string> arguments);

enum class Shell { bash, zsh, fish };
/// A script that lets the shell complete commands and options.
std::string completion_script(const CommandTree& root, Shell shell);

}  // namespace rapport::cli
