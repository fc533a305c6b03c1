#include <fmt/core.h>

#include <algorithm>

#include "bot/config/section.hpp"
#include "bot/config/suggest.hpp"
#include "bot/config/team_file.hpp"
#include "bot/config/values.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::config_file {

namespace {

constexpr const char* moment_hint = "Write 2026-12-24, or \"2026-12-24 13:00\" on their own clock.";

void read_zone(Section& in, Staffer& staffer) {
    std::string zone = staffer.zone;
    in.text("zone", zone);
    if (zone_exists(zone)) {
        staffer.zone = zone;
        return;
    }
    const std::string* meant = nearest(zone, zone_names());
    in.wrong("zone", in.mark("zone"), fmt::format("names no time zone of this system: \"{}\"", zone),
             meant ? fmt::format("Did you mean \"{}\"?", *meant)
                   : "Write a zone such as Europe/Berlin, America/New_York or UTC.");
}

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

void read_holidays(Section& in, Staffer& staffer) {
    in.texts("holidays", [&](const std::string& text, const YAML::Mark& mark) {
        if (const auto date = parse_date(text)) {
            staffer.holidays.push_back(*date);
        } else {
            in.wrong("holidays", mark, fmt::format("must be dates, not \"{}\"", text), "Write 2026-12-25.");
        }
    });
    std::sort(staffer.holidays.begin(), staffer.holidays.end());
    staffer.holidays.erase(std::unique(staffer.holidays.begin(), staffer.holidays.end()),
                           staffer.holidays.end());
}

/// The moment under `key` on the staffer's clock; empty if missing or wrong.
std::optional<Time> read_moment(Section& in, std::string_view key, const std::string& zone) {
    std::string text;
    in.text(key, text);
    if (text.empty()) return std::nullopt;
    if (const auto moment = parse_local_moment(text)) return local_moment(zone, moment->day, moment->minute);
    in.wrong(key, in.mark(key), fmt::format("must be a date, not \"{}\"", text), moment_hint);
    return std::nullopt;
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
                          Mistakes& mistakes) {
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
    read_zone(in, staffer);
    if (const auto hours = in.find("hours")) read_hours(hours.node, path + ".hours", mistakes, staffer.hours);
    read_languages(in, staffer);
    in.integer("capacity", staffer.capacity, 1, 1000);
    read_away(in, path, staffer);
    read_holidays(in, staffer);
    in.text("backup", staffer.backup);
    entry.backup = in.mark("backup");
    read_stay(in, staffer);
    in.flag("lead", staffer.lead);
    in.finish();

    for (const MarkedAccount& account : entry.accounts) staffer.accounts.push_back(account.key);
    return entry;
}

}  // namespace rapport::config_file
