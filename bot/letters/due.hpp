#pragma once

// Which letters are due. An id makes each of them once-only: what has been decided under it is not decided
// again, so it does no harm to find a letter twice.

#include <map>

#include "bot/letters/desk.hpp"
#include "bot/pipeline/input.hpp"

namespace rapport::letters {

/// Whose morning has been looked at: only saves work, for ids tell what was sent.
using Mornings = std::map<std::string, std::chrono::year_month_day>;

/// A staffer's letters come between the first working minute of their day and this much later.
inline constexpr std::chrono::hours morning{2};
/// At one look.
inline constexpr std::size_t most_letters = 50;

/// What is due at `desk.now`:
/// - "digest:ada:2026-11-23" in each staffer's morning, if there is anything to say;
/// - "rhythm:ACCOUNT:LAST-CONTACT" in the morning of who is to keep up a close relationship (depth close or
///   deeper) that is silent for longer than `letters.rhythm_factor` times its rhythm. Any contact makes a new
///   id, so there is one for each silence;
/// - "succession:ada:WHEN" in the lead's morning, once a staffer has left whose relationships need somebody;
/// - "weekly:2026-W47" in the lead's first working morning of a week, to the team's channel.
/// Without a lead, the first staffer's clock counts, and who takes over is asked in the team's channel.
std::vector<SendLetter> due_letters(WritingDesk& desk, Mornings& seen);

}  // namespace rapport::letters
