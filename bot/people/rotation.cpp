#include "bot/people/rotation.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "bot/people/team.hpp"
#include "bot/people/working_time.hpp"

namespace rapport {

namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::sys_days;

/// Groups in groups in groups: `load_team` refuses circles, and nobody needs more than this.
constexpr int deepest = 8;
/// How far ahead the sun is followed: by then the day of whoever is at work now is over.
constexpr std::chrono::hours sun_window{10};
/// Hours begin and end on such minutes nearly always; a rotation by the sun is looked at so often.
constexpr std::chrono::minutes sun_step{5};

/// Whose turn it is, by name, and until when.
struct Turn {
    std::string_view name{};
    Time until{};
};

bool is_on(const Shift& shift, Time at) {
    return shift.from <= at && at < shift.until;
}

/// The later one of overlapping overrides: it was made with the earlier one in mind.
const Shift* override_at(const Rotation& rotation, Time at) {
    const auto found = std::find_if(rotation.overrides.rbegin(), rotation.overrides.rend(),
                                    [&](const Shift& shift) { return is_on(shift, at); });
    return found == rotation.overrides.rend() ? nullptr : &*found;
}

std::int64_t after_swaps(const Rotation& rotation, std::int64_t week) {
    for (const auto& [one, other] : rotation.swaps) {
        if (week == one) return other;
        if (week == other) return one;
    }
    return week;
}

Turn weekly_turn(const Group& group, Time at) {
    const std::int64_t week = week_of(group.rotation, at);
    const auto count = static_cast<std::int64_t>(group.members.size());
    const std::int64_t place = ((after_swaps(group.rotation, week) % count) + count) % count;
    return {group.members[static_cast<std::size_t>(place)], start_of_week(group.rotation, week + 1)};
}

/// Their working time just ahead; less than nothing for who is not at work at `at`.
std::chrono::milliseconds day_left(const Staffer& staffer, Time at) {
    if (!is_working(staffer, at)) return std::chrono::milliseconds{-1};
    return working_between(staffer, at, at + sun_window);
}

class Gathering {
public:
    Gathering(const Team& team, Time at) : team_(team), at_(at) {}

    void group(const Group& group, int depth) {
        if (const Shift* instead = override_at(group.rotation, at_))
            name(instead->name, depth, true, until_text(group, instead->until));
        switch (group.rotation.kind) {
            case RotationKind::none:
                for (const std::string& member : group.members)
                    name(member, depth, true, fmt::format("on duty in {}", group.name));
                return;
            case RotationKind::weekly:
                if (!group.members.empty()) {
                    const Turn turn = weekly_turn(group, at_);
                    name(turn.name, depth, !overridden(group), until_text(group, turn.until));
                }
                break;
            case RotationKind::follow_the_sun:
                by_the_sun(group, depth);
                break;
            case RotationKind::calendar:
                for (const Shift& shift : group.rotation.shifts)
                    if (is_on(shift, at_))
                        name(shift.name, depth, !overridden(group), until_text(group, shift.until));
                break;
        }
        for (const std::string& member : group.members) name(member, depth, false, "");
        for (OnDuty& one : found_)
            if (!one.on && one.why.empty())
                one.why = fmt::format("stands in for who is on duty in {}", group.name);
    }

    std::vector<OnDuty> take() { return std::move(found_); }

private:
    bool overridden(const Group& group) const { return override_at(group.rotation, at_) != nullptr; }

    std::string until_text(const Group& group, Time until) const {
        return fmt::format("on duty in {} until {}", group.name, local_date_text(group.rotation.zone, until));
    }

