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

/// The alert's rule has asked nobody: it is not silent about the person because of it.
void end_cooldown(Deciding& d, const AlertRow& alert);

/// The first rule, in the order of the file, those of high urgency before the others, that holds and is not
/// silent about the person; `own` counts even so.
std::optional<rules::RuleId> first_match(const Deciding& d, const PersonView& person,
                                         const rules::Facts& facts,
                                         std::optional<rules::RuleId> own = std::nullopt);
/// Of the rules that hold, are not silent and are more urgent than `than`, the first of the most urgent.
std::optional<rules::RuleId> louder_match(const Deciding& d, const PersonView& person,
                                          const rules::Facts& facts, Urgency than);
/// What the rule's urgency is for an alert.
Urgency urgency_of(const Deciding& d, rules::RuleId rule);
/// Whether `a` is more urgent than `b`.
bool is_louder(Urgency a, Urgency b);

/// Whether the rule is silent about the person just now: for a while after it has asked, or because staff
/// said that it need not ask.
bool is_silent(const Deciding& d, const PersonView& person, std::string_view rule);

/// Of a condition that quotes a message which is deleted, the quoted words go.
void forget_quoted_words(AlertRow& alert);

}  // namespace rapport
