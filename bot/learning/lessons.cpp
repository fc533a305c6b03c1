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

}  // namespace rapport::learning
