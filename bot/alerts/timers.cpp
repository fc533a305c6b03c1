// What time does to an alert: which of its clocks has run out, and what follows.

#include <fmt/format.h>

#include "bot/alerts/routing.hpp"
#include "bot/alerts/steps.hpp"
#include "bot/people/working_time.hpp"

namespace rapport {

namespace {

bool is_due(Time when, Time now) {
    return when != never && when <= now;
}

Route route_of_step(const Deciding& d, const AlertRow& alert) {
    const std::string ask[] = {alert.policy.escalate[alert.escalated].to};
    const PersonView person = view_person(d.state, d.world.people, alert.about, d.now);
    return choose_route(d, person, alert, ask);
}

/// The clock that runs out first, in the order in which they count; empty: none is due.
std::optional<LifeEvent> due_event(const AlertRow& alert, const Team& team, Time now) {
    if (is_due(left_behind(alert, team), now)) return LifeEvent::staffer_leaves;
    if (is_due(alert.expires_at, now)) return LifeEvent::end_due;
    if (is_due(alert.wait_until, now)) return LifeEvent::wait_ends;
    if (is_due(alert.hold_until, now)) return LifeEvent::hold_ends;
    if (is_due(alert.snooze_until, now)) return LifeEvent::snooze_ends;
    if (is_due(alert.escalate_at, now)) return LifeEvent::escalation_due;
    if (is_due(alert.release_at, now)) return LifeEvent::release_due;
    if (is_due(alert.remind_at, now)) return LifeEvent::reminder_due;
    if (is_due(alert.due, now)) return LifeEvent::reply_due;
    if (is_due(alert.attest_check_at, now)) return LifeEvent::check_due;
    return std::nullopt;
}

}  // namespace

Time left_behind(const AlertRow& alert, const Team& team) {
    const bool with_somebody = alert.state == AlertState::open || alert.state == AlertState::claimed ||
                               alert.state == AlertState::snoozed;
    if (!with_somebody || alert.staffer.empty()) return never;
    const Staffer* staffer = team.staffer(alert.staffer);
    if (!staffer) return alert.created;  // gone from team.yaml
    return staffer->left.value_or(never);
}

namespace steps {

bool is_still_true(const Deciding& d, const AlertRow& alert, const Happening&) {
    return still_holds(d, alert);
}
void ask_the_rule(Moment& m) {
    m.alert.wait_until = m.alert.hold_until = never;
    ask_someone(m.d, m.alert, m.alert.policy.ask);
}
void withdraw_as_settled(Moment& m) {
    close_alert(m.d, m.alert, AlertState::withdrawn, Outcome::none,
                "By now nobody needs to be asked any more.");
    leave_behind(m.d, m.alert, true);  // another rule may ask for it
}

/// `reply within` has run out and nobody has taken it: one reminder, then the next in line.
void say_overdue(Moment& m) {
    AlertRow& alert = m.alert;
    alert.due = never;
    note(m.d, alert, fmt::format("Overdue: {} was reminded.", called(m.d, alert.staffer)));
    const Staffer* staffer = m.d.world.team.staffer(alert.staffer);
    if (staffer && !alert.asking_about_answer)
        alert.release_at =
            end_of(alert, *staffer, m.d.now, std::chrono::milliseconds{alert.policy.reply_within_ms});
    show(m.d, alert, true);
}

bool somebody_of_the_step_works(const Deciding& d, const AlertRow& alert, const Happening&) {
    return route_of_step(d, alert).hold_until == never;
}
void take_escalation_step(Moment& m) {
    const EscalationStep step = m.alert.policy.escalate[m.alert.escalated];
    ++m.alert.escalated;
    m.alert.escalate_at = never;
    note(m.d, m.alert, fmt::format("Nobody has taken it yet, so it goes to {}.", step.to));
    const std::string ask[] = {step.to};
    ask_someone(m.d, m.alert, ask);
}
/// Whoever has it keeps it until the others work.
void put_step_off(Moment& m) {
    m.alert.escalate_at = route_of_step(m.d, m.alert).hold_until;
}

void remind(Moment& m) {
    m.alert.remind_at = never;
    const std::string_view what =
        m.alert.asking_about_answer ? "was that the answer?" : "no answer is to be seen yet.";
    note(m.d, m.alert, fmt::format("{} was reminded: {}", called(m.d, m.alert.staffer), what));
    ++m.alert.notified;
    m.d.shown.insert(m.alert.id);
    m.d.notified.insert(m.alert.id);
}
void ask_next_after_silence(Moment& m) {
    m.alert.release_at = never;
    moved(m.d, m.alert, MoveKind::released, m.alert.staffer);
    note(m.d, m.alert, fmt::format("No answer from {}, so the next is asked.", called(m.d, m.alert.staffer)));
    ask_someone(m.d, m.alert, m.alert.policy.ask);
}

bool has_staffer(const Deciding& d, const AlertRow& alert, const Happening&) {
    if (alert.staffer.empty()) return true;
    const Staffer* staffer = d.world.team.staffer(alert.staffer);
    return staffer && staffer->on_team(d.now);
}
void give_back(Moment& m) {
    give_to(m.d, m.alert, m.alert.staffer, MoveKind::woke);
    note(m.d, m.alert, "The snooze is over.");
    show(m.d, m.alert, true);
}
void ask_instead(Moment& m) {
    moved(m.d, m.alert, MoveKind::released, m.alert.staffer);
    note(m.d, m.alert,
         fmt::format("{} is not on the team any more, so the next is asked.", called(m.d, m.alert.staffer)));
    ask_someone(m.d, m.alert, m.alert.policy.ask);
}

void ask_whether_so(Moment& m) {
    m.alert.attest_check_at = never;
    m.alert.expires_at = m.d.now + m.d.world.config.alerts.expire_after;  // until then an answer proves it
    m.alert.asking_about_answer = true;
    note(m.d, m.alert, "No answer is to be seen there: was it somewhere else?");
    show(m.d, m.alert, true);
}
void close_as_expired(Moment& m) {
    close_alert(m.d, m.alert, AlertState::expired, Outcome::none,
                "Nobody answered in time, so it is closed.");
}
/// Nothing more can come of it: nobody said that they had not replied, or the answer has stood long enough.
void let_it_rest(Moment& m) {
    m.alert.expires_at = m.alert.attest_check_at = never;
    leave_open_lists(m.d, m.alert);
    if (std::exchange(m.alert.asking_about_answer, false)) return;
    m.d.state.set_timer(m.alert.id, never);  // on the card nothing changes
    m.d.shown.erase(m.alert.id);
}

}  // namespace steps

void time_passed(Deciding& d, AlertId id) {
    d.shown.insert(id);
    const AlertRow& alert = d.state.alerts.at(id);
    if (const std::optional<LifeEvent> event = due_event(alert, d.world.team, d.now)) happen(d, id, *event);
}

}  // namespace rapport
