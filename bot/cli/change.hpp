#pragma once

#include <vector>

#include "bot/cli/context.hpp"
#include "bot/pipeline/input.hpp"

namespace rapport::cli {

/// Has the changes decided and saved: by the Rapport that runs on the store, asked through it and waited for;
/// by this program if none runs. Time does not pass by it: what is due waits for `serve`. Stop if it could
/// not be done.
void make_changes(const Context& context, const std::vector<Input>& changes);

/// "command line (ada)": who is at this terminal.
std::string this_user();

}  // namespace rapport::cli
