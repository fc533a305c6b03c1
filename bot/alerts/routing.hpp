#pragma once

// Who is asked (design §2.2, §7): the owner, then the strongest tie, who knows about it, who is on duty; past
// those who are away, out of hours, not to be disturbed or full, and past those whom another one suits
// better: who may read it, has an account there, speaks the language. Every candidate's reasons, for and
// against, are kept.

#include <span>
#include <string>
#include <vector>

#include "bot/alerts/world.hpp"

namespace rapport {

/// Where a request goes, and why.
struct Route {
    std::string staffer{};  ///< Empty with `hold_until == never`: the team's channel.
    Time hold_until{};      ///< Not `never`: nobody works now; try again then.
    bool queued = false;    ///< It is held for want of room: somebody works, but has enough.
    std::vector<std::string>
        why{};  ///< A line for each candidate: "Ada Winter: owner. Away until Mon 09:00."
};

/// A chain that would hold longer than this, or until the alert has expired, ends in the team's channel
/// instead.
inline constexpr std::chrono::days longest_hold{14};
/// So long at most is waited for somebody of the chain who suits better than those who are there now: a
/// weekend.
inline constexpr std::chrono::days longest_preference{3};

/// Chooses for the alert among the targets of `ask` (as rules::to_string writes them), in order, leaving out
/// whom the alert has asked already. With Urgency::high working hours do not matter; being away and not to be
/// disturbed does. What the alert quotes must be loaded, with the channels and conversations around it.
Route choose_route(const Deciding& deciding, const PersonView& person, const AlertRow& alert,
                   std::span<const std::string> ask);

/// The staffer was given the account's alert: it counts against `Staffer::relationships` for a week.
void note_given(StafferRow& row, AccountId about, Time now);

}  // namespace rapport
