#include "bot/learning/verdict.hpp"

namespace rapport::learning {

bool was_asked(const AlertRow& alert) {
    return alert.opened != never;
}

Verdict verdict_of(const AlertRow& alert) {
    if (!was_asked(alert)) return Verdict::neither;
    if (alert.state == AlertState::dismissed) return Verdict::not_needed;
    const bool person = alert.outcome == Outcome::verified || alert.outcome == Outcome::attested ||
                        alert.outcome == Outcome::other_staff;
    return alert.state == AlertState::replied && person ? Verdict::good : Verdict::neither;
}

Against against(std::string_view reason) {
    if (reason == "no_reply_wanted" || reason == "automated") return Against::person;
    if (reason == "not_us") return Against::topic;
    return Against::rule;
}

std::string_view name_of(Against what) {
    switch (what) {
        case Against::rule:
            return "the rule";
        case Against::person:
            return "the person";
        case Against::topic:
            return "the topic";
    }
    return "the rule";
}

}  // namespace rapport::learning
