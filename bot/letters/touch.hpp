#pragma once

// Whom a staffer is losing touch with (scenario 35).

#include "bot/letters/look.hpp"
#include "bot/people/rhythm.hpp"
#include "bot/pipeline/input.hpp"

namespace rapport::letters {

/// Somebody who has not been heard for longer than is usual between the two.
struct Silent {
    AccountId account{};  ///< Stands for the person.
    AccountKey key{};
    std::string name{};
    Rhythm rhythm{};
    double beyond = 0;  ///< Their silence in units of the usual time.
    bool muted = false;
    Time remind_after{};
};

/// The people whom `staffer` looks after (owner, else strongest tie), of at least that depth, who have been
/// silent for longer than is usual; the longest silence first.
std::vector<Silent> losing_touch(Look& look, const Staffer& staffer, Depth least);

/// "last contact Mon 5 Oct 2026, 14:02; usually about every 2 weeks".
std::string silence_text(const Silent& silent, std::string_view zone);

/// "rhythm:12:1790000000000:0": the person, their last contact, and since when it may come again.
std::string reminder_id(const Silent& silent);

/// The reminder to `staffer`: one for each silence, and one more whenever they have asked for it again.
SendLetter reminder(Look& look, const Staffer& staffer, const Silent& silent);

/// Whether the reminder may be sent now: somebody about whom an alert is open needs none.
bool may_remind(Look& look, const Silent& silent);

}  // namespace rapport::letters
