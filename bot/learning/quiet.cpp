#include "bot/learning/quiet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace rapport::learning {

namespace {

/// An account keeps something about so many rules at most; what was longest ago gives way.
constexpr std::size_t most_rules = 16;

auto entry_of(auto& account, std::string_view rule) {
    return std::find_if(account.unwanted.begin(), account.unwanted.end(),
                        [&](const Unwanted& one) { return one.rule == rule; });
}

bool has_entry(const AccountRow& account, std::string_view rule) {
    return entry_of(account, rule) != account.unwanted.end();
}

Time latest(const Unwanted& one) {
    return one.at.empty() ? one.since : std::max(one.since, one.at.back());
}

}  // namespace

std::optional<Quiet> quiet_about(Accounts person, std::string_view rule, const LearningConfig& config) {
    if (config.quiet_after == 0) return std::nullopt;
    Time since = never;
    std::vector<Time> all;
    for (const AccountRow* account : person)
        if (const auto entry = entry_of(*account, rule); entry != account->unwanted.end()) {
            since = std::max(since, entry->since);
            all.insert(all.end(), entry->at.begin(), entry->at.end());
        }
    std::erase_if(all, [&](Time at) { return at <= since; });
    std::sort(all.begin(), all.end());
    const std::size_t times = config.quiet_after;
    for (std::size_t i = times; i <= all.size(); ++i)
        if (all[i - 1] - all[i - times] <= config.quiet_within)
            return Quiet{std::string(rule), times, all[i - 1]};
    return std::nullopt;
}

std::vector<Quiet> all_quiet(Accounts person, const LearningConfig& config) {
    std::set<std::string_view> rules;
    for (const AccountRow* account : person)
        for (const Unwanted& one : account->unwanted) rules.insert(one.rule);
    std::vector<Quiet> all;
    for (const std::string_view rule : rules)
        if (std::optional<Quiet> quiet = quiet_about(person, rule, config)) all.push_back(std::move(*quiet));
    return all;
}

void add_unwanted(AccountRow& account, std::string_view rule, Time at) {
    auto entry = entry_of(account, rule);
    if (entry == account.unwanted.end()) {
        if (account.unwanted.size() >= most_rules)
            account.unwanted.erase(
                std::min_element(account.unwanted.begin(), account.unwanted.end(),
                                 [](const Unwanted& a, const Unwanted& b) { return latest(a) < latest(b); }));
        entry = account.unwanted.insert(account.unwanted.end(), Unwanted{std::string(rule), {}, never});
    }
    if (entry->at.size() >= max_unwanted) entry->at.erase(entry->at.begin());
    entry->at.push_back(at);
}

void forget_unwanted(AccountRow& account, Accounts others, std::string_view rule, Time at) {
    const auto entry = entry_of(account, rule);
    const bool elsewhere = std::any_of(others.begin(), others.end(),
                                       [&](const AccountRow* other) { return has_entry(*other, rule); });
    if (entry != account.unwanted.end()) account.unwanted.erase(entry);
    // Theirs stays as it is, and counts again if these turn out to be two persons.
    if (elsewhere) account.unwanted.push_back({std::string(rule), {}, at});
}

std::string quiet_words(const Quiet& quiet, std::string_view since) {
    constexpr std::array<std::string_view, 11> numbers{"no",  "one",   "two",   "three", "four", "five",
                                                       "six", "seven", "eight", "nine",  "ten"};
    const std::string count =
        quiet.times < numbers.size() ? std::string(numbers[quiet.times]) : fmt::format("{}", quiet.times);
    return fmt::format("muted by {} \"not needed\" ({})", count, since);
}

}  // namespace rapport::learning
