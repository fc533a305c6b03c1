#pragma once

// Whether the chains of rules lead anywhere in this team: names that nobody bears, and escalations that come
// back to whom they come from.

#include <string>
#include <vector>

#include "bot/people/team.hpp"
#include "rules/rule_set.hpp"

namespace rapport {

/// What is wrong with whom one rule asks.
struct ChainMistake {
    const rules::Rule* rule = nullptr;
    rules::Position at{};
    bool escalation = false;  ///< In `escalate`, not in `ask`.
    std::string message{};
    std::string suggestion{};
};

/// In the order of the file.
std::vector<ChainMistake> check_chains(const rules::RuleSet& rules, const Team& team);

}  // namespace rapport
