#pragma once

// Who of a group is on duty when. What a rotation says is data, read by bot/config; what follows from it for
// one moment is pure.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "adapters/event.hpp"

namespace rapport {

class Team;
struct Group;
struct Staffer;

/// `name` is on duty in [from, until).
struct Shift {
    Time from{};
    Time until{};
    std::string name{};  ///< A staffer's or a group's.
    auto operator<=>(const Shift&) const = default;
};

enum class RotationKind : std::uint8_t {
    none,            ///< All are on duty, in the order of the list.
    weekly,          ///< One week each, in the order of the list.
    follow_the_sun,  ///< Whoever is at work and has the most of their day before them.
    calendar,        ///< As a calendar says.
};

struct Rotation {
    RotationKind kind = RotationKind::none;
    // weekly: the first of the list begins on `first` at `minute` on the clocks of `zone`, and again as many
    // weeks later as there are members. So it went before, too.
    std::string zone = "UTC";
    std::chrono::year_month_day first{std::chrono::year{1970}, std::chrono::month{1}, std::chrono::day{5}};
    std::chrono::minutes minute{};
    std::vector<std::pair<std::int64_t, std::int64_t>> swaps{};  ///< Weeks since `first` that change places.
    std::vector<Shift> shifts{};                                 ///< calendar: by their beginning.
    std::vector<Shift> overrides{};  ///< Before everything else that the rotation says.
    bool operator==(const Rotation&) const = default;
};

/// The week of a weekly rotation that is on at `at`, counted from `first`; before it below 0.
std::int64_t week_of(const Rotation& rotation, Time at);
/// When that week begins.
Time start_of_week(const Rotation& rotation, std::int64_t week);

/// One who may be asked as one of a group.
struct OnDuty {
    const Staffer* staffer = nullptr;
    bool on = true;     ///< It is their turn; otherwise they stand in.
    std::string why{};  ///< "on duty in community until Mon 9 Mar 2026, 09:00".
};

/// All of the group and of the groups in it, in the order in which they are asked at `at`: whose turn it is,
/// then the others. Nobody twice; staffers who are not on the team at `at` included.
std::vector<OnDuty> on_duty(const Team& team, const Group& group, Time at);

/// The first moment after `at` at which somebody else's turn may begin, at most a week later.
Time next_change_of_duty(const Team& team, const Group& group, Time at);

/// Everybody who may ever be on duty in the group, nobody twice.
std::vector<const Staffer*> all_of(const Team& team, const Group& group);

}  // namespace rapport
