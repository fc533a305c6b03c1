#pragma once

#include <iosfwd>

#include "bot/cli/commands.hpp"

namespace rapport::cli {

/// Makes links.json from the annotated channels of irc_reply, and says how good it is where it has not
/// looked.
void train_links(std::ostream& out, const TrainCommand& options);

}  // namespace rapport::cli
