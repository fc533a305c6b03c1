// The team and oneself: who works, whose hours, whose accounts, help, home, and the week in numbers.

#include <fmt/format.h>

#include <algorithm>

#include "bot/config/own_settings.hpp"
#include "bot/letters/touch.hpp"
#include "bot/office/find.hpp"
#include "bot/office/pages.hpp"
#include "bot/office/quiet.hpp"
#include "bot/office/text.hpp"
#include "bot/people/person.hpp"
#include "bot/people/working_time.hpp"
#include "bot/reports/dates.hpp"
#include "bot/reports/material.hpp"
#include "bot/reports/page.hpp"

namespace rapport::office {

namespace {

using std::chrono::days;

Time away_until(Room& room, const Staffer& staffer) {
    const auto& all = room.lookup.state().staffers;
    const auto row = all.find(staffer.name);
    Time until = row == all.end() || row->second.away_until <= room.now ? never : row->second.away_until;
    for (const Away& away : staffer.away)
        if (away.from <= room.now && room.now < away.until) until = std::max(until, away.until);
    return until;
}

std::string presence(Room& room, const Staffer& staffer) {
    const Time away = away_until(room, staffer);
    if (away != never) return "away until " + local_date_text(room.zone(), away);
    if (const Time quiet = quiet_until(room, staffer); quiet != never)
        return "not to be disturbed until " + local_date_text(room.zone(), quiet);
    if (is_working(staffer, room.now)) return "works now";
    const auto next = next_working(staffer, room.now);
    return next ? "works again " + local_date_text(room.zone(), *next) : "not in sight";
}

/// The last seven days on their clock, today included.
reports::WeeklyReport last_days(Room& room) {
    constexpr days all_but_today{6};
    const std::chrono::sys_days today{reports::local_day(room.zone(), room.now)};
    const Time from = start_of_day(room.zone(), today - all_but_today);
    return must_read(reports::report_of(room.store, *room.world, from,
                                        room.now + std::chrono::milliseconds{1}, room.zone()));
}

Part settings_part(Room& room) {
    Part part;
    part.heading = "Settings";
    const Time away = away_until(room, room.by);
    part.fields = {{"Hours", hours_for_people(hours_text(room.by.hours)) + " (" + room.by.zone + ")"},
                   {"Away", away == never ? "no" : "until " + local_date_text(room.zone(), away)},
                   {"Accounts", counted(room.by.accounts.size(), "account")}};
    part.buttons = {button("form/hours", "Hours"), button("form/away", "Away"), button("me", "Accounts"),
                    button("rules", "Rules")};
    if (away != never) part.buttons.push_back(button("back", "I'm back"));
    return part;
}

}  // namespace

Page words_page(std::string id, std::string title, std::string text) {
    Part part;
    part.text = std::move(text);
    return {std::move(id), std::move(title), {std::move(part)}};
}

Page with_line(std::string line, Page page) {
    Part part;
    part.text = std::move(line);
    page.parts.insert(page.parts.begin(), std::move(part));
    return bounded(std::move(page));
}

Page bounded(Page page) {
    if (page.parts.size() <= most_parts) return page;
    const std::size_t left = page.parts.size() - (most_parts - 1);
    page.parts.resize(most_parts - 1);
    Part more;
    more.text = fmt::format("And {} more.", left);
    page.parts.push_back(std::move(more));
    return page;
}

Page help_page(Room& room, const std::string& line) {
    Page page{"help", "What you can ask me", {}};
    Part part;
    part.text = line.empty()
                    ? fmt::format("Hello {}. Write after /rapport, or just to me:", room.by.full_name)
                    : line;
    for (const CommandHelp& one : commands())
        part.fields.push_back({std::string(one.usage), std::string(one.what)});
    page.parts.push_back(std::move(part));
    return page;
}

Page unclear_page(const Intent& intent) {
    Part part;
    part.text = fmt::format(
        "I am not sure what you mean. Did you mean \"{}\"? help shows all that I understand.", intent.rest);
    Page page{"unclear", "Did you mean ...?", {}};
    const Intent again = understand(intent.rest);
    if (again.want != Want::unclear && intent.rest.find(' ') == std::string::npos)
        part.buttons = {button("say/" + intent.rest, intent.rest, ButtonStyle::primary),
                        button("say/help", "help")};
    page.parts.push_back(std::move(part));
    return page;
}

Page team_page(Room& room) {
    Page page{"team", "The team", {}};
    Part part;
    for (const Staffer& staffer : room.world->team.staffers()) {
        if (!staffer.on_team(room.now)) continue;
        const auto row = room.lookup.state().staffers.find(staffer.name);
        const std::uint32_t open = row == room.lookup.state().staffers.end() ? 0 : row->second.open_alerts;
        part.fields.push_back(
            {staffer.full_name + (staffer.lead ? " (lead)" : ""),
             fmt::format("{}, {} of {} alerts", presence(room, staffer), open, staffer.capacity)});
    }
    page.parts.push_back(std::move(part));
    for (const Group& group : room.world->team.groups()) {
        Part one;
        one.heading = group.name;
        std::vector<std::string> names;
        for (const std::string& member : group.members)
            if (const Staffer* staffer = room.world->team.staffer(member))
                names.push_back(staffer->full_name);
        one.text = joined(names);
        page.parts.push_back(std::move(one));
    }
    return bounded(std::move(page));
}

Page hours_page(Room& room) {
    Page page = words_page("hours", "Your hours",
                           fmt::format("You are asked {} on the clocks of {}. Just now: you {}.",
                                       hours_for_people(hours_text(room.by.hours)), room.by.zone,
                                       is_working(room.by, room.now) ? "work" : "do not work"));
    page.parts.front().buttons = {button("form/hours", "Change"), button("form/away", "Away")};
    return page;
}

Page me_page(Room& room) {
    Page page{"me", room.by.full_name, {}};
    const auto& all = room.lookup.state().staffers;
    const auto row = all.find(room.by.name);
    Part part;
    part.text = "When one of these accounts answers, that is you answering.";
    for (const AccountKey& account : room.by.accounts) {
        const bool own = row != all.end() &&
                         std::find(row->second.accounts.begin(), row->second.accounts.end(), account) !=
                             row->second.accounts.end();
        part.fields.push_back({key_text(account), own ? "added by you" : "set by the team"});
    }
    part.buttons = {button("form/account", "Add an account")};
    page.parts.push_back(std::move(part));
    if (row == all.end()) return page;
    for (const AccountKey& account : row->second.accounts) {
        Part one;
        one.text = key_text(account);
        one.buttons = {button("me_remove/" + key_text(account), "Remove", ButtonStyle::danger,
                              "Answers from " + key_text(account) + " will no longer count as yours.")};
        page.parts.push_back(std::move(one));
    }
    return bounded(std::move(page));
}

Page report_page(Room& room) {
    const reports::WeeklyReport report = last_days(room);
    Page page = reports::page_of(report, room.zone());
    page.title = "The last seven days";
    Part mine;
    mine.heading = "You";
    mine.fields = reports::numbers_of(report, room.by.name);
    page.parts.insert(page.parts.begin() + 1, std::move(mine));
    return bounded(std::move(page));
}

Page home_page(Room& room) {
    constexpr std::size_t most_alerts = 12;
    constexpr std::size_t most_silent = 5;
    Page page = alerts_page(room, true);
    page.id = "home";
    page.title = fmt::format("Hello {}", room.by.full_name);
    page.parts.front().heading =
        page.parts.front().heading.empty() ? "My open alerts" : page.parts.front().heading;
    if (page.parts.size() > most_alerts) {
        const std::size_t left = page.parts.size() - most_alerts;
        page.parts.resize(most_alerts);
        Part more;
        more.text = fmt::format("And {} more.", left);
        more.buttons = {button("say/mine", "Show all")};
        page.parts.push_back(std::move(more));
    }
    letters::Look look{room.store, room.lookup, *room.world, room.now};
    const std::vector<letters::Silent> silent = letters::losing_touch(look, room.by, Depth::familiar);
    if (!silent.empty()) {
        Part part;
        part.heading = "Losing touch with";
        for (std::size_t i = 0; i < std::min(silent.size(), most_silent); ++i) {
            part.fields.push_back({silent[i].name, letters::silence_text(silent[i], room.zone())});
            part.buttons.push_back(button("who/" + key_text(silent[i].key), silent[i].name));
        }
        page.parts.push_back(std::move(part));
    }
    Part week;
    week.heading = "My week";
    week.fields = reports::numbers_of(last_days(room), room.by.name);
    page.parts.push_back(std::move(week));
    page.parts.push_back(settings_part(room));
    return bounded(std::move(page));
}

}  // namespace rapport::office
