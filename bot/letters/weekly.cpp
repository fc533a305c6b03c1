#include "bot/letters/weekly.hpp"

#include <fmt/format.h>

#include "bot/people/working_time.hpp"
#include "bot/reports/dates.hpp"
#include "bot/reports/material.hpp"
#include "bot/reports/page.hpp"
#include "bot/reports/picture.hpp"

namespace rapport::letters {

const Staffer* week_keeper(const Look& look) {
    if (const Staffer* lead = look.world.team.lead(look.now)) return lead;
    for (const Staffer& staffer : look.world.team.staffers())
        if (staffer.on_team(look.now)) return &staffer;
    return nullptr;
}

std::optional<Time> week_begins(const Staffer& keeper, Time now) {
    const reports::Stretch week = reports::last_week(keeper.zone, now);
    const auto first = next_working(keeper, week.until);
    if (!first || now < *first || now >= *first + weekly_window) return std::nullopt;
    return first;
}

std::string weekly_id(const Staffer& keeper, Time begins) {
    const reports::Stretch week = reports::last_week(keeper.zone, begins);
    return "weekly:" + reports::week_name(reports::local_day(keeper.zone, week.from));
}

std::optional<SendLetter> weekly(Look& look, const Staffer& keeper, Time begins) {
    const reports::Stretch week = reports::last_week(keeper.zone, begins);
    const reports::WeeklyReport report =
        must_read(reports::report_of(look.store, look.world, week.from, week.until, keeper.zone));
    if (report.messages == 0 && report.alerts.raised == 0 && report.alerts.closed() == 0) return std::nullopt;
    SendLetter send;
    send.id = weekly_id(keeper, begins);
    send.letter.page = reports::page_of(report, keeper.zone);
    send.letter.image_text = reports::image_text(report);
    send.letter.image_title = reports::stretch_text(week, keeper.zone);
    if (auto picture = reports::draw(report)) send.letter.image = std::move(*picture);
    return send;
}

}  // namespace rapport::letters
