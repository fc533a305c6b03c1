#include "bot/alerts/life.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/by_rule.hpp"
#include "bot/alerts/card.hpp"
#include "bot/alerts/routing.hpp"
#include "bot/learning/quiet.hpp"
#include "bot/learning/verdict.hpp"
#include "bot/people/working_time.hpp"

namespace rapport {

namespace {

std::chrono::milliseconds ms(std::int64_t count) {
    return std::chrono::milliseconds{count};
}

void count_for(Deciding& d, std::string_view staffer, int change) {
    StafferRow& row = d.state.staffers[std::string(staffer)];
    row.name = staffer;
    if (change > 0 || row.open_alerts > 0)
        row.open_alerts = std::uint32_t(std::int64_t(row.open_alerts) + change);
    d.state.added.staffers_changed.emplace_back(staffer);
}

/// Of one person, so many alerts that are closed are watched at most; the oldest are left alone then.
constexpr std::size_t most_watched = 16;

/// Whether the alert weighs on its staffer just now.
bool weighs(const AlertRow& alert) {
    return alert.state == AlertState::open || alert.state == AlertState::claimed;
}

/// Whether it waits for somebody to have room.
void set_queued(Deciding& d, AlertRow& alert, bool queued) {
    if (std::exchange(alert.queued, queued) == queued) return;
    StafferRow& channel = d.state.staffers[""];
    channel.queued = queued ? channel.queued + 1 : channel.queued - std::min(channel.queued, 1U);
    d.state.added.staffers_changed.emplace_back();
}

void forget_clocks(AlertRow& alert) {
    alert.wait_until = alert.hold_until = alert.due = alert.escalate_at = never;
    alert.remind_at = alert.release_at = alert.snooze_until = alert.attest_check_at = never;
}

/// *Not needed* because of the person is kept with them; somebody's answer takes it back.
void learn_from(Deciding& d, AlertRow& alert) {
    if (alert.rule == asked_by_colleague) return;
    const auto verdict = learning::verdict_of(alert);
    const bool bad = verdict == learning::Verdict::not_needed &&
                     learning::against(alert.reason) == learning::Against::person;
    if (!bad && verdict != learning::Verdict::good) return;
    const std::vector<AccountId> ids = d.state.accounts_of_person(alert.about);
    std::vector<const AccountRow*> all;
    all.reserve(ids.size());
    for (const AccountId id : ids) all.push_back(&d.state.accounts.at(id));
    const bool before = learning::quiet_about(all, alert.rule, d.world.config.learning).has_value();
    if (!bad) {
        if (std::all_of(all.begin(), all.end(), [](const AccountRow* one) { return one->unwanted.empty(); }))
            return;
        std::erase_if(all, [&](const AccountRow* one) { return one->id == alert.about; });
        learning::forget_unwanted(d.state.accounts.edit(alert.about), all, alert.rule, d.now);
        return;
    }
    learning::add_unwanted(d.state.accounts.edit(alert.about), alert.rule, d.now);
    all.clear();
    for (const AccountId id : ids) all.push_back(&d.state.accounts.at(id));
    if (before || !learning::quiet_about(all, alert.rule, d.world.config.learning)) return;
    note(d, alert,
         fmt::format("{} asks no more about them, until somebody presses \"Alerts again\" on their page.",
                     alert.rule));
}

}  // namespace

void rest(Deciding& d, const AlertRow& alert) {
    if (weighs(alert)) count_for(d, alert.staffer, -1);
}

void watch_answer(Deciding& d, AlertRow& alert) {
    alert.expires_at = d.now + d.world.config.alerts.answer_watch;
    const std::vector<AlertId> all = d.state.accounts.at(alert.about).alerts;
    std::vector<AlertId> watched;
    for (const AlertId id : all)
        if (id != alert.id && is_closed(d.state.alerts.at(id).state)) watched.push_back(id);
    if (watched.size() < most_watched) return;
    AlertRow& oldest = d.state.alerts.edit(watched.front());
    oldest.expires_at = oldest.attest_check_at = never;
    oldest.asking_about_answer = false;
    leave_open_lists(d, oldest);
    d.shown.insert(oldest.id);
}

void open_again(Deciding& d, AlertRow& alert) {
    alert.outcome = Outcome::none;
    alert.answer = alert.second_answer = MessageId::none;
    alert.answered_by = AccountId::none;
    alert.asking_about_answer = false;
    alert.closed = alert.attest_check_at = never;
    alert.expires_at = d.now + d.world.config.alerts.expire_after;
}

void go_on_waiting(Deciding& d, AlertRow& alert) {
    if (alert.state == AlertState::open) set_deadlines(d, alert);
    if (alert.state == AlertState::claimed) start_claim_clocks(d, alert);
}

void start_claim_clocks(Deciding& d, AlertRow& alert) {
    const Staffer* by = d.world.team.staffer(alert.staffer);
    if (!by) return;  // they left the team: that is what happens next
    alert.remind_at = end_of(alert, *by, d.now, d.world.config.alerts.claim_reminder);
    alert.release_at = end_of(alert, *by, d.now, d.world.config.alerts.claim_release);
}

Time end_of(const AlertRow& alert, const Staffer& staffer, Time from, std::chrono::milliseconds work) {
    return alert.policy.urgency == Urgency::high ? from + work : add_working(staffer, from, work);
}

void leave_open_lists(Deciding& d, const AlertRow& alert) {
    std::erase(d.state.accounts.edit(alert.about).alerts, alert.id);
    std::erase(d.state.conversations.edit(alert.conversation).alerts, alert.id);
    for (const MessageId quoted : alert.quoted)
        std::erase(d.state.conversations.edit(d.state.messages.at(quoted).conversation).alerts, alert.id);
}

std::string called(const Deciding& d, std::string_view name) {
    if (name.empty()) return "the team's channel";
    const Staffer* staffer = d.world.team.staffer(name);
    return staffer ? staffer->full_name : std::string(name);
}

void note(Deciding& d, AlertRow& alert, std::string_view line) {
    if (alert.history.size() >= max_history) alert.history.erase(alert.history.begin() + 1);
    alert.history.push_back({d.now, std::string(line)});
}

void give_reason(AlertRow& alert, std::string line) {
    std::erase(alert.why, line);
    alert.why.push_back(std::move(line));
    // The conditions and the latest reasons stay.
    if (alert.why.size() > max_history)
        alert.why.erase(alert.why.begin() + max_history / 2, alert.why.end() - max_history / 2);
}

void moved(Deciding& d, AlertRow& alert, MoveKind kind, std::string_view staffer) {
    if (alert.moves.size() >= max_history) alert.moves.erase(alert.moves.begin() + 1);
    alert.moves.push_back({d.now, kind, std::string(staffer)});
}

void show(Deciding& d, AlertRow& alert, bool notify) {
    d.shown.insert(alert.id);
    if (!notify || alert.notified >= d.world.config.alerts.notify_most) return;
    ++alert.notified;
    d.notified.insert(alert.id);
}

void set_deadlines(Deciding& d, AlertRow& alert) {
    const Staffer* asked = d.world.team.staffer(alert.staffer);
    alert.due = alert.escalate_at = never;
    const auto after = [&](Time from, std::int64_t work) {
        return asked ? end_of(alert, *asked, from, ms(work)) : from + ms(work);
    };
    if (asked) alert.due = after(d.now, alert.policy.reply_within_ms);
    if (alert.escalated >= alert.policy.escalate.size()) return;
    alert.escalate_at = after(alert.opened, alert.policy.escalate[alert.escalated].after_ms);
    // Somebody had it for long: who is asked now has their own time before it passes on.
    if (alert.escalate_at <= d.now) alert.escalate_at = after(d.now, alert.policy.reply_within_ms);
}

void give_to(Deciding& d, AlertRow& alert, std::string_view staffer, MoveKind how) {
    rest(d, alert);
    set_queued(d, alert, false);
    moved(d, alert, how, staffer);
    forget_clocks(alert);
    alert.state = AlertState::open;
    alert.staffer = staffer;
    alert.claimed = never;
    alert.notified = 0;
    alert.asking_about_answer = false;
    if (alert.opened == never) alert.opened = d.now;
    const Staffer* asked = d.world.team.staffer(staffer);
    if (asked || staffer.empty()) {
        count_for(d, staffer, 1);
        note_given(d.state.staffers[std::string(staffer)], alert.about, d.now);
    }
    if (std::find(alert.asked.begin(), alert.asked.end(), staffer) == alert.asked.end())
        alert.asked.emplace_back(staffer);
    set_deadlines(d, alert);
}

void ask_someone(Deciding& d, AlertRow& alert, std::span<const std::string> ask) {
    const PersonView person = view_person(d.state, d.world.people, alert.about, d.now);
    Route route = choose_route(d, person, alert, ask);
    for (std::string& line : route.why) give_reason(alert, std::move(line));
    if (route.hold_until != never) {
        rest(d, alert);
        forget_clocks(alert);
        alert.state = AlertState::held;
        alert.staffer.clear();
        alert.hold_until = route.hold_until;
        moved(d, alert, MoveKind::held);
        if (!route.queued)
            note(d, alert, "Nobody who could be asked works now: held until somebody does.");
        else if (!alert.queued)
            note(d, alert, "A lot is going on: it waits until somebody has room, the most valuable first.");
        set_queued(d, alert, route.queued);
        if (alert.opened != never) show(d, alert);
        return;
    }
    give_to(d, alert, route.staffer);
    note(d, alert, fmt::format("Asked {}.", called(d, route.staffer)));
    show(d, alert, alert.policy.urgency != Urgency::digest);
}

void leave_behind(Deciding& d, AlertRow& alert, bool theirs_too) {
    const std::vector<MessageId> quoted = alert.quoted;
    for (const MessageId id : quoted) {
        const bool theirs = same_person(d.state, d.state.messages.at(id).author, alert.about);
        if (theirs && !theirs_too) continue;
        d.left_behind.insert(id);
        if (!theirs) unquote(d, alert, id);
    }
}

void close_alert(Deciding& d, AlertRow& alert, AlertState state, Outcome outcome, std::string_view line) {
    rest(d, alert);
    set_queued(d, alert, false);
    forget_clocks(alert);
    alert.expires_at = never;
    if (state != AlertState::replied) {  // what was perhaps the answer was none
        alert.answer = MessageId::none;
        alert.answered_by = AccountId::none;
    }
    alert.state = state;
    alert.outcome = outcome;
    alert.closed = d.now;
    alert.asking_about_answer = false;
    note(d, alert, line);
    if (state == AlertState::withdrawn && alert.opened == never) end_cooldown(d, alert);
    leave_behind(d, alert, false);
    learn_from(d, alert);
    if (alert.answer != MessageId::none) {
        watch_answer(d, alert);
    } else if (outcome == Outcome::attested) {
        // Looked into once more, and until then an answer that shows up still proves it.
        alert.attest_check_at = d.now + d.world.config.alerts.attest_check;
    } else {
        leave_open_lists(d, alert);
    }
    d.shown.insert(alert.id);
}

bool still_holds(const Deciding& d, const AlertRow& alert) {
    const std::vector<MessageId> words = standing_words(d, alert);
    if (alert.rule == asked_by_colleague) return !words.empty();
    const auto rule = d.world.rules.find(alert.rule);
    if (!rule || !d.world.rules.rule(*rule).enabled) return false;
    return std::any_of(words.begin(), words.end(), [&](MessageId message) {
        return d.world.rules.holds(*rule, facts_of(d.state, d.world, message, d.now));
    });
}

bool same_person(const State& state, AccountId a, AccountId b) {
    if (a == b) return true;
    if (a == AccountId::none || b == AccountId::none) return false;
    return state.accounts.at(a).person == state.accounts.at(b).person;
}

Time next_step(const AlertRow& alert, const Team& team) {
    Time next = never;
    for (const Time at :
         {left_behind(alert, team), alert.wait_until, alert.hold_until, alert.due, alert.escalate_at,
          alert.remind_at, alert.release_at, alert.snooze_until, alert.attest_check_at, alert.expires_at})
        if (at != never && (next == never || at < next)) next = at;
    return next;
}

void finish(Deciding& d) {
    // What is looked at again may be asked about, and closes nothing.
    for (const MessageId message : std::exchange(d.left_behind, {})) look_again(d, message);
    for (const AlertId id : d.shown) {
        AlertRow& alert = d.state.alerts.edit(id);
        d.state.set_timer(id, next_step(alert, d.world.team));
        if (alert.opened == never) continue;  // nobody has seen it, and nobody need
        ++alert.revision;
        OutboxRow row;
        row.id = OutboxId(d.state.next.outbox++);
        row.alert = id;
        row.outgoing = make_outgoing(d.state, d.world, alert, d.notified.contains(id), d.now);
        d.state.added.outbox.push_back(std::move(row));
    }
    d.shown.clear();
    d.notified.clear();
}

}  // namespace rapport
