#pragma once

// Who is asked (design §2.2, §7): the owner, then the strongest tie, then who is on duty; past those who are
// away, out of hours or full. Every candidate's reasons, for and against, are kept.

#include <span>
#include <string>
#include <vector>

#include "bot/alerts/world.hpp"

namespace rapport {

/// Where a request goes, and why.
struct Route {
    std::string staffer{};  ///< Empty with `hold_until == never`: the team's channel.
    Time hold_until{};      ///< Not `never`: nobody works now; try again then.
    std::vector<std::string>
        why{};  ///< A line for each candidate: "Ada Winter: owner. Away until Mon 09:00."
};

/// A chain that would hold longer than this ends in the team's channel instead.
inline constexpr std::chrono::days longest_hold{14};

/// Chooses among the targets of `ask` (as rules::to_string writes them), in order, leaving out the staffers
/// in `except`. With Urgency::high working hours do not matter; being away does.
Route choose_route(const Deciding& deciding, const PersonView& person, std::span<const std::string> ask,
                   std::span<const std::string> except, Urgency urgency);

}  // namespace rapport
