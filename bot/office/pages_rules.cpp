// The rules as a list, and what a candidate would have done.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "bot/office/pages.hpp"
#include "bot/office/rule_check.hpp"
#include "bot/office/text.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::office {

namespace {

constexpr std::size_t most_examples = 5;
constexpr std::size_t most_days = 10;

std::uint64_t at_or_zero(const std::map<std::string, std::uint64_t>& counts, const std::string& key) {
    const auto at = counts.find(key);
    return at == counts.end() ? 0 : at->second;
}

Part rule_part(const rules::Rule& rule) {
    Part part;
    part.heading = rule.title;
    std::string ask;
    for (const rules::Target& target : rule.ask) ask += (ask.empty() ? "" : ", ") + to_string(target);
    part.text =
        fmt::format("{}{}\nIf {}\nAsk {}, to answer within {}.", rule.name, rule.enabled ? "" : " (off)",
                    cut(rule.when, 600), ask, duration_words(rule.reply_within));
    part.buttons = {button("rule_show/" + rule.name, "How it does"),
                    button("rule_edit/" + rule.name, "Change"),
                    rule.enabled ? button("rule_off/" + rule.name, "Switch off")
                                 : button("rule_on/" + rule.name, "Switch on"),
                    button("rule_try/" + rule.name, "Try on history")};
    return part;
}

Part examples(Room& room, std::string heading, const BacktestSide& side,
              const std::vector<std::size_t>& which) {
    Part part;
    part.heading = fmt::format("{}: {}", heading, which.size());
    for (std::size_t i = 0; i < std::min(which.size(), most_examples); ++i) {
        const BacktestAlert& alert = side.alerts[which[i]];
        // What was said in a direct message is for those to whom it was said.
        const ChannelRow* channel = room.lookup.channel(alert.message.channel);
        const bool direct = !channel || channel->kind == ChannelKind::dm;
        part.quotes.push_back(
            {alert.about_name, direct ? "(a direct message)" : cut(alert.text, 200), alert.said, ""});
    }
    if (which.size() > most_examples) part.text = fmt::format("The first {} of them:", most_examples);
    return part;
}

}  // namespace

Page rules_page(Room& room) {
    Page page{"rules", "Rules", {}};
    const rules::LoadResult file = rules::load(room.rules_file, "rules.yaml");
    Part first;
    first.text = file.rules ? fmt::format("{}. Of several that hold, the first asks.",
                                          counted(file.rules->rules().size(), "rule"))
                            : "rules.yaml has a mistake just now, so the rules from before it hold: " +
                                  to_string(file.diagnostics.front());
    first.buttons = {button("rule_new", "A new rule", ButtonStyle::primary)};
    page.parts.push_back(std::move(first));
    const rules::RuleSet& rules = file.rules ? *file.rules : room.world->rules;
    for (const rules::Rule& rule : rules.rules()) page.parts.push_back(rule_part(rule));
    return bounded(std::move(page));
}

std::vector<Part> backtest_parts(Room& room, const Backtest& result) {
    std::vector<Part> parts;
    Part sum;
    sum.heading = "What it would have done";
    sum.text =
        fmt::format("From {} to {}, {}. Today's rules would have raised {}, with this one it would be {}.",
                    local_date_text(room.zone(), result.from), local_date_text(room.zone(), result.until),
                    counted(result.messages, "message"), counted(result.today.alerts.size(), "alert"),
                    result.candidate.alerts.size());
    parts.push_back(std::move(sum));

    const auto today = by_staffer(result.today), candidate = by_staffer(result.candidate);
    std::set<std::string> names;
    for (const auto* side : {&today, &candidate})
        for (const auto& [name, count] : *side) names.insert(name);
    const double days = std::max(1.0, double((result.until - result.from).count()) / 86'400'000.0);
    Part asked;
    asked.heading = "Who would have been asked";
    for (const std::string& name : names) {
        const Staffer* staffer = room.world->team.staffer(name);
        const std::uint64_t now = at_or_zero(today, name), then = at_or_zero(candidate, name);
        asked.fields.push_back(
            {staffer ? staffer->full_name : "the team's channel",
             fmt::format("{} instead of {} ({:.1f} a day)", then, now, double(then) / days)});
    }
    if (!names.empty()) parts.push_back(std::move(asked));

    const auto per_day = by_day(result.candidate), per_day_now = by_day(result.today);
    std::vector<std::pair<std::uint64_t, std::chrono::sys_days>> busiest;
    busiest.reserve(per_day.size());
    for (const auto& [day, count] : per_day) busiest.emplace_back(count, day);
    std::sort(busiest.begin(), busiest.end(), [](const auto& a, const auto& b) {
        return std::pair{-std::int64_t(a.first), a.second} < std::pair{-std::int64_t(b.first), b.second};
    });
    Part by_days;
    by_days.heading = "Alerts a day, the busiest days";
    for (std::size_t i = 0; i < std::min(busiest.size(), most_days); ++i) {
        const auto now = per_day_now.find(busiest[i].second);
        by_days.fields.push_back(
            {local_date_text("UTC", busiest[i].second)
                 .substr(0, local_date_text("UTC", busiest[i].second).find(',')),
             fmt::format("{} instead of {}", busiest[i].first, now == per_day_now.end() ? 0 : now->second)});
    }
    if (!busiest.empty()) parts.push_back(std::move(by_days));
    parts.push_back(examples(room, "New alerts", result.candidate, result.only_candidate));
    parts.push_back(examples(room, "Alerts that would be gone", result.today, result.only_today));
    return parts;
}

}  // namespace rapport::office
