#include "bot/letters/due.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/letters/write.hpp"
#include "bot/people/working_time.hpp"
#include "bot/reports/dates.hpp"

namespace rapport::letters {

namespace {

std::string day_name(std::chrono::year_month_day day) {
    return fmt::format("{:04}-{:02}-{:02}", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

/// Whether it is the morning of the staffer's day, and they may be disturbed.
bool is_morning(const WritingDesk& desk, const Staffer& staffer) {
    if (!staffer.on_team(desk.now) || !is_working(staffer, desk.now)) return false;
    const auto& rows = desk.lookup.state().staffers;
    if (const auto row = rows.find(staffer.name); row != rows.end())
        if (row->second.away_until > desk.now || row->second.quiet_until > desk.now) return false;
    const Time day = start_of_day(staffer.zone, reports::local_day(staffer.zone, desk.now));
    const std::optional<Time> begins = next_working(staffer, day);
    return begins && *begins <= desk.now && desk.now < *begins + morning;
}

void add_reminders(std::vector<SendLetter>& all, WritingDesk& desk, const Staffer& staffer) {
    for (const Silence& silence : silences(desk, staffer, Depth::close)) {
        if (!silence.keeper || all.size() >= most_letters) continue;
        all.push_back({fmt::format("rhythm:{}:{}", std::int64_t(silence.account),
                                   silence.last.time_since_epoch().count()),
                       {staffer.name},
                       reminder(desk, staffer, silence),
                       true});
    }
}

/// Whether it is the first day of the week on which the staffer works.
bool is_first_day(const WritingDesk& desk, const Staffer& staffer) {
    const std::chrono::sys_days today{reports::local_day(staffer.zone, desk.now)};
    const std::chrono::weekday weekday{today};
    const auto monday = today - std::chrono::days{weekday.iso_encoding() - 1};
    const std::optional<Time> first = next_working(staffer, start_of_day(staffer.zone, monday));
    return first && *first >= start_of_day(staffer.zone, today);
}

/// To the lead, who can say who takes over; to nobody: the team's channel.
void add_successions(std::vector<SendLetter>& all, WritingDesk& desk, const std::vector<std::string>& to) {
    for (const Staffer& left : desk.world.team.staffers()) {
        if (!left.left || *left.left > desk.now || all.size() >= most_letters) continue;
        const std::vector<Succession> open = successions(desk, left);
        if (open.empty()) continue;
        all.push_back({fmt::format("succession:{}:{}", left.name, left.left->time_since_epoch().count()), to,
                       takeover(left, open), true});
    }
}

}  // namespace

std::vector<SendLetter> due_letters(WritingDesk& desk, Mornings& seen) {
    std::vector<SendLetter> all;
    const LettersConfig& config = desk.world.config.letters;
    const Staffer* lead = desk.world.team.lead(desk.now);
    // By whose clock the team's letters come.
    const Staffer* first = lead;
    for (const Staffer& staffer : desk.world.team.staffers())
        if (!first && staffer.on_team(desk.now)) first = &staffer;
    for (const Staffer& staffer : desk.world.team.staffers()) {
        if (all.size() >= most_letters) break;
        const auto day = reports::local_day(staffer.zone, desk.now);
        const auto before = seen.find(staffer.name);
        if ((before != seen.end() && before->second == day) || !is_morning(desk, staffer)) continue;
        seen[staffer.name] = day;
        if (config.rhythm) add_reminders(all, desk, staffer);
        if (config.digest)
            if (std::optional<Letter> letter = digest(desk, staffer))
                all.push_back({fmt::format("digest:{}:{}", staffer.name, day_name(day)),
                               {staffer.name},
                               std::move(*letter),
                               false});
        if (&staffer != first) continue;
        add_successions(all, desk, lead ? std::vector{lead->name} : std::vector<std::string>{});
        if (config.weekly && is_first_day(desk, staffer))
            all.push_back({"weekly:" + reports::week_name(reports::local_day(
                                           staffer.zone, reports::last_week(staffer.zone, desk.now).from)),
                           {},
                           weekly(desk, staffer.zone),
                           false});
    }
    return all;
}

}  // namespace rapport::letters
