// The table of the life cycle. Read a row as: in one of these states, when this happens, if this holds, do
// these things, and be in one of those states.

#include "bot/alerts/lifecycle.hpp"
#include "bot/alerts/steps.hpp"

namespace rapport {

namespace {

using enum LifeState;
using enum LifeEvent;
using Kind = Transition::Kind;

constexpr LifeStates unfinished = LifeStates{waiting} | held | open | claimed | snoozed;
constexpr LifeStates settled = LifeStates{dismissed} | expired | withdrawn;
constexpr LifeStates finished = settled | attested | answered;
constexpr LifeStates asking = LifeStates{open} | held;
constexpr LifeStates stays{};

constexpr Guard always{"always", nullptr};

struct Effects {
    std::array<Effect, 3> all{};
    constexpr Effects(Effect a, Effect b = {}, Effect c = {}) : all{a, b, c} {}
};

constexpr Transition row(LifeStates from, LifeEvent on, Guard guard, Effects effects, LifeStates to) {
    return {Kind::moves, from, on, guard, effects.all, to, {}};
}
constexpr Transition ignored(LifeStates from, LifeEvent on, std::string_view because, Guard guard = always) {
    return {Kind::ignored, from, on, guard, {}, {}, because};
}
constexpr Transition refused(LifeStates from, LifeEvent on, std::string_view because) {
    return {Kind::refused, from, on, always, {}, {}, because};
}

#define RAPPORT_GUARD(name) (Guard{#name, &steps::name})
#define RAPPORT_DO(name) (Effect{#name, &steps::name})

constexpr std::string_view stopped = "this clock runs in other states only";
constexpr std::string_view over = "it is closed: nobody is asked again";

constexpr std::array table{
    // ------------------------------------------------------------------ time
    row(waiting, wait_ends, RAPPORT_GUARD(is_still_true), RAPPORT_DO(ask_the_rule), asking),
    row(waiting, wait_ends, always, RAPPORT_DO(withdraw_as_settled), withdrawn),
    refused(held | open | claimed | snoozed | finished, wait_ends, stopped),
    row(held, hold_ends, RAPPORT_GUARD(is_still_true), RAPPORT_DO(ask_the_rule), asking),
    row(held, hold_ends, always, RAPPORT_DO(withdraw_as_settled), withdrawn),
    refused(waiting | open | claimed | snoozed | finished, hold_ends, stopped),
    row(open, reply_due, always, RAPPORT_DO(say_overdue), stays),
    refused(waiting | held | claimed | snoozed | finished, reply_due, stopped),
    row(open, escalation_due, RAPPORT_GUARD(somebody_of_the_step_works), RAPPORT_DO(take_escalation_step),
        asking),
    row(open, escalation_due, always, RAPPORT_DO(put_step_off), stays),
    refused(waiting | held | claimed | snoozed | finished, escalation_due, stopped),
    row(claimed, reminder_due, always, RAPPORT_DO(remind), stays),
    refused(waiting | held | open | snoozed | finished, reminder_due, stopped),
    row(open | claimed, release_due, always, RAPPORT_DO(ask_next_after_silence), asking),
    refused(waiting | held | snoozed | finished, release_due, stopped),
    row(snoozed, snooze_ends, RAPPORT_GUARD(has_staffer), RAPPORT_DO(give_back), open),
    row(snoozed, snooze_ends, always, RAPPORT_DO(ask_instead), asking),
    refused(waiting | held | open | claimed | finished, snooze_ends, stopped),
    row(attested, check_due, always, RAPPORT_DO(ask_whether_so), stays),
    refused(unfinished | answered | settled, check_due, stopped),
    row(unfinished, end_due, always, RAPPORT_DO(close_as_expired), expired),
    row(attested | answered, end_due, always, RAPPORT_DO(let_it_rest), stays),
    refused(settled, end_due, stopped),

    // ------------------------------------------------------------------ the person
    row(waiting | held, writes_again, RAPPORT_GUARD(louder_rule_waits),
        {RAPPORT_DO(quote_what_they_said), RAPPORT_DO(follow_louder_rule), RAPPORT_DO(wait_by_louder_rule)},
        waiting),
    row(waiting | held, writes_again, RAPPORT_GUARD(rule_changes),
        {RAPPORT_DO(quote_what_they_said), RAPPORT_DO(follow_louder_rule), RAPPORT_DO(ask_by_new_rule)},
        asking),
    row(open, writes_again, RAPPORT_GUARD(louder_rule_for_team),
        {RAPPORT_DO(quote_what_they_said), RAPPORT_DO(follow_louder_rule), RAPPORT_DO(ask_by_new_rule)},
        asking),
    row(open | claimed, writes_again, RAPPORT_GUARD(rule_changes),
        {RAPPORT_DO(quote_what_they_said), RAPPORT_DO(follow_louder_rule), RAPPORT_DO(tell_louder)}, stays),
    row(waiting | held | open | claimed, writes_again, always,
        {RAPPORT_DO(quote_what_they_said), RAPPORT_DO(tell_new_message)}, stays),
    row(snoozed, writes_again, RAPPORT_GUARD(has_staffer),
        {RAPPORT_DO(quote_what_they_said), RAPPORT_DO(follow_louder_rule), RAPPORT_DO(wake_for_them)}, open),
    row(snoozed, writes_again, always,
        {RAPPORT_DO(quote_what_they_said), RAPPORT_DO(follow_louder_rule), RAPPORT_DO(ask_instead)}, asking),
    refused(finished, writes_again, "the rules decide whether there is a new alert"),
    row(waiting | held | open | claimed, another_waits, always,
        {RAPPORT_DO(quote_somebody_else), RAPPORT_DO(tell_new_message)}, stays),
    row(snoozed, another_waits, RAPPORT_GUARD(has_staffer),
        {RAPPORT_DO(quote_somebody_else), RAPPORT_DO(wake_for_them)}, open),
    row(snoozed, another_waits, always, {RAPPORT_DO(quote_somebody_else), RAPPORT_DO(ask_instead)}, asking),
    refused(finished, another_waits, "the rules decide whether there is a new alert"),
    row(unfinished, another_goes, always, RAPPORT_DO(let_another_go), stays),
    ignored(finished, another_goes, over),
    row(waiting, edits, RAPPORT_GUARD(rule_changes_and_waits),
        {RAPPORT_DO(take_over_rule), RAPPORT_DO(tell_edit)}, stays),
    row(waiting | held, edits, RAPPORT_GUARD(rule_changes),
        {RAPPORT_DO(take_over_rule), RAPPORT_DO(ask_by_new_rule)}, asking),
    row(open, edits, RAPPORT_GUARD(louder_rule_for_team),
        {RAPPORT_DO(follow_louder_rule), RAPPORT_DO(ask_by_new_rule)}, asking),
    row(snoozed, edits, RAPPORT_GUARD(louder_rule),
        {RAPPORT_DO(follow_louder_rule), RAPPORT_DO(wake_for_them)}, open),
    row(open | claimed | snoozed, edits, RAPPORT_GUARD(rule_changes),
        {RAPPORT_DO(take_over_rule), RAPPORT_DO(tell_edit)}, stays),
    row(waiting | held, edits, RAPPORT_GUARD(nothing_asks_unasked), RAPPORT_DO(withdraw_as_edited),
        withdrawn),
    row(unfinished, edits, always, RAPPORT_DO(note_edit), stays),
    ignored(finished, edits, over),
    row(unfinished, deletes, RAPPORT_GUARD(all_is_deleted),
        {RAPPORT_DO(forget_their_words), RAPPORT_DO(withdraw_as_deleted)}, withdrawn),
    row(unfinished, deletes, always, {RAPPORT_DO(forget_their_words), RAPPORT_DO(tell_deletion)}, stays),
    row(finished, deletes, always, {RAPPORT_DO(forget_their_words), RAPPORT_DO(show_again)}, stays),
    row(unfinished, is_erased, always, RAPPORT_DO(withdraw_as_erased), withdrawn),
    row(finished, is_erased, always, {RAPPORT_DO(let_it_rest), RAPPORT_DO(show_again)}, stays),
    row(unfinished, looks_like_bot, always, RAPPORT_DO(withdraw_as_bot), withdrawn),
    ignored(finished, looks_like_bot, over),

    // ------------------------------------------------------------------ answers
    row(unfinished, staff_answers, RAPPORT_GUARD(is_by_the_one_asked), RAPPORT_DO(verify), answered),
    row(unfinished, staff_answers, always, RAPPORT_DO(close_for_other_staff), answered),
    row(attested, staff_answers, RAPPORT_GUARD(is_by_who_said_so), RAPPORT_DO(prove), answered),
    ignored(attested, staff_answers, "the one who says so has to show it"),
    row(answered, staff_answers, RAPPORT_GUARD(is_by_who_answered), RAPPORT_DO(keep_second_answer), stays),
    ignored(answered, staff_answers, "somebody has answered already"),
    ignored(settled, staff_answers, over),
    ignored(waiting | held, staff_perhaps_answers, "the rule is asked again before anybody is",
            RAPPORT_GUARD(is_unasked)),
    row(unfinished, staff_perhaps_answers, always, RAPPORT_DO(ask_whether_it_was), stays),
    ignored(finished, staff_perhaps_answers, over),
    row(unfinished, brand_answers, RAPPORT_GUARD(brand_counts), RAPPORT_DO(close_for_brand), answered),
    row(unfinished, brand_answers, always, RAPPORT_DO(count_brand), stays),
    ignored(finished, brand_answers, over),
    row(unfinished, app_answers, RAPPORT_GUARD(brand_counts), RAPPORT_DO(close_for_brand), answered),
    row(unfinished, app_answers, always, RAPPORT_DO(count_app), stays),
    ignored(finished, app_answers, over),
    row(unfinished, answer_deleted, RAPPORT_GUARD(is_the_answer), RAPPORT_DO(drop_question), stays),
    row(answered, answer_deleted, RAPPORT_GUARD(answered_twice), RAPPORT_DO(take_second_answer), stays),
    ignored(attested | answered, answer_deleted, "what they had said is gone as well",
            RAPPORT_GUARD(all_is_deleted)),
    row(attested | answered, answer_deleted, RAPPORT_GUARD(another_is_open), RAPPORT_DO(withdraw_for_another),
        withdrawn),
    row(attested | answered, answer_deleted, RAPPORT_GUARD(is_the_answer), RAPPORT_DO(reopen), asking),
    ignored(unfinished | finished, answer_deleted, "another message was the answer, or none"),

    // ------------------------------------------------------------------ presses
    row(waiting | held | open | snoozed, claims, always,
        {RAPPORT_DO(claim_for_presser), RAPPORT_DO(promise_answer)}, claimed),
    row(claimed, claims, always, RAPPORT_DO(say_who_has_it), stays),
    row(finished, claims, always, RAPPORT_DO(say_closed), stays),
    row(unfinished, says_replied, RAPPORT_GUARD(is_theirs), RAPPORT_DO(attest), attested),
    row(unfinished, says_replied, always, {RAPPORT_DO(claim_for_presser), RAPPORT_DO(attest)}, attested),
    row(finished, says_replied, always, RAPPORT_DO(say_closed), stays),
    row(unfinished, snoozes, RAPPORT_GUARD(snooze_is_understood), RAPPORT_DO(put_off), snoozed),
    row(unfinished, snoozes, always, RAPPORT_DO(say_when), stays),
    row(finished, snoozes, always, RAPPORT_DO(say_closed), stays),
    row(snoozed, wakes, always, RAPPORT_DO(take_back_up), open),
    row(waiting | held | open | claimed, wakes, always, RAPPORT_DO(say_awake), stays),
    row(finished, wakes, always, RAPPORT_DO(say_closed), stays),
    row(unfinished, hands_over, RAPPORT_GUARD(colleague_can_take), RAPPORT_DO(give_to_colleague), open),
    row(unfinished, hands_over, always, RAPPORT_DO(say_colleague_unknown), stays),
    row(finished, hands_over, always, RAPPORT_DO(say_closed), stays),
    row(unfinished, dismisses, always, RAPPORT_DO(dismiss), dismissed),
    row(finished, dismisses, always, RAPPORT_DO(say_closed), stays),
    row(unfinished, says_yes, RAPPORT_GUARD(asks_about_answer), RAPPORT_DO(confirm), attested),
    row(attested, says_yes, RAPPORT_GUARD(asks_about_answer), RAPPORT_DO(confirm_elsewhere), stays),
    row(unfinished | finished, says_yes, always, RAPPORT_DO(say_settled), stays),
    row(unfinished, says_no, RAPPORT_GUARD(asks_about_answer), RAPPORT_DO(deny), stays),
    row(attested, says_no, RAPPORT_GUARD(another_is_open), RAPPORT_DO(withdraw_for_another), withdrawn),
    row(attested, says_no, RAPPORT_GUARD(asks_about_answer), RAPPORT_DO(give_back_as_denied), open),
    row(unfinished | finished, says_no, always, RAPPORT_DO(say_settled), stays),

    row(unfinished, asks_introduction, always, RAPPORT_DO(find_introduction), stays),
    row(finished, asks_introduction, always, RAPPORT_DO(say_closed), stays),

    // ------------------------------------------------------------------ the team
    row(waiting, colleague_asks, always, {RAPPORT_DO(note_colleague_asks), RAPPORT_DO(ask_the_rule)}, asking),
    row(held | open | claimed, colleague_asks, always,
        {RAPPORT_DO(note_colleague_asks), RAPPORT_DO(tell_asked)}, stays),
    row(snoozed, colleague_asks, RAPPORT_GUARD(has_staffer),
        {RAPPORT_DO(note_colleague_asks), RAPPORT_DO(give_back)}, open),
    row(snoozed, colleague_asks, always, {RAPPORT_DO(note_colleague_asks), RAPPORT_DO(ask_instead)}, asking),
    refused(finished, colleague_asks, "it becomes an alert of its own"),
    row(open | claimed | snoozed, staffer_leaves, always, RAPPORT_DO(ask_instead), asking),
    refused(waiting | held | finished, staffer_leaves, "it is with nobody"),
};

#undef RAPPORT_GUARD
#undef RAPPORT_DO

/// Of the rows for one state and one event exactly the last has no guard.
constexpr bool complete(LifeState state, LifeEvent event) {
    bool closed = false;
    for (const Transition& one : table) {
        if (one.on != event || !one.from.has(state)) continue;
        if (closed) return false;  // this row can never count
        closed = one.guard.holds == nullptr;
    }
    return closed;
}
template <LifeEvent event>
constexpr bool complete_in_all_states() {
    for (std::size_t state = 0; state < life_states; ++state)
        if (!complete(LifeState(state), event)) return false;
    return true;
}
template <std::size_t... event>
constexpr bool all_complete(std::index_sequence<event...>) {
    return (complete_in_all_states<LifeEvent(event)>() && ...);
}
static_assert(all_complete(std::make_index_sequence<life_events>{}));

}  // namespace

std::span<const Transition> transitions() {
    return table;
}

}  // namespace rapport
