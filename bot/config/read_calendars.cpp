// What team.yaml takes from calendar files.

#include <fmt/core.h>

#include <algorithm>

#include "bot/config/suggest.hpp"
#include "bot/config/team_file.hpp"
#include "bot/config/values.hpp"

namespace rapport::config_file {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

std::string entry_name(const CalendarEntry& entry) {
    return entry.title.empty() ? "this entry" : fmt::format("the entry \"{}\"", entry.title);
}

sys_days day_of(std::chrono::local_time<std::chrono::minutes> local) {
    return sys_days{std::chrono::floor<days>(local).time_since_epoch()};
}

Time moment_in(const std::string& zone, std::chrono::local_time<std::chrono::minutes> local) {
    return local_moment(zone, day_of(local), local - std::chrono::floor<days>(local));
}

void add_days_off(const std::string& name, const std::vector<CalendarEntry>& entries, Mistakes& mistakes,
                  std::vector<std::chrono::year_month_day>& into) {
    constexpr int longest = 366;
    for (const CalendarEntry& entry : entries) {
        if (!entry.whole_days || entry.until - entry.from > days{longest}) {
            mistakes.add({name, entry.line, 0,
                          fmt::format("{} is not about whole days, one year at most", entry_name(entry)),
                          "Days off are whole ones. What is shorter belongs below `away` or `hours`."});
            return;
        }
        for (sys_days day = day_of(entry.from); day < day_of(entry.until); day += days{1})
            into.emplace_back(day);
    }
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

std::string lower_case(std::string_view text) {
    std::string lower{text};
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return lower;
}

/// Whether `word` stands in `text`, not as a part of other words. Both in lower case.
bool says(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto after = at + word.size();
        if ((at == 0 || !is_letter(text[at - 1])) && (after == text.size() || !is_letter(text[after])))
            return true;
    }
    return false;
}

/// Who of the team a calendar's entry is about: whom it invites, else whom its title names first.
const Staffer* meant_by(const CalendarEntry& entry, const TeamFile& file) {
    for (const std::string& person : entry.people)
        for (const StafferEntry& one : file.staffers)
            if (lower_case(person) == lower_case(one.staffer.full_name) ||
                lower_case(person) == one.staffer.name)
                return &one.staffer;
    const std::string title = lower_case(entry.title);
    for (const StafferEntry& one : file.staffers)
        if (says(title, lower_case(one.staffer.full_name))) return &one.staffer;
    for (const StafferEntry& one : file.staffers)
        if (says(title, one.staffer.name)) return &one.staffer;
    return nullptr;
}

void add_shifts(GroupEntry& group, const std::vector<CalendarEntry>& entries, const std::string& name,
                const TeamFile& file, Mistakes& mistakes) {
    int told = 0;
    for (const CalendarEntry& entry : entries) {
        const Staffer* staffer = meant_by(entry, file);
        if (!staffer) {
            if (entry.line == told) continue;  // it repeats: once is enough
            told = entry.line;
            mistakes.add({name, entry.line, 0, fmt::format("{} names nobody of the team", entry_name(entry)),
                          "Let its title or its guests name a staffer. Who has left stays in team.yaml, with "
                          "`left`."});
            continue;
        }
        const std::string& zone = entry.zone.empty() ? group.rotation.zone : entry.zone;
        group.rotation.shifts.push_back(
            {moment_in(zone, entry.from), moment_in(zone, entry.until), staffer->name});
        const bool known = std::any_of(group.members.begin(), group.members.end(),
                                       [&](const Marked& one) { return one.text == staffer->name; });
        if (!known) group.members.push_back({staffer->name, group.calendar.mark});
    }
    std::stable_sort(group.rotation.shifts.begin(), group.rotation.shifts.end(),
                     [](const Shift& a, const Shift& b) { return a.from < b.from; });
}

}  // namespace

bool is_calendar(std::string_view text) {
    return text.ends_with(".ics");
}

const std::vector<CalendarEntry>* Calendars::find(const std::string& name, const YAML::Mark& mark) {
    const auto [found, is_new] = known_.try_emplace(name);
    if (is_new) {
        const Result<std::string> text =
            read_ ? read_(name) : Result<std::string>{Error{ErrorKind::rejected, "no files are read here"}};
        if (!text) {
            mistakes_.add(mark, fmt::format("the calendar {} cannot be read: {}", name, text.error().what),
                          "Its path counts from the folder of this file.");
        } else {
            Loaded<std::vector<CalendarEntry>> loaded = load_calendar(*text, shown(name));
            for (Problem& problem : loaded.problems) mistakes_.add(std::move(problem));
            found->second = std::move(loaded.value);
        }
    }
    return found->second ? &*found->second : nullptr;
}

void read_holidays(Section& in, Calendars& calendars, std::vector<std::chrono::year_month_day>& into) {
    in.texts("holidays", [&](const std::string& text, const YAML::Mark& mark) {
        if (const auto date = parse_date(text)) {
            into.push_back(*date);
        } else if (is_calendar(text)) {
            if (const auto* entries = calendars.find(text, mark))
                add_days_off(calendars.shown(text), *entries, in.mistakes(), into);
        } else {
            in.wrong("holidays", mark, fmt::format("must be dates or calendars, not \"{}\"", text),
                     "Write 2026-12-25, or the name of a file: de-berlin.ics.");
        }
    });
    std::sort(into.begin(), into.end());
    into.erase(std::unique(into.begin(), into.end()), into.end());
}

void read_shifts(TeamFile& file, Mistakes& mistakes, Calendars& calendars) {
    for (GroupEntry& group : file.groups) {
        if (group.rotation.kind != RotationKind::calendar) continue;
        if (const auto* entries = calendars.find(group.calendar.text, group.calendar.mark))
            add_shifts(group, *entries, calendars.shown(group.calendar.text), file, mistakes);
    }
}

}  // namespace rapport::config_file
