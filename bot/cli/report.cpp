// `rapport report`.

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <ostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/store_access.hpp"
#include "bot/cli/text.hpp"
#include "bot/people/working_time.hpp"
#include "bot/reports/dates.hpp"
#include "bot/reports/material.hpp"
#include "bot/reports/page.hpp"
#include "bot/reports/picture.hpp"

namespace rapport::cli {

namespace {

using std::chrono::days;

std::chrono::year_month_day must_be_day(const std::string& option, const std::string& text) {
    if (const auto day = reports::parse_day(text)) return *day;
    throw Stop(Exit::usage, fmt::format("{} \"{}\" is no day. Write it as 2026-11-16.", option, text));
}

/// The latest moment that the store knows of; for a store that is still in use, now.
Time now_of(Store& store) {
    State state;
    must(store.open(state));
    const Time clock = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    return std::min(clock, state.now + days{7});
}

reports::Stretch stretch_of(const ReportCommand& options, Store& store, const std::string& zone) {
    if (options.all) {
        const std::optional<Time> first = must(reports::first_moment(store));
        if (!first) throw Stop(Exit::not_found, "Nothing has been heard yet, so there is nothing to report.");
        State state;
        must(store.open(state));
        return {*first, state.now + std::chrono::milliseconds{1}};
    }
    if (!options.week.empty()) {
        if (const auto week = reports::parse_week(options.week, zone)) return *week;
        throw Stop(Exit::usage, fmt::format("--week \"{}\" is no week. Write it as 2026-W47.", options.week));
    }
    reports::Stretch stretch = reports::last_week(zone, now_of(store));
    if (!options.from.empty()) {
        const auto first = std::chrono::sys_days{must_be_day("--from", options.from)};
        stretch = {start_of_day(zone, first), start_of_day(zone, first + days{7})};
    }
    if (!options.to.empty()) {
        const auto last = std::chrono::sys_days{must_be_day("--to", options.to)};
        stretch.until = start_of_day(zone, last + days{1});
        if (options.from.empty()) stretch.from = start_of_day(zone, last - days{6});
    }
    if (stretch.from >= stretch.until) throw Stop(Exit::usage, "--to is before --from.");
    return stretch;
}

/// The team with what staffers have set for themselves: it is by those hours that they are measured.
std::shared_ptr<const World> world_of(const Context& context, Store& store) {
    LoadedWorld loaded = load_world(context.places, must(store.staffers()));
    if (loaded.world) return std::move(loaded.world);
    throw Stop(Exit::failed, fmt::format("{}", fmt::join(loaded.problems, "\n")));
}

std::string text_of(const Page& page) {
    std::string text = one_line(page.title) + "\n";
    for (const Part& part : page.parts) {
        text += "\n";
        if (!part.heading.empty()) text += part.heading + "\n";
        if (!part.text.empty()) text += several_lines(part.text) + "\n";
        std::vector<std::vector<std::string>> rows;
        rows.reserve(part.fields.size());
        for (const Field& field : part.fields) rows.push_back({"  " + field.label, field.text});
        text += table(rows);
    }
    return text;
}

void write_picture(const std::filesystem::path& path, const reports::WeeklyReport& report) {
    const std::string png = must(reports::draw(report));
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file << png;
    if (!file.flush()) throw Stop(Exit::failed, fmt::format("{} could not be written.", path.string()));
}

}  // namespace

int weekly_report(const Context& context, const ReportCommand& options) {
    const auto store = must_open_for_reading(context);
    const auto world = world_of(context, *store);
    const reports::Stretch stretch = stretch_of(options, *store, context.zone);
    const reports::WeeklyReport report =
        must(reports::report_of(*store, *world, stretch.from, stretch.until, context.zone));
    if (!options.picture.empty()) write_picture(options.picture, report);
    context.terminal.out << (context.json  ? reports::json_of(report) + "\n"
                             : options.csv ? reports::csv_of(report)
                                           : text_of(reports::page_of(report, context.zone)));
    return int(reports::check(report).empty() ? Exit::fine : Exit::failed);
}

}  // namespace rapport::cli
