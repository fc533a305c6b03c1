// What time does to an alert.

#include <fmt/format.h>

#include "bot/alerts/life.hpp"
#include "bot/alerts/routing.hpp"
#include "bot/people/working_time.hpp"

namespace rapport {

namespace {

bool is_due(Time when, Time now) {
    return when != never && when <= now;
}

/// `after` has run, or somebody works again: is it still true, and who is asked?
void ask_if_still_true(Deciding& d, AlertRow& alert) {
    alert.wait_until = alert.hold_until = never;
    if (!still_holds(d, alert))
        return close_alert(d, alert, AlertState::withdrawn, Outcome::none,
                           "By now nobody needs to be asked any more.");
    ask_someone(d, alert, alert.policy.ask);
}

void escalate(Deciding& d, AlertRow& alert) {
    const EscalationStep step = alert.policy.escalate[alert.escalated];
    const std::string ask[] = {step.to};
    const PersonView person = view_person(d.state, d.world.people, alert.about, d.now);
    const Route route = choose_route(d, person, ask, alert.asked, alert.policy.urgency);
    if (route.hold_until != never) {  // whoever has it keeps it until the others work
        alert.escalate_at = route.hold_until;
        return;
    }
    ++alert.escalated;
    alert.escalate_at = never;
    note(d, alert, fmt::format("Nobody has taken it yet, so it goes to {}.", step.to));
    ask_someone(d, alert, ask);
}

/// `reply within` has run out and nobody has taken it: one reminder, then the next in line.
void overdue(Deciding& d, AlertRow& alert) {
    alert.due = never;
    note(d, alert, fmt::format("Overdue: {} was reminded.", called(d, alert.staffer)));
    if (const Staffer* staffer = d.world.team.staffer(alert.staffer); staffer && !alert.asking_about_answer)
        alert.release_at =
            add_working(*staffer, d.now, std::chrono::milliseconds{alert.policy.reply_within_ms});
    show(d, alert, true);
}

void remind(Deciding& d, AlertRow& alert) {
    alert.remind_at = never;
    const std::string_view what =
        alert.asking_about_answer ? "was that the answer?" : "no answer is to be seen yet.";
    note(d, alert, fmt::format("{} was reminded: {}", called(d, alert.staffer), what));
    ++alert.notified;
    d.shown.insert(alert.id);
    d.notified.insert(alert.id);
}

void release(Deciding& d, AlertRow& alert) {
    alert.release_at = never;
    moved(d, alert, MoveKind::released, alert.staffer);
    note(d, alert, fmt::format("No answer from {}, so the next is asked.", called(d, alert.staffer)));
    ask_someone(d, alert, alert.policy.ask);
}

void wake(Deciding& d, AlertRow& alert) {
    give_to(d, alert, alert.staffer, MoveKind::woke);
    note(d, alert, "The snooze is over.");
    show(d, alert, true);
}

void ask_whether_so(Deciding& d, AlertRow& alert) {
    alert.attest_check_at = never;
    alert.expires_at = d.now + d.world.config.alerts.expire_after;  // until then an answer still proves it
    alert.asking_about_answer = true;
    note(d, alert, "No answer is to be seen there: was it somewhere else?");
    show(d, alert, true);
}

/// Asked whether "I replied" was so, nobody said otherwise: it stays attested, for good.
void leave_attested(Deciding& d, AlertRow& alert) {
    alert.expires_at = never;
    alert.asking_about_answer = false;
    leave_open_lists(d, alert);
}

}  // namespace

void time_passed(Deciding& d, AlertId id) {
    AlertRow& alert = d.state.alerts.edit(id);
    d.shown.insert(id);
    if (is_due(alert.expires_at, d.now) && is_closed(alert.state)) return leave_attested(d, alert);
    if (is_due(alert.expires_at, d.now))
        return close_alert(d, alert, AlertState::expired, Outcome::none,
                           "Nobody answered in time, so it is closed.");
    if (is_due(alert.wait_until, d.now) || is_due(alert.hold_until, d.now))
        return ask_if_still_true(d, alert);
    if (is_due(alert.snooze_until, d.now)) return wake(d, alert);
    if (is_due(alert.escalate_at, d.now)) return escalate(d, alert);
    if (is_due(alert.release_at, d.now)) return release(d, alert);
    if (is_due(alert.remind_at, d.now)) return remind(d, alert);
    if (is_due(alert.due, d.now)) return overdue(d, alert);
    if (is_due(alert.attest_check_at, d.now)) return ask_whether_so(d, alert);
}

}  // namespace rapport
