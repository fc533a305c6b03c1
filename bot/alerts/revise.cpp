// What the person does to an alert about them: they write again, edit, delete, are erased, look like a bot.

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/by_rule.hpp"
#include "bot/alerts/steps.hpp"

namespace rapport {

void quote(Deciding& d, AlertRow& alert, const MessageRow& message) {
    if (std::find(alert.quoted.begin(), alert.quoted.end(), message.id) != alert.quoted.end()) return;
    if (alert.quoted.size() >= max_quoted) {
        const ConversationId left = d.state.messages.at(alert.quoted[1]).conversation;
        alert.quoted.erase(alert.quoted.begin() + 1);
        const bool still_there = std::any_of(alert.quoted.begin(), alert.quoted.end(), [&](MessageId id) {
            return d.state.messages.at(id).conversation == left;
        });
        if (!still_there && left != alert.conversation)
            std::erase(d.state.conversations.edit(left).alerts, alert.id);
    }
    alert.quoted.push_back(message.id);
    auto& alerts = d.state.conversations.edit(message.conversation).alerts;
    if (std::find(alerts.begin(), alerts.end(), alert.id) == alerts.end()) alerts.push_back(alert.id);
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
void tell_new_message(Moment& m) {
    const bool asked = m.alert.state == AlertState::open || m.alert.state == AlertState::claimed;
    show(m.d, m.alert, asked && m.what.seen->reading.needs_reply);
}
void wake_for_them(Moment& m) {
    give_to(m.d, m.alert, m.alert.staffer, MoveKind::woke);
    note(m.d, m.alert, "They wrote again, so the snooze is over.");
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
    if (m.alert.state == AlertState::open) set_deadlines(m.d, m.alert);
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
}

// ------------------------------------------------------------------ they delete, they go
bool all_is_deleted(const Deciding& d, const AlertRow& alert, const Happening&) {
    return std::all_of(alert.quoted.begin(), alert.quoted.end(),
                       [&](MessageId quoted) { return d.state.messages.at(quoted).deleted; });
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

/// The rules run again for an alert that quotes the edited message.
void run_rules_again(Deciding& d, AlertId id, MessageId message) {
    const AlertRow& alert = d.state.alerts.at(id);
    if (std::find(alert.quoted.begin(), alert.quoted.end(), message) == alert.quoted.end()) return;
    const rules::Facts facts = facts_of(d.state, d.world, message, d.now);
    std::vector<rules::RuleId> matches;
    d.world.rules.match(facts, matches);
    const auto own = d.world.rules.find(alert.rule);
    const PersonView person = view_person(d.state, d.world.people, alert.about, d.now);
    Happening what{.message = message, .facts = &facts};
    what.same_rule = own && std::find(matches.begin(), matches.end(), *own) != matches.end();
    const auto first = std::find_if(matches.begin(), matches.end(), [&](rules::RuleId rule) {
        return rule == own || !is_silent(d, person, d.world.rules.rule(rule).name);
    });
    if (first != matches.end() && *first != own) what.rule = *first;
    happen(d, id, LifeEvent::edits, what);
}

}  // namespace

void message_edited(Deciding& d, MessageId message) {
    const MessageRow& row = d.state.messages.at(message);
    if (row.speaker != Speaker::person) return;
    const std::vector<AlertId> alerts = d.state.conversations.at(row.conversation).alerts;
    bool open = false;
    for (const AlertId id : alerts) {
        if (is_closed(d.state.alerts.at(id).state)) continue;
        run_rules_again(d, id, message);
        open = true;
    }
    if (open) return;
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
