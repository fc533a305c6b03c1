#pragma once

// What the table of the life cycle is made of: conditions and effects, each with the name that
// `rapport alerts states` prints. Where they are defined: timers.cpp (time), revise.cpp (the person),
// answers.cpp, actions.cpp (presses and the team).

#include "bot/alerts/lifecycle.hpp"

namespace rapport::steps {

using GuardFunction = bool(const Deciding& d, const AlertRow& alert, const Happening& what);
using EffectFunction = void(Moment& moment);

// ------------------------------------------------------------------ time
GuardFunction is_still_true, somebody_of_the_step_works, has_staffer;
EffectFunction ask_the_rule, withdraw_as_settled, say_overdue, take_escalation_step, put_step_off, remind,
    ask_next_after_silence, give_back, ask_instead, ask_whether_so, close_as_expired, let_it_rest;

// ------------------------------------------------------------------ the person
GuardFunction all_is_deleted, louder_rule, louder_rule_waits, louder_rule_for_team, rule_changes_and_waits,
    rule_changes, nothing_asks_unasked;
EffectFunction quote_what_they_said, quote_somebody_else, let_another_go, tell_new_message, wake_for_them,
    follow_louder_rule, wait_by_louder_rule, tell_louder, take_over_rule, ask_by_new_rule, tell_edit,
    note_edit, withdraw_as_edited, forget_their_words, withdraw_as_deleted, tell_deletion, show_again,
    withdraw_as_erased, withdraw_as_bot;

// ------------------------------------------------------------------ answers
GuardFunction is_unasked, is_by_the_one_asked, is_by_who_said_so, is_by_who_answered, brand_counts,
    is_the_answer, answered_twice, another_is_open;
EffectFunction verify, close_for_other_staff, prove, keep_second_answer, ask_whether_it_was, close_for_brand,
    count_brand, count_app, drop_question, take_second_answer, withdraw_for_another, reopen;

// ------------------------------------------------------------------ presses and the team
GuardFunction is_theirs, snooze_is_understood, colleague_can_take, asks_about_answer;
EffectFunction claim_for_presser, promise_answer, say_who_has_it, attest, put_off, say_when, take_back_up,
    say_awake, give_to_colleague, say_colleague_unknown, dismiss, confirm, confirm_elsewhere, deny,
    give_back_as_denied, say_settled, say_closed, find_introduction, note_colleague_asks, tell_asked;

}  // namespace rapport::steps
