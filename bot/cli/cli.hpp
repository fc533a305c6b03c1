#pragma once

#include <string>
#include <vector>

#include "bot/cli/terminal.hpp"

namespace rapport::cli {

/// Runs one command: `arguments` are those after the program's name. Returns the exit code:
/// 0 fine, 1 it failed or found problems, 2 wrong usage, 3 there is nothing like what was asked for.
int run(const std::vector<std::string>& arguments, Terminal& terminal);

}  // namespace rapport::cli
