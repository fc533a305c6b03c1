#pragma once

// Whom a message speaks to by name.

#include "bot/conversations/placer.hpp"

namespace rapport {

/// Notes that the message speaks to `who`, unless that is its author, nobody, or noted already.
void address(Placement& placement, AccountId who, AccountId author);

/// The latest words in `channel.recent`, no older than `window`, of each account that the platform marks as
/// mentioned, in their order. Entries of `channel.recent`.
std::vector<const Recent*> last_of_mentioned(const Placing& placing, std::chrono::milliseconds window);
/// The same of each whom the text names at its start.
std::vector<const Recent*> last_of_named(const Placing& placing, std::chrono::milliseconds window);

/// The author's own latest words in `channel.recent`, no older than `window`; null if there are none.
const Recent* last_own(const Placing& placing, std::chrono::milliseconds window);

}  // namespace rapport
