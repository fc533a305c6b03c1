// How a rule does: what became of its alerts, and what would have been better.

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/card.hpp"
#include "bot/learning/lessons.hpp"
#include "bot/learning/record.hpp"
#include "bot/office/pages.hpp"
#include "bot/office/rule_check.hpp"
#include "bot/office/rule_forms.hpp"
#include "bot/office/text.hpp"
#include "bot/people/person.hpp"
#include "bot/people/working_time.hpp"

namespace rapport::office {

namespace {

constexpr std::size_t most_counted = 5'000;
constexpr std::size_t most_persons = 5;

std::vector<AlertRow> alerts_of(Room& room, const std::string& rule) {
    return must_read(room.store.alerts_of_rule(rule, learning::record_begin(room.now), most_counted));
}

std::string day_text(std::chrono::sys_days day) {
    const std::string text = local_date_text("UTC", day);
    return text.substr(0, text.find(','));
}

std::string counts_text(const learning::Counts& counts) {
    return fmt::format("asked {}, answered {}, not needed {}", counts.asked, counts.answered,
                       counts.not_needed);
}

Part weeks_part(const learning::RuleRecord& record) {
    Part part;
    part.heading = "Week by week";
    for (auto week = record.weeks.rbegin(); week != record.weeks.rend(); ++week)
        part.text += fmt::format("{}From {}: {}", part.text.empty() ? "" : "\n", day_text(week->begin),
                                 counts_text(week->counts));
    return part;
}

Part reasons_part(Room& room, const learning::RuleRecord& record) {
    Part part;
    part.heading = "Not needed, and why";
    for (const auto& [reason, times] : record.by_reason)
        part.fields.push_back({std::string(label_of_reason(reason)),
                               fmt::format("{}, counts against {}", counted(times, "time"),
                                           name_of(learning::against(reason)))});
    std::string about;
    for (std::size_t i = 0; i < std::min(record.about.size(), most_persons); ++i)
        if (const AccountRow* account = room.lookup.account(record.about[i].first))
            about += fmt::format("{}{} ({})", about.empty() ? "" : ", ", shown_name(*account),
                                 record.about[i].second);
    if (!about.empty()) part.fields.push_back({"Most often about", about});
    return part;
}

std::vector<Part> suggestions(const rules::Rule& rule, const learning::RuleRecord& record,
                              std::span<const learning::Example> examples) {
    std::vector<Part> parts;
    for (const learning::Suggestion& one : learning::suggest(rule, examples)) {
        Part part;
        part.heading = learning::change_words(one);
        part.text = fmt::format("It {}.", learning::effect_words(one));
        part.buttons = {
            one.condition.empty()
                ? button(fmt::format("rule_wait/{}/{}", rule.name, duration_words(one.after)),
                         "Look at this change")
                : button(fmt::format("rule_with/{}/{}", rule.name, one.condition), "Look at this change")};
        parts.push_back(std::move(part));
    }
    Part first;
    first.heading = "What would have been better";
    first.text = parts.empty() ? learning::why_no_suggestion(record.all)
                               : "Tried on what it asked so far. Nothing changes before you save it.";
    parts.insert(parts.begin(), std::move(first));
    return parts;
}

Page gone(const std::string& name) {
    return words_page("rules", "Rules",
                      fmt::format("There is no rule {}. \"rules\" lists those there are.", cut(name, 80)));
}

Page record_page(Room& room, const std::string& name, const std::map<MessageId, rules::Facts>& seen) {
    const rules::RuleSet& rules = room.world->rules;
    const auto id = rules.find(name);
    if (!id) return gone(name);
    const rules::Rule& rule = rules.rule(*id);
    const std::vector<AlertRow> alerts = alerts_of(room, name);
    const learning::RuleRecord record = learning::record_of(alerts, room.now);
    Page page{"rule", cut(rule.title, 100), {}};
    Part first;
    first.text =
        fmt::format("{}{}\nIf {}\nIn the last {} weeks: {}.", rule.name, rule.enabled ? "" : " (off)",
                    cut(rule.when, 600), learning::weeks_shown, counts_text(record.all));
    first.buttons = {button("rule_edit/" + name, "Change"), button("rule_try/" + name, "Try on history"),
                     button("rules/", "All rules")};
    page.parts.push_back(std::move(first));
    if (record.all.asked == 0) return page;
    page.parts.push_back(weeks_part(record));
    if (record.all.not_needed > 0) page.parts.push_back(reasons_part(room, record));
    for (Part& part : suggestions(rule, record, learning::examples_of(alerts, seen)))
        page.parts.push_back(std::move(part));
    return bounded(std::move(page));
}

}  // namespace

Reply show_rule(Room& room, const std::string& name) {
    if (!room.world->rules.find(name)) return Answer{gone(name)};
    Reply reply;
    reply.look_back = LookBack{room.world, learning::messages_of(alerts_of(room, name))};
    reply.after = [name](Room& again, const Backtest& history) -> Answer {
        return record_page(again, name, history.seen);
    };
    return reply;
}

}  // namespace rapport::office
