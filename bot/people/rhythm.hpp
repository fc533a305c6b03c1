#pragma once

// How often two people are usually in touch, and whether they have been silent for too long.

#include <chrono>
#include <optional>

#include "bot/people/person.hpp"

namespace rapport {

/// Nobody is expected to write more often than this.
inline constexpr std::chrono::days shortest_rhythm{7};

/// The usual time between two contacts of the person and the staffer: as staff set it for the person, else
/// from the history of the two, the time from when they were first heard of to the last contact, divided by
/// the gaps between occasions, at least `shortest_rhythm`. Empty: there is too little history (fewer than two
/// occasions), or nobody wants to be reminded of them.
std::optional<std::chrono::milliseconds> rhythm_of(const PersonView& person, const StafferTie& tie);

/// The later of what the one and the other last said to each other; `never`: nothing.
Time last_contact(const StafferTie& tie);

/// Who is to keep up the relationship: the owner, else whose tie is the strongest. Null: nobody on the team
/// is tied to the person.
const StafferTie* keeper_of(const PersonView& person);

}  // namespace rapport
