// `rapport team duty`: who is on duty when.

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/text.hpp"
#include "bot/config/values.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

/// One stretch in which the same staffers are on duty.
struct Stretch {
    Time from{};
    Time until{};
    std::vector<const Staffer*> staff{};
};

std::vector<const Staffer*> whose_turn(const Team& team, const Group& group, Time at) {
    std::vector<const Staffer*> staff;
    for (const OnDuty& one : on_duty(team, group, at))
        if (one.on && one.staffer->on_team(at)) staff.push_back(one.staffer);
    return staff;
}

std::vector<Stretch> stretches(const Team& team, const Group& group, Time from, Time until) {
    std::vector<Stretch> all;
    for (Time at = from; at < until;) {
        const Time next = std::min(next_change_of_duty(team, group, at), until);
        std::vector<const Staffer*> staff = whose_turn(team, group, at);
        if (all.empty() || all.back().staff != staff) all.push_back({at, next, std::move(staff)});
        all.back().until = next;
        at = next;
    }
    return all;
}

std::string names_of(const Stretch& stretch) {
    std::string names;
    for (const Staffer* staffer : stretch.staff) names += (names.empty() ? "" : ", ") + staffer->full_name;
    return names.empty() ? "nobody: the others stand in" : names;
}

std::string kind_of(const Rotation& rotation) {
    switch (rotation.kind) {
        case RotationKind::none:
            return "no rotation, in this order";
        case RotationKind::weekly:
            return "weekly, from " + local_time_text(rotation.zone, start_of_week(rotation, 0)) + " " +
                   rotation.zone;
        case RotationKind::follow_the_sun:
            return "follow the sun";
        case RotationKind::calendar:
            return "by calendar";
    }
    return {};
}

void print(const Context& context, const Group& group, const std::vector<Stretch>& all) {
    std::ostream& out = context.terminal.out;
    if (context.json) {
        for (const Stretch& stretch : all) {
            json::array staff;
            for (const Staffer* staffer : stretch.staff) staff.emplace_back(staffer->name);
            out << json::serialize(json::object{{"group", group.name},
                                                {"from", stretch.from.time_since_epoch().count()},
                                                {"until", stretch.until.time_since_epoch().count()},
                                                {"staff", std::move(staff)}})
                << "\n";
        }
        return;
    }
    out << group.name << " (" << kind_of(group.rotation) << ")\n";
    std::vector<std::vector<std::string>> rows;
    rows.reserve(rows.size() + all.size());
    for (const Stretch& stretch : all)
        rows.push_back({"  " + time_text(context.zone, stretch.from),
                        "to " + time_text(context.zone, stretch.until), names_of(stretch)});
    out << table(rows);
}

}  // namespace

int team_duty(const Context& context, const TeamDuty& options) {
    const LoadedWorld loaded = load_world(context.places);
    if (!loaded.world) {
        std::string words;
        for (const std::string& problem : loaded.problems) words += problem + "\n";
        throw Stop(Exit::failed, words);
    }
    const Team& team = loaded.world->team;
    const auto day =
        options.from.empty()
            ? std::optional{local_clock(context.zone, std::chrono::floor<std::chrono::milliseconds>(
                                                          std::chrono::system_clock::now()))
                                .day}
            : config_file::parse_date(options.from);
    if (!day)
        throw Stop(Exit::usage, fmt::format("\"{}\" is no date. Write it like 2026-03-02.", options.from));
    const Time from = start_of_day(context.zone, *day);
    const Time until =
        start_of_day(context.zone, std::chrono::sys_days{*day} + std::chrono::days{options.days});
    if (!context.json) context.terminal.out << "Times of " << context.zone << ".\n";
    bool found = false;
    for (const Group& group : team.groups()) {
        if (!options.group.empty() && options.group != group.name) continue;
        found = true;
        print(context, group, stretches(team, group, from, until));
    }
    if (!found)
        throw Stop(Exit::not_found, options.group.empty()
                                        ? std::string("There are no groups in team.yaml.")
                                        : fmt::format("There is no group {} in team.yaml.", options.group));
    return int(Exit::fine);
}

}  // namespace rapport::cli
