#pragma once

// From a rule's alerts to the examples that suggestions are drawn from. Pure.

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "bot/learning/record.hpp"
#include "bot/learning/suggest.hpp"

namespace rapport::learning {

/// The messages that raised these alerts, of those that teach something; the newest `most_examples`. What the
/// rule saw of them has to be looked up (bot/pipeline/hindsight.hpp).
std::set<MessageId> messages_of(std::span<const AlertRow> alerts);

/// The alerts whose message is in `seen`, in their order.
std::vector<Example> examples_of(std::span<const AlertRow> alerts,
                                 const std::map<MessageId, rules::Facts>& seen);

/// Why `suggest` has nothing to say about a rule of which this became, in a sentence.
std::string why_no_suggestion(const Counts& all);

}  // namespace rapport::learning
