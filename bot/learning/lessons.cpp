#include "bot/learning/lessons.hpp"

namespace rapport::learning {

std::set<MessageId> messages_of(std::span<const AlertRow> alerts) {
    std::set<MessageId> messages;
    for (auto alert = alerts.rbegin(); alert != alerts.rend() && messages.size() < most_examples; ++alert)
        if (verdict_of(*alert) != Verdict::neither && !alert->quoted.empty())
            messages.insert(alert->quoted.front());
    return messages;
}

std::vector<Example> examples_of(std::span<const AlertRow> alerts,
                                 const std::map<MessageId, rules::Facts>& seen) {
    std::vector<Example> examples;
    for (const AlertRow& alert : alerts) {
        const Verdict verdict = verdict_of(alert);
        if (verdict == Verdict::neither || alert.quoted.empty()) continue;
        const auto facts = seen.find(alert.quoted.front());
        if (facts == seen.end()) continue;
        examples.push_back({facts->second, verdict, alert.reason, alert.closed - alert.opened});
    }
    return examples;
}

std::string why_no_suggestion(const Counts& all) {
    if (all.not_needed < fewest_bad) return "Too few were not needed to learn anything from them.";
    if (all.answered == 0) return "Nobody has answered any of them. Is this rule needed at all?";
    return "No single change would have kept the answered ones and dropped many of the others.";
}

}  // namespace rapport::learning
