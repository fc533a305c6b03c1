#pragma once

// How often two people are usually in touch, and when their silence has become longer than that. A person's
// silences are those of all their accounts together, each kept with its own account: linking and un-linking
// change nothing in them.

#include <chrono>

#include "bot/people/person.hpp"

namespace rapport {

/// No rhythm that is learned is shorter: two people who talk every day may miss a few.
inline constexpr std::chrono::days shortest_rhythm{7};
/// So many silences tell more than how long the two have known each other; fewer do not.
inline constexpr std::size_t fewest_gaps = 2;

struct Rhythm {
    std::chrono::milliseconds usual{};  ///< Between two contacts; zero: too little is known, or not wanted.
    bool by_staff = false;              ///< Set by somebody on the team, not learned.
    bool wanted = true;                 ///< Else staff want no reminders of the person.
    std::size_t learned_from = 0;       ///< Silences; zero: from how long they have known each other.
    Time last{};                        ///< Last contact in either direction.
};

/// Between the person and the staffer of `tie`, as the accounts in `state` are that `person` was made from:
/// what staff have set, else the median of the latest silences of a day or more.
Rhythm rhythm_of(const State& state, const Team& team, const PersonView& person, const StafferTie& tie,
                 Time now);

/// The moment from which their silence is clearly longer than usual: `factor` times the usual time after the
/// last contact. `never`: not to be said, or not wanted.
Time silent_from(const Rhythm& rhythm, double factor);

/// Who on the team should write to the person: their owner if the two know each other, else the strongest
/// tie. Null: nobody knows them.
const StafferTie* tie_to_keep(const PersonView& person);

/// "about every 3 weeks", or "every 10 days" for one that staff have set.
std::string rhythm_text(const Rhythm& rhythm);
/// "every 10 days", "every 2 weeks".
std::string rhythm_text(std::chrono::milliseconds every);

}  // namespace rapport
