// What of a position decides how it goes on, and what must hold in each.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "bot/alerts/by_rule.hpp"
#include "bot/alerts/card.hpp"
#include "bot/alerts/lifecycle.hpp"
#include "bot/conversations/waiting.hpp"
#include "support/model/model.hpp"

namespace rapport::test {

namespace {

/// Minutes from now on; the milliseconds between two moves decide nothing.
std::string from_now(const Position& position, Time when) {
    if (when == never) return "-";
    return std::to_string(std::chrono::round<std::chrono::minutes>(when - position.state.now).count());
}
/// Of what is days away, days.
std::string days_from_now(const Position& position, Time when) {
    if (when == never) return "-";
    return std::to_string(std::chrono::ceil<std::chrono::days>(when - position.state.now).count());
}

bool stands(const State& state, MessageId message) {
    const MessageRow* row = message == MessageId::none ? nullptr : state.messages.find(message);
    return row && !row->deleted;
}

/// Which of the team's messages an alert points at: it can be deleted later, so it decides.
std::string role_of(const State& state, const AlertRow& alert, const std::string& native) {
    const auto is = [&](MessageId id) {
        const MessageRow* row = id == MessageId::none ? nullptr : state.messages.find(id);
        return row && row->native == native;
    };
    return is(alert.answer) ? "answer" : is(alert.second_answer) ? "second" : "";
}

std::string essence_of(const Position& position, const AlertRow& alert) {
    const State& state = position.state;
    std::string text = fmt::format("{}|{}|{}|{}|{}|{}", name_of(alert.state), name_of(alert.outcome),
                                   alert.rule, alert.staffer, alert.escalated, std::min(alert.notified, 3U));
    for (const std::string& name : std::set<std::string>(alert.asked.begin(), alert.asked.end()))
        text += "," + name;
    for (const Time clock : {alert.wait_until, alert.hold_until, alert.due, alert.escalate_at,
                             alert.remind_at, alert.release_at, alert.snooze_until, alert.attest_check_at})
        text += "|" + from_now(position, clock);
    text += "|" + days_from_now(position, alert.expires_at);
    text += fmt::format("|{}{}", alert.opened == never, alert.asking_about_answer);
    std::set<std::string> standing;
    for (const MessageId quoted : alert.quoted) {
        const MessageRow& message = state.messages.at(quoted);
        standing.insert(std::string(message.author == alert.about ? "" : "other: ") + message.text);
    }
    text += fmt::format("|{}", std::int64_t(alert.about));
    for (const std::string& one : standing) text += "|" + one;
    text += fmt::format("|{}{}|{}", alert.answer != MessageId::none, stands(state, alert.answer),
                        std::int64_t(alert.answered_by));
    for (const auto& [who, id] : position.answers)
        if (const std::string role = role_of(state, alert, id); !role.empty()) text += "|" + role + who;
    return text;
}

std::string about(const AlertRow& alert) {
    return fmt::format("alert {} ({}, {})", std::int64_t(alert.id), name_of(alert.state),
                       name_of(alert.outcome));
}

int sounds_about(const State& state, AlertId alert) {
    int count = 0;
    for (const OutboxRow& row : state.added.outbox)
        count += row.outgoing.notify && row.alert == alert ? 1 : 0;
    return count;
}

std::string lost(const Position& position, const AlertRow& alert) {
    const State& state = position.state;
    const std::string name = about(alert);
    if (state.timer_of(alert.id) == never) return name + " has no next step";
    if (const auto& mine = state.accounts.at(alert.about).alerts;
        std::find(mine.begin(), mine.end(), alert.id) == mine.end())
        return name + " is not in its person's list";
    if (const auto& there = state.conversations.at(alert.conversation).alerts;
        std::find(there.begin(), there.end(), alert.id) == there.end())
        return name + " is not in its conversation's list";
    const bool with_somebody = alert.state == AlertState::claimed || alert.state == AlertState::snoozed;
    if (with_somebody && alert.staffer.empty()) return name + " is with nobody";
    return {};
}

/// A closed alert must have a reason that still holds.
std::string closed_for_nothing(const Model& model, const Position& before, const Move& move,
                               const Position& after, const AlertRow& alert) {
    const State& state = after.state;
    const bool watched = alert.expires_at != never || alert.attest_check_at != never;
    if (alert.state == AlertState::replied && alert.outcome != Outcome::attested && watched) {
        const bool all_gone = std::none_of(alert.quoted.begin(), alert.quoted.end(), [&](MessageId id) {
            return stands(state, id) && state.messages.at(id).author == alert.about;
        });
        if (!stands(state, alert.answer) && !all_gone)
            return about(alert) + " rests on an answer that is gone";
    }
    const AlertRow* earlier = before.state.alerts.find(alert.id);
    if (!earlier || is_closed(earlier->state)) return {};
    if (alert.state == AlertState::expired && alert.created + std::chrono::days{7} > state.now &&
        alert.closed + std::chrono::days{7} > state.now && earlier->expires_at > state.now)
        return about(alert) + " expired too early";
    if (alert.state == AlertState::withdrawn && move.kind == Move::Kind::time_passes) {
        Deciding d{const_cast<State&>(state), model.world(after), state.now, {}, {}};
        if (still_holds(d, alert)) return about(alert) + " was withdrawn although its rule holds";
    }
    return {};
}

std::string twice(const std::vector<const AlertRow*>& open) {
    std::set<AccountId> about;
    for (const AlertRow* alert : open)
        if (!about.insert(alert->about).second) return "two alerts are open about one person in one place";
    return {};
}

/// Whoever waits in the other's conversation is on an open alert, or had one of their own.
std::string forgotten_other(const Model& model, const Position& after) {
    const State& state = after.state;
    Deciding d{const_cast<State&>(state), model.world(after), state.now, {}, {}};
    for (const std::string& native : after.other_said) {
        const auto id = state.message_ids.find({ChannelId{1}, native});
        if (!id || *id == MessageId::none || after.other_is_answered(native)) continue;
        const rules::Facts facts = facts_of(state, model.world(after), *id, state.now);
        const AccountId who = state.messages.at(*id).author;
        const Waiting* waiting = waiting_of(state.conversations.at(state.messages.at(*id).conversation), who);
        if (waiting && state.messages.at(*id).at < waiting->since) continue;  // that was answered
        if (!first_match(d, view_person(state, model.world(after).people, who, state.now), facts)) continue;
        bool looked_after = false;
        for (std::int64_t one = 1; one < state.next.alert; ++one) {
            const AlertRow& alert = state.alerts.at(AlertId(one));
            const bool quotes = std::any_of(alert.quoted.begin(), alert.quoted.end(), [&](MessageId said) {
                return state.messages.at(said).author == who;
            });
            const bool had_own = alert.about == who && alert.closed >= state.messages.at(*id).at;
            looked_after |= is_closed(alert.state) ? had_own : quotes;
        }
        if (!looked_after) return "somebody else waits, and nobody is asked";
    }
    return {};
}

}  // namespace

std::string Model::essence(const Position& position) const {
    const State& state = position.state;
    std::string text =
        fmt::format("{}|{}|{}|", position.owner_left, std::min<std::size_t>(position.said.size(), 2),
                    std::min<std::size_t>(position.other_said.size(), 2));
    std::set<std::string> who_answered;
    for (const auto& [who, id] : position.answers) who_answered.insert(who);
    for (const std::string& who : who_answered) text += who + ",";
    for (std::int64_t id = 1; id < state.next.alert; ++id) {
        const AlertRow* alert = state.alerts.find(AlertId(id));
        const bool last = id + 1 == state.next.alert;
        // An older one that nothing can happen to any more decides nothing.
        if (alert && (last || state.timer_of(alert->id) != never))
            text += "\n" + essence_of(position, *alert);
    }
    if (const auto sam = state.account_ids.find({"chat", "home", "sam"}); sam && *sam != AccountId::none) {
        const AccountRow& row = state.accounts.at(*sam);
        text += fmt::format("\n{} {}", row.suspicion.size(), row.owner);
    }
    for (std::int64_t id = 1; id < state.next.conversation; ++id)
        if (const ConversationRow* row = state.conversations.find(ConversationId(id)))
            for (const Waiting& one : row->waiting)
                text += fmt::format("\n{} {} {} {}", id, std::int64_t(one.who), one.answered_person != never,
                                    one.answered_brand != never);
    return text;
}

std::string Model::mistake(const Position& before, const Move& move, const Position& after) const {
    const State& state = after.state;
    const std::vector<const AlertRow*> open = after.open();
    if (std::string what = twice(open); !what.empty()) return what;
    if (std::string what = forgotten_other(*this, after); !what.empty()) return what;
    std::map<std::string, std::uint32_t> carried;
    for (const AlertRow* alert : open) {
        if (std::string what = lost(after, *alert); !what.empty()) return what;
        if (alert->state == AlertState::open || alert->state == AlertState::claimed)
            ++carried[alert->staffer];
    }
    for (const auto& [name, row] : state.staffers)
        if (row.open_alerts != carried[name]) return name + "'s count of open alerts is wrong";
    for (std::int64_t id = 1; id < state.next.alert; ++id) {
        const AlertRow* alert = state.alerts.find(AlertId(id));
        if (std::string what = closed_for_nothing(*this, before, move, after, *alert); !what.empty())
            return what;
        const int sounds = sounds_about(state, alert->id);
        if (sounds > 1) return about(*alert) + " alerts twice for one thing";
        const AlertRow* earlier = before.state.alerts.find(alert->id);
        const bool was_answered = earlier && life_state_of(*earlier) == LifeState::answered;
        if (was_answered && sounds > 0 && move.kind != Move::Kind::answer_deleted)
            return about(*alert) + " claws work back after a human has answered";
        const bool was_claimed = earlier && earlier->state == AlertState::claimed;
        const bool taken_away =
            was_claimed && alert->state == AlertState::open && alert->staffer != earlier->staffer;
        if (taken_away && move.kind != Move::Kind::time_passes && move.kind != Move::Kind::press &&
            move.kind != Move::Kind::staffer_leaves)
            return about(*alert) + " is taken from who has claimed it";
    }
    return {};
}

}  // namespace rapport::test
