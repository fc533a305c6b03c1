// `rapport rules show`.

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <ostream>

#include "bot/alerts/card.hpp"
#include "bot/cli/commands.hpp"
#include "bot/cli/store_access.hpp"
#include "bot/cli/text.hpp"
#include "bot/learning/lessons.hpp"
#include "bot/learning/record.hpp"
#include "bot/pipeline/hindsight.hpp"
#include "bot/store/sqlite/throw_away.hpp"
#include "rules/diagnostic.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;

constexpr std::size_t most_counted = 5'000;

std::string week_text(std::chrono::sys_days day) {
    const std::chrono::year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

const rules::Rule& must_find_rule(const rules::RuleSet& rules, const std::string& name) {
    if (const auto id = rules.find(name)) return rules.rule(*id);
    std::vector<std::string_view> known;
    for (const rules::Rule& rule : rules.rules()) known.push_back(rule.name);
    const std::string meant = rules::did_you_mean(name, known);
    throw Stop(Exit::not_found, fmt::format("There is no rule {} in {}{}", name, rules.file(),
                                            meant.empty() ? "." : ": " + meant));
}

json::object counts_json(const learning::Counts& counts) {
    return {{"asked", counts.asked}, {"answered", counts.answered}, {"not_needed", counts.not_needed}};
}

std::string as_json(const rules::Rule& rule, const learning::RuleRecord& record,
                    const std::vector<learning::Suggestion>& suggestions) {
    json::array weeks, changes;
    for (const learning::Week& week : record.weeks) {
        json::object one = counts_json(week.counts);
        one["from"] = week_text(week.begin);
        weeks.push_back(std::move(one));
    }
    json::object reasons;
    for (const auto& [reason, times] : record.by_reason) reasons[reason] = times;
    for (const learning::Suggestion& one : suggestions)
        changes.push_back(json::object{{"and", one.condition},
                                       {"after_s", one.after.count() / 1000},
                                       {"kept", one.kept},
                                       {"answered", one.good},
                                       {"dropped", one.dropped},
                                       {"not_needed", one.bad}});
    return json::serialize(json::object{{"rule", rule.name},
                                        {"title", rule.title},
                                        {"enabled", rule.enabled},
                                        {"when", rule.when},
                                        {"all", counts_json(record.all)},
                                        {"weeks", std::move(weeks)},
                                        {"reasons", std::move(reasons)},
                                        {"suggestions", std::move(changes)}}) +
           "\n";
}

std::string as_text(const rules::Rule& rule, const learning::RuleRecord& record,
                    const std::vector<learning::Suggestion>& suggestions) {
    std::string out =
        fmt::format("{}{}: {}\nIf {}\n\n", rule.name, rule.enabled ? "" : " (off)", rule.title, rule.when);
    std::vector<std::vector<std::string>> rows{{"WEEK FROM", "ASKED", "ANSWERED", "NOT NEEDED"}};
    const auto add = [&](std::string label, const learning::Counts& counts) {
        rows.push_back({std::move(label), std::to_string(counts.asked), std::to_string(counts.answered),
                        std::to_string(counts.not_needed)});
    };
    for (const learning::Week& week : record.weeks) add(week_text(week.begin), week.counts);
    add("all", record.all);
    out += table(rows);
    if (!record.by_reason.empty()) out += "\nNot needed:\n";
    for (const auto& [reason, times] : record.by_reason)
        out += fmt::format("  {} because {} (counts against {})\n", times, label_of_reason(reason),
                           name_of(learning::against(reason)));
    out += "\nWhat would have been better:\n";
    if (suggestions.empty()) out += fmt::format("  {}\n", learning::why_no_suggestion(record.all));
    for (const learning::Suggestion& one : suggestions)
        out += fmt::format("  {}: {}.\n", learning::change_words(one), learning::effect_words(one));
    return out;
}

}  // namespace

int rules_show(const Context& context, const std::string& name) {
    const auto world = must_load_world(context);
    const rules::Rule& rule = must_find_rule(world->rules, name);
    const auto store = must_open_for_reading(context);
    State state;
    must(store->open(state));
    const std::vector<AlertRow> alerts =
        must(store->alerts_of_rule(name, learning::record_begin(state.now), most_counted));
    const learning::RuleRecord record = learning::record_of(alerts, state.now);
    const auto open_empty = [] { return open_throw_away("hindsight"); };
    std::vector<learning::Suggestion> suggestions;
    if (record.all.not_needed >= learning::fewest_bad && record.all.answered > 0) {
        const auto seen = must(hindsight(*store, world, learning::messages_of(alerts), open_empty, {}));
        suggestions = learning::suggest(rule, learning::examples_of(alerts, seen));
    }
    context.terminal.out << (context.json ? as_json(rule, record, suggestions)
                                          : as_text(rule, record, suggestions));
    return int(Exit::fine);
}

}  // namespace rapport::cli
