#pragma once

// Whom a staffer loses touch with (scenario 35).

#include "bot/letters/desk.hpp"
#include "bot/people/rhythm.hpp"

namespace rapport::letters {

/// Somebody who has been silent with a staffer for longer than is usual between the two.
struct Silence {
    AccountId account{};
    AccountKey key{};
    std::string name{};
    Depth depth = Depth::stranger;
    bool keeper = false;  ///< The staffer is who is to keep up this relationship.
    Time last{};          ///< Their last contact.
    std::chrono::milliseconds rhythm{};
    double times = 0;  ///< The silence, in rhythms.
};

/// All of them from `least` depth on, the longest beyond the usual first. Looks at the 500 accounts that each
/// of the staffer's own is closest to. Nobody who is muted, or of whom nobody wants to be reminded.
std::vector<Silence> silences(WritingDesk& desk, const Staffer& staffer, Depth least);

/// The people that the staffer's accounts are closest to, once each; at most 500 for each of these accounts.
/// Valid as long as the desk's Lookup.
std::vector<PersonView> people_of(WritingDesk& desk, const Staffer& staffer);

}  // namespace rapport::letters
