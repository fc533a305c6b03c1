#pragma once

// Whether an account looks like a bot that nobody has marked as one: by its own words, its age, and by what
// it repeats. Pure. Each sign has a weight; no sign but the strongest is enough alone.
//
//   0.6  calls itself a bot ("bot" as a word of its own in handle or name)
//   0.5  says the same in three or four places within a day; in five or more: 1
//   0.5  made less than two days ago, and posts a link
//
// From 1 on it is suspected: it raises no alert until somebody on the team has looked. Whom the team knows (a
// role, an owner, a word from a staffer) and whom somebody has looked at is never suspected.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "bot/store/rows.hpp"

namespace rapport {

inline constexpr double suspicion_enough = 1.0;
inline constexpr std::chrono::hours young_account{48};
/// What a young account says waits for so long: a flood shows itself in that time.
inline constexpr std::chrono::minutes young_patience{2};

struct Suspicion {
    double score = 0;
    std::vector<std::string> reasons{};  ///< In words, each with its weight.
    bool enough() const noexcept { return score >= suspicion_enough; }
};

/// Whether `name` has "bot" as a word of its own: "acme-bot", "AcmeBot", "Bot 7"; not "Abbot" or "botany".
bool calls_itself_bot(std::string_view name);

/// Whether the platform tells when it was made, and that was lately.
bool is_young(const AccountRow& account, Time now);

/// Remembers that the account said `text` in `channel`; short texts ("thanks!") are not remembered.
void note_same_text(AccountRow& account, std::string_view text, ChannelId channel, Time at);

/// `has_link`: what it says just now has one.
Suspicion suspect(const AccountRow& account, bool has_link, Time now);

}  // namespace rapport
