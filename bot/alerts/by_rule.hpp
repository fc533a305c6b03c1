#pragma once

// What an alert takes from the rule that asks for it.

#include "bot/alerts/world.hpp"
#include "rules/value.hpp"

namespace rapport {

/// What the rule promises, as a copy.
AlertPolicy policy_of(const rules::Rule& rule);

/// The alert follows this rule from now on: name, title, policy, its reasons with the values in `facts`, and
/// the cooldown of whom it is about. Reasons why somebody was asked stay.
void take_rule(Deciding& d, AlertRow& alert, rules::RuleId id, const rules::Facts& facts);

/// Whether the rule is silent about the person just now: for a while after it has asked, or because staff
/// said that it need not ask.
bool is_silent(const Deciding& d, const PersonView& person, std::string_view rule);

/// Of a condition that quotes a message which is deleted, the quoted words go.
void forget_quoted_words(AlertRow& alert);

}  // namespace rapport
