#include "bot/cli/backtest_text.hpp"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <set>

#include "bot/cli/alert_text.hpp"
#include "bot/cli/text.hpp"
#include "bot/json/alert_json.hpp"
#include "rules/lexer.hpp"

namespace rapport::cli {

namespace {

namespace json = boost::json;
using Days = std::map<std::chrono::sys_days, std::uint64_t>;

constexpr std::size_t most_days = 31;
constexpr std::size_t most_examples = 10;
constexpr int example_width = 70;

template <class Key>
std::uint64_t count_of(const std::map<Key, std::uint64_t>& counts, const Key& key) {
    const auto at = counts.find(key);
    return at == counts.end() ? 0 : at->second;
}

std::string day_text(std::chrono::sys_days day) {
    return iso_utc(Time{day}).substr(0, 10);
}

/// How many in all, and on the busiest day.
std::vector<std::string> staffer_cells(const BacktestSide& side, const std::string& staffer, double days) {
    Days by;
    std::uint64_t all = 0;
    for (const BacktestAlert& alert : side.alerts)
        if (alert.staffer == staffer) {
            ++by[std::chrono::floor<std::chrono::days>(alert.raised)];
            ++all;
        }
    std::uint64_t most = 0;
    for (const auto& [day, count] : by) most = std::max(most, count);
    return {fmt::format("{}", all), fmt::format("{:.1f}", double(all) / days), fmt::format("{}", most)};
}

std::string staffers_text(const Backtest& result) {
    const double days = std::max(1.0, double((result.until - result.from).count()) / 86'400'000.0);
    std::set<std::string> staffers;
    for (const BacktestSide* side : {&result.today, &result.candidate})
        for (const auto& [staffer, count] : by_staffer(*side)) staffers.insert(staffer);
    std::vector<std::vector<std::string>> rows{
        {"ASKED FIRST", "TODAY", "A DAY", "BUSIEST", "CANDIDATE", "A DAY", "BUSIEST"}};
    for (const std::string& staffer : staffers) {
        std::vector<std::string> row{std::string(staffer_text(staffer))};
        for (const BacktestSide* side : {&result.today, &result.candidate})
            for (std::string& cell : staffer_cells(*side, staffer, days)) row.push_back(std::move(cell));
        rows.push_back(std::move(row));
    }
    return staffers.empty() ? std::string{} : table(rows) + "\n";
}

std::string days_text(const Backtest& result) {
    const Days today = by_day(result.today);
    const Days candidate = by_day(result.candidate);
    std::set<std::chrono::sys_days> days;
    for (const Days* side : {&today, &candidate})
        for (const auto& [day, count] : *side) days.insert(day);
    if (days.empty()) return {};
    std::vector<std::vector<std::string>> rows{{"DAY (UTC)", "TODAY", "CANDIDATE"}};
    for (const auto day : days) {
        if (rows.size() > most_days) break;
        rows.push_back({day_text(day), fmt::format("{}", count_of(today, day)),
                        fmt::format("{}", count_of(candidate, day))});
    }
    std::string out = table(rows);
    if (days.size() > most_days)
        out += fmt::format("and {} more days with alerts; --json has all of them\n", days.size() - most_days);
    return out + "\n";
}

std::string examples_text(std::string_view heading, const BacktestSide& side,
                          const std::vector<std::size_t>& which, std::string_view zone) {
    std::string out = fmt::format("{}: {}\n", heading, which.size());
    for (std::size_t i = 0; i < std::min(which.size(), most_examples); ++i) {
        const BacktestAlert& alert = side.alerts[which[i]];
        out += fmt::format("  {}  {}, for {} ({})\n    {}\n", time_text(zone, alert.raised),
                           one_line(alert.about_name), staffer_text(alert.staffer), alert.rule,
                           one_line(alert.text, example_width));
    }
    if (which.size() > most_examples)
        out += fmt::format("  and {} more; --json has all of them\n", which.size() - most_examples);
    return out;
}

json::object alert_object(const BacktestAlert& alert) {
    return {{"rule", alert.rule},
            {"about", key_text(alert.about)},
            {"name", alert.about_name},
            {"message", fmt::format("{}/{}", key_text(alert.message.channel), alert.message.id)},
            {"text", alert.text},
            {"said", iso_utc(alert.said)},
            {"raised", iso_utc(alert.raised)},
            {"asked", alert.staffer}};
}

json::object side_json(const BacktestSide& side) {
    json::array alerts;
    for (const BacktestAlert& alert : side.alerts) alerts.push_back(alert_object(alert));
    json::object staffers, days;
    for (const auto& [staffer, count] : by_staffer(side)) staffers[staffer] = count;
    for (const auto& [day, count] : by_day(side)) days[day_text(day)] = count;
    return {{"alerts", std::move(alerts)},
            {"by_staffer", std::move(staffers)},
            {"by_day", std::move(days)},
            {"spared", side.spared},
            {"waiting", side.waiting}};
}

json::array numbers(const std::vector<std::size_t>& all) {
    json::array array;
    for (const std::size_t one : all) array.push_back(one);
    return array;
}

}  // namespace

std::string backtest_text(const Backtest& result, std::string_view zone) {
    std::string out = fmt::format(
        "From {} to {}: {}.\n"
        "Today's rules would have raised {}, the candidate {}.\n"
        "Answered or gone before anybody was asked: {} today, {} with the candidate.\n\n",
        time_text(zone, result.from), time_text(zone, result.until), counted(result.messages, "message"),
        counted(result.today.alerts.size(), "alert"), result.candidate.alerts.size(), result.today.spared,
        result.candidate.spared);
    out += staffers_text(result) + days_text(result);
    out += examples_text("Only with the candidate", result.candidate, result.only_candidate, zone);
    out += examples_text("Only with today's rules", result.today, result.only_today, zone);
    return out + fmt::format("With both: {}\n", result.both.size());
}

std::string backtest_json(const Backtest& result) {
    json::array both;
    for (const auto& [candidate, today] : result.both)
        both.push_back(json::object{{"candidate", candidate}, {"today", today}});
    return json::serialize(json::object{{"from", iso_utc(result.from)},
                                        {"until", iso_utc(result.until)},
                                        {"messages", result.messages},
                                        {"candidate", side_json(result.candidate)},
                                        {"today", side_json(result.today)},
                                        {"only_candidate", numbers(result.only_candidate)},
                                        {"only_today", numbers(result.only_today)},
                                        {"both", std::move(both)}});
}

std::optional<std::chrono::milliseconds> parse_since(std::string_view text) {
    if (text == "all") return std::chrono::days{36'500};
    const auto duration = rules::parse_duration(text);
    if (!duration || duration->count() <= 0) return std::nullopt;
    return duration;
}

}  // namespace rapport::cli
