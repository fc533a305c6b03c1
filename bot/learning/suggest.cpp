#include "bot/learning/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "bot/learning/candidates.hpp"

namespace rapport::learning {

namespace {

using namespace std::chrono_literals;

/// A change with what it would have done, example by example.
struct Tried {
    Suggestion suggestion{};
    std::optional<rules::Fact> fact{};
    std::size_t values = 1;
    std::vector<bool> asks{};  ///< Of each example.
};

void count(Tried& tried, std::span<const Example> examples) {
    Suggestion& sum = tried.suggestion;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        if (examples[i].verdict == Verdict::good) {
            ++sum.good;
            sum.kept += tried.asks[i] ? 1 : 0;
        } else if (examples[i].verdict == Verdict::not_needed) {
            ++sum.bad;
            sum.dropped += tried.asks[i] ? 0 : 1;
        }
    }
}

bool worth_saying(const Suggestion& one) {
    return one.dropped >= 2 && 4 * one.dropped >= one.bad && 10 * one.kept >= 9 * one.good;
}

/// The condition by the rules' own compiler, so that what is told is what would happen. Nothing if it does
/// not compile: a value may hold what no rule can say.
std::optional<rules::RuleSet> compiled(const std::string& condition) {
    std::string quoted;
    for (const char c : condition) quoted += c == '\'' ? "''" : std::string(1, c);
    rules::LoadResult loaded =
        rules::load(fmt::format("rules:\n  - name: candidate\n    when: '{}'\n", quoted), "candidate");
    return std::move(loaded.rules);
}

std::vector<Tried> conditions(std::span<const Example> examples) {
    std::vector<Tried> all;
    std::set<std::string> seen;
    for (Candidate& candidate : candidates(examples)) {
        if (!seen.insert(candidate.condition).second) continue;
        const auto rules = compiled(candidate.condition);
        if (!rules) continue;
        Tried tried;
        tried.suggestion.condition = std::move(candidate.condition);
        tried.fact = candidate.fact;
        tried.values = candidate.values;
        for (const Example& one : examples) tried.asks.push_back(rules->holds(0, one.facts));
        count(tried, examples);
        all.push_back(std::move(tried));
    }
    return all;
}

/// What was closed soon as answered already would not have asked anybody, had the rule waited.
std::vector<Tried> waits(const rules::Rule& rule, std::span<const Example> examples) {
    std::vector<Tried> all;
    for (const rules::Duration after : {5min, 15min, 30min, 60min, 120min, 240min}) {
        if (after <= rule.after || after >= rule.reply_within) continue;
        Tried tried;
        tried.suggestion.after = after;
        for (const Example& one : examples)
            tried.asks.push_back(one.verdict != Verdict::not_needed || one.reason != "answered" ||
                                 one.lasted > after - rule.after);
        count(tried, examples);
        // A longer wait that spares nobody more is only longer.
        if (all.empty() || tried.suggestion.dropped > all.back().suggestion.dropped)
            all.push_back(std::move(tried));
    }
    return all;
}

bool better(const Tried& a, const Tried& b) {
    const auto lost = [](const Tried& one) { return one.suggestion.good - one.suggestion.kept; };
    // One good alert lost weighs as much as three that were not needed.
    const auto worth = [&](const Tried& one) {
        return std::int64_t(one.suggestion.dropped) - 3 * std::int64_t(lost(one));
    };
    if (worth(a) != worth(b)) return worth(a) > worth(b);
    if (lost(a) != lost(b)) return lost(a) < lost(b);
    return a.values < b.values;
}

}  // namespace

std::vector<Suggestion> suggest(const rules::Rule& rule, std::span<const Example> examples) {
    examples = examples.first(std::min(examples.size(), most_examples));
    const auto times = [&](Verdict verdict) {
        return std::size_t(std::count_if(examples.begin(), examples.end(),
                                         [&](const Example& one) { return one.verdict == verdict; }));
    };
    if (times(Verdict::not_needed) < fewest_bad || times(Verdict::good) == 0) return {};
    std::vector<Tried> all = conditions(examples);
    for (Tried& wait : waits(rule, examples)) all.push_back(std::move(wait));
    std::erase_if(all, [](const Tried& one) { return !worth_saying(one.suggestion); });
    std::stable_sort(all.begin(), all.end(), better);

    std::vector<Suggestion> best;
    std::vector<const Tried*> chosen;
    for (const Tried& one : all) {
        const bool same = std::any_of(chosen.begin(), chosen.end(), [&](const Tried* other) {
            return other->fact == one.fact || other->asks == one.asks;
        });
        if (same) continue;
        chosen.push_back(&one);
        best.push_back(one.suggestion);
        if (best.size() == most_suggestions) break;
    }
    return best;
}

std::string change_words(const Suggestion& suggestion) {
    return suggestion.condition.empty()
               ? fmt::format("Wait {} before asking", rules::to_text(suggestion.after))
               : fmt::format("Only if {}", suggestion.condition);
}

std::string effect_words(const Suggestion& suggestion) {
    return fmt::format("would have kept {} of {} answered and dropped {} of {} not needed", suggestion.kept,
                       suggestion.good, suggestion.dropped, suggestion.bad);
}

}  // namespace rapport::learning
