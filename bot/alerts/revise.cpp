// What the person does to an alert about them: they write again, edit, delete, are erased, look like a bot.

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/by_rule.hpp"
#include "bot/alerts/steps.hpp"

namespace rapport {

void unquote(Deciding& d, AlertRow& alert, MessageId message) {
    const ConversationId left = d.state.messages.at(message).conversation;
    std::erase(alert.quoted, message);
    const bool still_there = std::any_of(alert.quoted.begin(), alert.quoted.end(), [&](MessageId id) {
        return d.state.messages.at(id).conversation == left;
    });
    if (!still_there && left != alert.conversation)
        std::erase(d.state.conversations.edit(left).alerts, alert.id);
}

void quote(Deciding& d, AlertRow& alert, const MessageRow& message) {
    if (std::find(alert.quoted.begin(), alert.quoted.end(), message.id) != alert.quoted.end()) return;
    if (alert.quoted.size() >= max_quoted) {
        // Nobody who waits falls out: the earliest goes of whom something else is quoted.
        const auto said_more = [&](MessageId id) {
            const AccountId who = d.state.messages.at(id).author;
            const auto theirs = [&](MessageId other) {
                return other != id && same_person(d.state, d.state.messages.at(other).author, who);
            };
            return same_person(d.state, who, message.author) ||
                   std::any_of(alert.quoted.begin(), alert.quoted.end(), theirs);
        };
        // And not what the alert rests on.
        const auto own = d.world.rules.find(alert.rule);
        const auto spare = [&](MessageId id) {
            return said_more(id) && (d.state.messages.at(id).deleted || !own ||
                                     !d.world.rules.holds(*own, facts_of(d.state, d.world, id, d.now)));
        };
        const auto first = alert.quoted.begin() + 1;
        auto goes = std::find_if(first, alert.quoted.end(), spare);
        if (goes == alert.quoted.end()) goes = std::find_if(first, alert.quoted.end(), said_more);
        unquote(d, alert, goes == alert.quoted.end() ? *first : *goes);
    }
    alert.quoted.push_back(message.id);
    auto& alerts = d.state.conversations.edit(message.conversation).alerts;
    if (std::find(alerts.begin(), alerts.end(), alert.id) == alerts.end()) alerts.push_back(alert.id);
}

std::vector<MessageId> standing_words(const Deciding& d, const AlertRow& alert) {
    std::vector<MessageId> all;
    for (const MessageId id : alert.quoted) {
        const MessageRow& message = d.state.messages.at(id);
        if (!message.deleted && same_person(d.state, message.author, alert.about)) all.push_back(id);
    }
    return all;
}

namespace steps {

// ------------------------------------------------------------------ they write again
void quote_what_they_said(Moment& m) {
    ++m.alert.messages;
    quote(m.d, m.alert, m.what.seen->message);
}
void quote_somebody_else(Moment& m) {
    note(m.d, m.alert, "Somebody else waits here too.");
    quote_what_they_said(m);
}
void let_another_go(Moment& m) {
    const MessageRow& theirs = m.d.state.messages.at(m.what.message);
    const AccountId who = theirs.author;
    const ConversationId where = theirs.conversation;
    const std::vector<MessageId> quoted(m.alert.quoted.begin() + 1, m.alert.quoted.end());
    for (const MessageId id : quoted) {
        const MessageRow& message = m.d.state.messages.at(id);
        // An answer is one in its own conversation.
        const bool gone = !m.what.heard || message.conversation == where;
        if (gone && same_person(m.d.state, message.author, who)) unquote(m.d, m.alert, id);
    }
    note(m.d, m.alert,
         m.what.heard ? "Somebody else who waited here was answered."
                      : "Somebody else who waits here is asked about on their own.");
    show(m.d, m.alert);
}
void tell_new_message(Moment& m) {
    const bool asked = m.alert.state == AlertState::open || m.alert.state == AlertState::claimed;
    show(m.d, m.alert, asked && m.what.seen->reading.needs_reply);
}
void wake_for_them(Moment& m) {
    give_to(m.d, m.alert, m.alert.staffer, MoveKind::woke);
    const bool wrote = m.what.seen && same_person(m.d.state, m.what.seen->message.author, m.alert.about);
    note(m.d, m.alert,
         !m.what.seen ? "What they changed is urgent, so the snooze is over."
         : wrote      ? "They wrote again, so the snooze is over."
                      : "Somebody else wrote there, so the snooze is over.");
    show(m.d, m.alert, true);
}

// ------------------------------------------------------------------ they become louder
namespace {
/// By the new rule, but nothing is due later than it was.
void restart_clocks(Moment& m) {
    const Time due = m.alert.due;
    if (m.alert.state == AlertState::open) set_deadlines(m.d, m.alert);
    if (due != never && due < m.alert.due) m.alert.due = due;
    if (m.alert.state == AlertState::claimed) start_claim_clocks(m.d, m.alert);
}
}  // namespace
bool louder_rule_waits(const Deciding& d, const AlertRow& alert, const Happening& what) {
    return what.rule && alert.opened == never && !alert.queued &&
           d.world.rules.rule(*what.rule).after.count() > 0;
}
bool louder_rule_for_team(const Deciding& d, const AlertRow& alert, const Happening& what) {
    return alert.staffer.empty() && louder_rule(d, alert, what);
}
bool louder_rule(const Deciding& d, const AlertRow& alert, const Happening& what) {
    return what.rule && is_louder(urgency_of(d, *what.rule), alert.policy.urgency);
}
void follow_louder_rule(Moment& m) {
    if (!m.what.rule) return;
    take_rule(m.d, m.alert, *m.what.rule, *m.what.facts);
    m.alert.notified = 0;  // what is urgent is heard, however much they said before
    note(m.d, m.alert, fmt::format("What they say now is more urgent: {}.", m.alert.title));
}
void wait_by_louder_rule(Moment& m) {
    const Time then = m.d.now + m.d.world.rules.rule(*m.what.rule).after;
    // What waited already waits no longer than it would have.
    const bool sooner = m.alert.state == AlertState::waiting && m.alert.wait_until < then;
    rest(m.d, m.alert);
    m.alert.state = AlertState::waiting;
    m.alert.hold_until = never;
    if (!sooner) m.alert.wait_until = then;
    show(m.d, m.alert);
}
void tell_louder(Moment& m) {
    restart_clocks(m);
    show(m.d, m.alert, true);
}

// ------------------------------------------------------------------ they edit
bool rule_changes(const Deciding&, const AlertRow&, const Happening& what) {
    return what.rule.has_value();
}
bool rule_changes_and_waits(const Deciding& d, const AlertRow& alert, const Happening& what) {
    return what.rule && alert.created + d.world.rules.rule(*what.rule).after > d.now;
}
bool nothing_asks_unasked(const Deciding& d, const AlertRow& alert, const Happening& what) {
    return !what.same_rule && alert.opened == never && !still_holds(d, alert);
}
void take_over_rule(Moment& m) {
    take_rule(m.d, m.alert, *m.what.rule, *m.what.facts);
    note(m.d, m.alert, fmt::format("They edited the message. Now: {}.", m.alert.title));
    if (m.alert.state == AlertState::open || m.alert.state == AlertState::claimed) {
        m.alert.due = never;
        restart_clocks(m);
    }
    if (m.alert.state == AlertState::waiting)
        m.alert.wait_until = m.alert.created + m.d.world.rules.rule(*m.what.rule).after;
}
void ask_by_new_rule(Moment& m) {
    m.alert.wait_until = m.alert.hold_until = never;
    ask_someone(m.d, m.alert, m.alert.policy.ask);
}
void tell_edit(Moment& m) {
    show(m.d, m.alert, m.alert.opened != never);
}
void note_edit(Moment& m) {
    note(m.d, m.alert, "They edited the message.");
    show(m.d, m.alert);
}
void withdraw_as_edited(Moment& m) {
    close_alert(m.d, m.alert, AlertState::withdrawn, Outcome::none,
                "They edited the message, and nothing asks for an answer any more.");
    leave_behind(m.d, m.alert, true);  // another rule may ask for it
}

// ------------------------------------------------------------------ they delete, they go
bool all_is_deleted(const Deciding& d, const AlertRow& alert, const Happening&) {
    return standing_words(d, alert).empty();
}
void forget_their_words(Moment& m) {
    forget_quoted_words(m.alert);
}
void withdraw_as_deleted(Moment& m) {
    close_alert(m.d, m.alert, AlertState::withdrawn, Outcome::none,
                "They deleted what they had said, so nobody needs to answer.");
}
void tell_deletion(Moment& m) {
    note(m.d, m.alert, "They deleted one of the messages.");
    show(m.d, m.alert);
}
void show_again(Moment& m) {
    show(m.d, m.alert);
}
void withdraw_as_erased(Moment& m) {
    close_alert(m.d, m.alert, AlertState::withdrawn, Outcome::none, "The person asked to be forgotten.");
}
void withdraw_as_bot(Moment& m) {
    close_alert(m.d, m.alert, AlertState::withdrawn, Outcome::none,
                "This looks like a bot: it waits in the review list.");
}

}  // namespace steps

namespace {

/// A rule with what it holds for.
struct Found {
    std::optional<rules::RuleId> rule{};
    rules::Facts facts{};
};

/// The most urgent that anything they said asks for now; of several the first.
Found loudest_rule(const Deciding& d, const AlertRow& alert, std::optional<rules::RuleId> own,
                   const std::vector<MessageId>& words) {
    const PersonView person = view_person(d.state, d.world.people, alert.about, d.now);
    Found found;
    for (const MessageId id : words) {
        rules::Facts facts = facts_of(d.state, d.world, id, d.now);
        const auto rule = found.rule ? louder_match(d, person, facts, urgency_of(d, *found.rule))
                                     : first_match(d, person, facts, own);
        if (rule) found = {rule, std::move(facts)};
    }
    return found;
}

/// The rules run again for an alert that quotes the edited message. While what they said before still stands
/// and asks for an answer, only something more urgent takes its place.
void run_rules_again(Deciding& d, AlertId id, MessageId message) {
    const AlertRow& alert = d.state.alerts.at(id);
    const std::vector<MessageId> words = standing_words(d, alert);
    Happening what{.message = message};
    const auto own = d.world.rules.find(alert.rule);
    const bool theirs = std::find(words.begin(), words.end(), message) != words.end();
    const bool holds = still_holds(d, alert);
    what.same_rule = holds;
    const Found found = theirs ? loudest_rule(d, alert, own, words) : Found{};
    const bool changes =
        found.rule && found.rule != own &&
        (words.size() == 1 || !holds || is_louder(urgency_of(d, *found.rule), alert.policy.urgency));
    if (changes) {
        what.rule = found.rule;
        what.facts = &found.facts;
    }
    happen(d, id, LifeEvent::edits, what);
}

/// Whether the edited message stays on the alert that quotes it: it is its own person's, or asks for nothing
/// more urgent than what is asked there.
bool stays_quoted(const Deciding& d, const MessageRow& row, AlertId id, const rules::Facts& facts) {
    const AlertRow& alert = d.state.alerts.at(id);
    if (same_person(d.state, alert.about, row.author)) return true;
    const PersonView person = view_person(d.state, d.world.people, row.author, d.now);
    if (person.muted_until > d.now || person.suspected) return true;
    return !louder_match(d, person, facts, alert.policy.urgency);
}

}  // namespace

void message_edited(Deciding& d, MessageId message) {
    const MessageRow& row = d.state.messages.at(message);
    if (row.speaker != Speaker::person || row.author == AccountId::none) return;
    const std::vector<AlertId> alerts = d.state.conversations.at(row.conversation).alerts;
    bool taken_care_of = false;
    for (const AlertId id : alerts) {
        const AlertRow& alert = d.state.alerts.at(id);
        if (is_closed(alert.state)) continue;
        const bool own = same_person(d.state, alert.about, row.author);
        if (std::find(alert.quoted.begin(), alert.quoted.end(), message) == alert.quoted.end()) {
            taken_care_of = taken_care_of || own;
            continue;
        }
        const rules::Facts facts = facts_of(d.state, d.world, message, d.now);
        if (!stays_quoted(d, row, id, facts)) continue;
        run_rules_again(d, id, message);
        taken_care_of = true;
    }
    if (taken_care_of) return;
    const ConversationRow& conversation = d.state.conversations.at(row.conversation);
    const ChannelRow& channel = d.state.channels.at(row.channel);
    const PersonView person = view_person(d.state, d.world.people, row.author, d.now);
    const Reading reading = read_again(row, conversation, channel, d.state, d.world);
    consider_message(d, {row, reading, conversation, channel, person});
}

void message_deleted(Deciding& d, MessageId message) {
    const MessageRow& row = d.state.messages.at(message);
    const std::vector<AlertId> alerts = d.state.conversations.at(row.conversation).alerts;
    for (const AlertId id : alerts) {
        const AlertRow& alert = d.state.alerts.at(id);
        if (std::find(alert.quoted.begin(), alert.quoted.end(), message) != alert.quoted.end())
            happen(d, id, LifeEvent::deletes, {.message = message});
    }
}

}  // namespace rapport
