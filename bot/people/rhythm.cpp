#include "bot/people/rhythm.hpp"

#include <algorithm>

namespace rapport {

Time last_contact(const StafferTie& tie) {
    return std::max(tie.last_in, tie.last_out);
}

std::optional<std::chrono::milliseconds> rhythm_of(const PersonView& person, const StafferTie& tie) {
    constexpr std::uint32_t fewest_occasions = 2;
    using std::chrono::milliseconds;
    if (person.rhythm_ms == no_rhythm) return std::nullopt;
    if (person.rhythm_ms > 0) return milliseconds{person.rhythm_ms};
    if (tie.occasions < fewest_occasions) return std::nullopt;
    return std::max<milliseconds>(shortest_rhythm,
                                  (last_contact(tie) - person.first_seen) / std::int64_t(tie.occasions - 1));
}

const StafferTie* keeper_of(const PersonView& person) {
    for (const StafferTie& tie : person.ties)
        if (tie.staffer->name == person.owner) return &tie;
    for (const StafferTie& tie : person.ties)
        if (tie.contacts > 0) return &tie;
    return nullptr;
}

}  // namespace rapport