    /// Those of them who are at work, the one with the most of the day ahead first.
    void by_the_sun(const Group& group, int depth) {
        Gathering all{team_, at_};
        for (const std::string& member : group.members) all.name(member, depth, true, "");
        std::vector<std::pair<std::chrono::milliseconds, const Staffer*>> order;
        for (const OnDuty& one : all.found_)
            if (const auto left = day_left(*one.staffer, at_); left.count() >= 0)
                order.emplace_back(left, one.staffer);
        std::stable_sort(order.begin(), order.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        bool first = !overridden(group);
        for (const auto& [left, staffer] : order) {
            add(*staffer, first, first ? fmt::format("on duty in {}, where the sun is", group.name) : "");
            first = false;
        }
    }

    void name(std::string_view name, int depth, bool on, const std::string& why) {
        if (const Staffer* staffer = team_.staffer(name)) return add(*staffer, on, why);
        const Group* inner = team_.group(name);
        if (!inner || depth >= deepest) return;
        Gathering within{team_, at_};
        within.group(*inner, depth + 1);
        for (const OnDuty& one : within.found_) add(*one.staffer, on && one.on, why);
    }

    void add(const Staffer& staffer, bool on, const std::string& why) {
        const bool known = std::any_of(found_.begin(), found_.end(),
                                       [&](const OnDuty& one) { return one.staffer == &staffer; });
        if (!known) found_.push_back({&staffer, on, on ? why : ""});
    }

    const Team& team_;
    Time at_;
    std::vector<OnDuty> found_{};
};

void earlier(Time& next, Time candidate, Time at) {
    if (candidate > at) next = std::min(next, candidate);
}

void next_change(const Team& team, const Group& group, Time at, Time& next, int depth) {
    const Rotation& rotation = group.rotation;
    for (const auto* shifts : {&rotation.overrides, &rotation.shifts})
        for (const Shift& shift : *shifts) {
            earlier(next, shift.from, at);
            earlier(next, shift.until, at);
        }
    if (rotation.kind == RotationKind::weekly)
        earlier(next, start_of_week(rotation, week_of(rotation, at) + 1), at);
    if (rotation.kind == RotationKind::follow_the_sun)
        earlier(next,
                Time{floor<std::chrono::minutes>(at).time_since_epoch() / sun_step * sun_step + sun_step},
                at);
    if (depth >= deepest) return;
    const auto within = [&](const std::string& name) {
        if (const Group* inner = team.staffer(name) ? nullptr : team.group(name))
            next_change(team, *inner, at, next, depth + 1);
    };
    for (const std::string& member : group.members) within(member);
    for (const Shift& shift : rotation.overrides) within(shift.name);
}

void gather_all(const Team& team, const Group& group, std::vector<const Staffer*>& all, int depth) {
    const auto name = [&](const std::string& one) {
        if (const Staffer* staffer = team.staffer(one)) {
            if (std::find(all.begin(), all.end(), staffer) == all.end()) all.push_back(staffer);
        } else if (const Group* inner = team.group(one); inner && depth < deepest) {
            gather_all(team, *inner, all, depth + 1);
        }
    };
    for (const std::string& member : group.members) name(member);
    for (const Shift& shift : group.rotation.overrides) name(shift.name);
    for (const Shift& shift : group.rotation.shifts) name(shift.name);
}

}  // namespace

Time start_of_week(const Rotation& rotation, std::int64_t week) {
    return local_moment(rotation.zone, sys_days{rotation.first} + days{7 * week}, rotation.minute);
}

std::int64_t week_of(const Rotation& rotation, Time at) {
    const sys_days today{local_clock(rotation.zone, at).day};
    const std::int64_t gone = (today - sys_days{rotation.first}).count();
    std::int64_t week = gone >= 0 ? gone / 7 : -((6 - gone) / 7);
    if (at < start_of_week(rotation, week)) --week;
    return week;
}

std::vector<OnDuty> on_duty(const Team& team, const Group& group, Time at) {
    Gathering gathering{team, at};
    gathering.group(group, 0);
    return gathering.take();
}

Time next_change_of_duty(const Team& team, const Group& group, Time at) {
    Time next = at + days{7};
    next_change(team, group, at, next, 0);
    return next;
}

std::vector<const Staffer*> all_of(const Team& team, const Group& group) {
    std::vector<const Staffer*> all;
    gather_all(team, group, all, 0);
    return all;
}

}  // namespace rapport
