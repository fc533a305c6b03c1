#include "bot/config/own_settings.hpp"

#include <fmt/format.h>

#include "bot/config/team_file.hpp"
#include "bot/people/working_time.hpp"

namespace rapport {

namespace {

using std::chrono::minutes;

constexpr std::array<std::string_view, 7> day_words{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

std::string clock(minutes minute) {
    return fmt::format("{:02}:{:02}", minute.count() / 60, minute.count() % 60);
}

std::string spans_text(const std::vector<DaySpan>& spans) {
    std::string text;
    for (const DaySpan& span : spans) {
        const minutes day{24 * 60};
        const minutes until = span.until > day ? span.until - day : span.until;
        text += fmt::format("{}{}-{}", text.empty() ? "" : ", ", clock(span.from), clock(until));
    }
    return text.empty() ? "off" : text;
}

}  // namespace

std::optional<WorkingHours> parse_hours(std::string_view text) {
    constexpr std::size_t longest = 2'000;
    if (text.empty() || text.size() > longest) return std::nullopt;
    config_file::Mistakes mistakes{text, "hours"};
    WorkingHours hours;
    try {
        config_file::read_hours(YAML::Load(std::string(text)), "hours", mistakes, hours);
    } catch (const YAML::Exception&) {
        return std::nullopt;
    }
    if (!mistakes.none()) return std::nullopt;
    return hours;
}

std::string hours_text(const WorkingHours& hours) {
    if (hours == WorkingHours::always()) return "always";
    if (hours == WorkingHours::office()) return "office";
    std::string text;
    // From Monday to Sunday, as people read a week.
    for (unsigned first = 1; first <= 7;) {
        unsigned last = first;
        while (last < 7 && hours.days[(last + 1) % 7] == hours.days[first % 7]) ++last;
        const std::string days = first == last
                                     ? std::string(day_words[first % 7])
                                     : fmt::format("{}-{}", day_words[first % 7], day_words[last % 7]);
        if (!hours.days[first % 7].empty())
            text += fmt::format("{}{}: \"{}\"", text.empty() ? "" : ", ", days,
                                spans_text(hours.days[first % 7]));
        first = last + 1;
    }
    return "{" + text + "}";
}

Team with_own_settings(const Team& team, const std::map<std::string, StafferRow>& settings) {
    std::vector<Staffer> staffers = team.staffers();
    for (Staffer& staffer : staffers) {
        const auto found = settings.find(staffer.name);
        if (found == settings.end()) continue;
        if (const auto hours = parse_hours(found->second.hours)) staffer.hours = *hours;
        if (zone_exists(found->second.zone)) staffer.zone = found->second.zone;
    }
    Team with{std::move(staffers), team.groups(), team.brand_accounts(), team.brand_names()};
    for (const auto& [name, row] : settings)
        for (const AccountKey& account : row.accounts) with.add_account(name, account);
    return with;
}

}  // namespace rapport
