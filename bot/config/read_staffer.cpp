#include <fmt/core.h>

#include "bot/config/section.hpp"
#include "bot/config/suggest.hpp"
#include "bot/config/team_file.hpp"
#include "bot/config/values.hpp"
#include "bot/people/working_time.hpp"
#include "bot/store/rows.hpp"

namespace rapport::config_file {

namespace {

constexpr const char* moment_hint = "Write 2026-12-24, or \"2026-12-24 13:00\" on their own clock.";

void read_languages(Section& in, Staffer& staffer) {
    in.texts("languages", [&](const std::string& code, const YAML::Mark& mark) {
        if ((code.size() == 2 || code.size() == 3) && is_word(code)) {
            staffer.languages.push_back(code);
        } else {
            in.wrong("languages", mark,
                     fmt::format("must be codes of two or three letters, not \"{}\"", code),
                     "Write en for English, de for German, ja for Japanese.");
        }
    });
}

void read_topics(Section& in, Staffer& staffer) {
    constexpr std::size_t most_topics = 100;
    in.texts("topics", [&](const std::string& text, const YAML::Mark& mark) {
        const std::string topic{trim(text)};
        if (topic.empty() || topic.size() > 64) {
            in.wrong("topics", mark, "must be words of 1 to 64 bytes");
        } else if (staffer.topics.size() == most_topics) {
            in.wrong("topics", mark, fmt::format("may be {} at most", most_topics),
                     "Name what they know best.");
        } else {
            staffer.topics.push_back(topic);
        }
    });
}

/// A span of every day, or days with their spans.
void read_do_not_disturb(Section& in, const std::string& path, Staffer& staffer) {
    const Section::Found found = in.find("do_not_disturb");
    if (!found) return;
    if (found.node.IsScalar()) {
        const auto span = parse_span(found.node.Scalar());
        if (span) return staffer.do_not_disturb.days.fill({*span});
        in.wrong("do_not_disturb", found.node.Mark(),
                 fmt::format("must be a span of time, not \"{}\"", found.node.Scalar()),
                 "Write \"22:00-07:00\" for every day, or {mon-fri: \"12:00-13:00\"}.");
    } else {
        read_hours(found.node, path + ".do_not_disturb", in.mistakes(), staffer.do_not_disturb);
    }
}

/// Minutes of the week, from Sunday 00:00; what goes past Saturday is Sunday's.
std::vector<bool> minutes_of(const WorkingHours& hours) {
    constexpr std::size_t day = 24 * 60, week = 7 * day;
    std::vector<bool> minutes(week);
    for (std::size_t i = 0; i < hours.days.size(); ++i)
        for (const DaySpan& span : hours.days[i])
            for (auto at = span.from; at < span.until; ++at)
                minutes[(i * day + std::size_t(at.count())) % week] = true;
    return minutes;
}

/// Whoever works must be left some time in which they may be asked.
void check_room_to_ask(Section& in, const Staffer& staffer) {
    if (staffer.do_not_disturb == WorkingHours{} || staffer.hours == WorkingHours{}) return;
    const std::vector<bool> works = minutes_of(staffer.hours), quiet = minutes_of(staffer.do_not_disturb);
    for (std::size_t i = 0; i < works.size(); ++i)
        if (works[i] && !quiet[i]) return;
    in.wrong("do_not_disturb", in.mark("do_not_disturb"),
             "covers all of their hours: they could never be asked",
             "Leave some of their hours out of it, or set `away` for a time off.");
}

void read_away(Section& in, const std::string& path, Staffer& staffer) {
    const Section::Found found = in.find("away", true);
    if (!found) return;
    if (!found.node.IsSequence()) {
        return in.wrong("away", found.node.Mark(), "must be a list",
                        "Write away: [{from: 2026-12-24, until: 2027-01-04}].");
    }
    for (const YAML::Node& item : found.node) {
        Section one{item, path + ".away", in.mistakes()};
        Away away;
        const auto from = read_moment(one, "from", staffer.zone);
        const auto until = read_moment(one, "until", staffer.zone);
        one.text("reason", away.reason);
        one.finish();
        if (!item.IsMap()) continue;
        if (!item["from"].IsDefined() || !item["until"].IsDefined()) {
            in.wrong("away", item.Mark(), "needs both from and until", moment_hint);
        } else if (from && until && *until <= *from) {
            in.wrong("away", item.Mark(), "ends before it begins", "until is the first day back.");
        }
        away.from = from.value_or(Time{});
        away.until = until.value_or(Time{});
        staffer.away.push_back(std::move(away));
    }
}

void read_stay(Section& in, Staffer& staffer) {
    staffer.joined = read_moment(in, "joined", staffer.zone);
    staffer.left = read_moment(in, "left", staffer.zone);
    if (staffer.joined && staffer.left && *staffer.left <= *staffer.joined) {
        in.wrong("left", in.mark("left"), "is not after joined");
    }
}

}  // namespace

void read_zone(Section& in, std::string& into) {
    std::string zone = into;
    in.text("zone", zone);
    if (zone_exists(zone)) {
        into = zone;
        return;
    }
    const std::string* meant = nearest(zone, zone_names());
    in.wrong("zone", in.mark("zone"), fmt::format("names no time zone of this system: \"{}\"", zone),
             meant ? fmt::format("Did you mean \"{}\"?", *meant)
                   : "Write a zone such as Europe/Berlin, America/New_York or UTC.");
}

std::optional<Time> read_moment(Section& in, std::string_view key, const std::string& zone) {
    std::string text;
    in.text(key, text);
    if (text.empty()) return std::nullopt;
    if (const auto moment = parse_local_moment(text)) return local_moment(zone, moment->day, moment->minute);
    in.wrong(key, in.mark(key), fmt::format("must be a date, not \"{}\"", text), moment_hint);
    return std::nullopt;
}

void read_account(const std::string& text, const YAML::Mark& mark, const std::string& path,
                  Mistakes& mistakes, std::vector<MarkedAccount>& into) {
    if (auto key = parse_account(text)) {
        into.push_back({std::move(*key), mark});
    } else {
        mistakes.add(mark, fmt::format("{} names no account: \"{}\"", path, text),
                     "Write platform:realm:id, as in slack:T024BE7LD:U02A3B4C5.");
    }
}

StafferEntry read_staffer(const std::string& name, const YAML::Mark& mark, const YAML::Node& node,
                          Mistakes& mistakes, Calendars& calendars) {
    const std::string path = "staff." + name;
    StafferEntry entry;
    Staffer& staffer = entry.staffer;
    staffer.name = name;
    staffer.full_name = name;
    entry.mark = mark;

    Section in{node, path, mistakes};
    in.text("full_name", staffer.full_name);
    in.texts("accounts", [&](const std::string& text, const YAML::Mark& where) {
        read_account(text, where, path + ".accounts", mistakes, entry.accounts);
    });
    read_zone(in, staffer.zone);
    if (const auto hours = in.find("hours")) read_hours(hours.node, path + ".hours", mistakes, staffer.hours);
    read_languages(in, staffer);
    read_do_not_disturb(in, path, staffer);
    check_room_to_ask(in, staffer);
    read_topics(in, staffer);
    in.integer("capacity", staffer.capacity, 1, 1000);
    in.integer("relationships", staffer.relationships, 1, max_given);
    read_away(in, path, staffer);
    read_holidays(in, calendars, staffer.holidays);
    in.text("backup", staffer.backup);
    entry.backup = in.mark("backup");
    read_stay(in, staffer);
    in.flag("lead", staffer.lead);
    in.finish();

    for (const MarkedAccount& account : entry.accounts) staffer.accounts.push_back(account.key);
    return entry;
}

}  // namespace rapport::config_file
