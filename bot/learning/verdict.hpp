#pragma once

// What became of an alert, as a lesson for its rule. Pure.

#include <string_view>

#include "bot/store/rows.hpp"

namespace rapport::learning {

enum class Verdict {
    good,        ///< A person answered: verified, attested or another staffer.
    not_needed,  ///< Somebody on the team said so.
    neither,     ///< Open, expired, withdrawn, the brand's, or nobody was asked.
};
Verdict verdict_of(const AlertRow& alert);

/// Whether anybody was asked at all.
bool was_asked(const AlertRow& alert);

/// What a *Not needed* counts against; it follows from the reason.
enum class Against {
    rule,    ///< "answered", "other", words of their own: the rule asked too soon or too much.
    person,  ///< "no_reply_wanted", "automated": they need no answer.
    topic,   ///< "not_us": that is not what we answer.
};
Against against(std::string_view reason);
/// "the rule", "the person", "the topic".
std::string_view name_of(Against what);

}  // namespace rapport::learning
