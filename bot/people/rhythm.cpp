#include "bot/people/rhythm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace rapport {

namespace {

using std::chrono::days;
using std::chrono::hours;

/// The upper one of two in the middle: better to remind late than early.
hours median(std::vector<std::uint32_t> gaps) {
    const auto middle = gaps.begin() + std::ptrdiff_t(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    return hours{*middle};
}

/// What is learned is not known to the day.
std::chrono::milliseconds about(std::chrono::milliseconds length) {
    constexpr days week{7};
    const days whole = std::chrono::round<days>(length);
    if (whole < 2 * week) return whole;
    return std::llround(double(whole.count()) / double(week.count())) * week;
}

}  // namespace

Rhythm rhythm_of(const State& state, const Team& team, const PersonView& person, const StafferTie& tie,
                 Time now) {
    Rhythm rhythm;
    rhythm.last = std::max(tie.last_in, tie.last_out);
    rhythm.wanted = person.rhythm_ms != no_rhythm;
    rhythm.by_staff = person.rhythm_ms > 0;
    if (rhythm.by_staff) rhythm.usual = std::chrono::milliseconds{person.rhythm_ms};
    if (rhythm.by_staff || !rhythm.wanted || rhythm.last == never) return rhythm;
    std::vector<std::uint32_t> gaps;
    for (const AccountRow* account : person.accounts) {
        for (const StaffTie& one : account->ties)
            if (team.staffer_of(state.accounts.at(one.staff).key, now) == tie.staffer)
                gaps.insert(gaps.end(), one.gaps.begin(), one.gaps.end());
    }
    if (gaps.size() >= fewest_gaps) {
        rhythm.learned_from = gaps.size();
        rhythm.usual = std::max<std::chrono::milliseconds>(shortest_rhythm, median(std::move(gaps)));
    } else if (tie.contacts >= 2) {
        rhythm.usual = std::max<std::chrono::milliseconds>(
            shortest_rhythm, (rhythm.last - person.first_seen) / std::int64_t(tie.contacts));
    }
    return rhythm;
}

Time silent_from(const Rhythm& rhythm, double factor) {
    if (rhythm.usual.count() <= 0 || rhythm.last == never) return never;
    return rhythm.last + std::chrono::milliseconds{std::llround(double(rhythm.usual.count()) * factor)};
}

const StafferTie* tie_to_keep(const PersonView& person) {
    for (const StafferTie& tie : person.ties)
        if (tie.staffer->name == person.owner) return &tie;
    return person.ties.empty() ? nullptr : &person.ties.front();
}

std::string rhythm_text(const Rhythm& rhythm) {
    return rhythm.by_staff ? rhythm_text(rhythm.usual) : "about " + rhythm_text(about(rhythm.usual));
}

std::string rhythm_text(std::chrono::milliseconds every) {
    const std::int64_t whole = std::max(days{1}, std::chrono::round<days>(every)).count();
    if (whole == 1) return "every day";
    if (whole == 7) return "every week";
    return whole % 7 == 0 ? fmt::format("every {} weeks", whole / 7) : fmt::format("every {} days", whole);
}

}  // namespace rapport
