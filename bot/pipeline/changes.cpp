// Everything that can be heard besides a new message.

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/card.hpp"
#include "bot/conversations/waiting.hpp"
#include "bot/people/directory.hpp"
#include "bot/people/proof.hpp"
#include "bot/pipeline/engine.hpp"

namespace rapport {

namespace {

/// Puts a short word for whoever pressed a button into the outbox.
void tell(Deciding& d, const Action& action, std::string text) {
    OutboxRow row;
    row.id = OutboxId(d.state.next.outbox++);
    row.outgoing.id = fmt::format("notice:{}", action.id);
    row.outgoing.to = {action.by};
    row.outgoing.body = Notice{action.id, std::move(text)};
    d.state.added.outbox.push_back(std::move(row));
}

/// Whether both answer the same message, or the same person.
bool answer_the_same(const State& state, const MessageRow& a, const MessageRow& b) {
    if (a.reply_to == b.reply_to) return true;
    const auto asked = [&](const MessageRow& one) {
        return one.reply_to == MessageId::none ? nullptr : state.messages.find(one.reply_to);
    };
    const MessageRow* one = asked(a);
    const MessageRow* other = asked(b);
    return one && other && one->author == other->author;
}

/// When a staffer last said something else in person in the conversation, to the same one, as far as its
/// channel remembers.
Time another_answer(const State& state, const MessageRow& deleted) {
    Time when = never;
    for (const Recent& recent : state.channels.at(deleted.channel).recent) {
        if (recent.conversation != deleted.conversation || recent.message == deleted.id) continue;
        const MessageRow& other = state.messages.at(recent.message);
        if (other.speaker == Speaker::staff && !other.via_app && !other.deleted &&
            answer_the_same(state, other, deleted))
            when = std::max(when, other.at);
    }
    return when;
}

/// Somebody who asked to be forgotten comes back by what they say themselves, never by what is said of them.
bool stays_forgotten(Deciding& d, const AccountKey& key) {
    if (!d.state.erased.contains(key) || d.state.account_ids.find(key) != AccountId::none) return false;
    ++d.state.added.not_brought_back;
    return true;
}

}  // namespace

void Engine::hear(Deciding& d, const MessageEdited& edited) const {
    MessageRow* row = find_message(d.state, edited.message);
    if (!row || row->deleted || row->text == edited.text) return;
    row->text = edited.text;
    row->edited = true;
    const ConversationRow& conversation = d.state.conversations.at(row->conversation);
    const Reading reading =
        read_again(*row, conversation, d.state.channels.at(row->channel), d.state, d.world);
    row->reading = {std::uint8_t(reading.kind), reading.needs_reply, reading.sentiment, reading.language};
    message_edited(d, row->id);
}

void Engine::hear(Deciding& d, const MessageDeleted& deleted) const {
    MessageRow* row = find_message(d.state, deleted.message);
    if (!row || row->deleted) return;
    row->deleted = true;
    row->text.clear();
    note_deleted(d.state.conversations.edit(row->conversation), row->id);
    std::vector<MessageId> again = note_answer_deleted(d.state.conversations.edit(row->conversation), row->at,
                                                       another_answer(d.state, *row));
    const MessageRow* asked =
        row->reply_to == MessageId::none ? nullptr : d.state.messages.find(row->reply_to);
    if (asked && asked->reading.needs_reply && row->speaker == Speaker::staff) again.push_back(asked->id);
    if (row->at + d.world.config.alerts.answer_watch >= d.now)
        d.left_behind.insert(again.begin(), again.end());
    answer_deleted(d, row->id);
    message_deleted(d, row->id);
}

void Engine::hear(Deciding& d, const ReactionAdded& reaction) const {
    MessageRow* row = find_message(d.state, reaction.message);
    if (!row || row->author == AccountId::none) return;  // unknown, or its author was erased
    const AccountRow& by = recognise(d.state, reaction.by, reaction.at);
    prove(d.state, d.world.team, by.id, reaction.by, d.now);
    const AccountRow& author = d.state.accounts.at(row->author);
    strengthen(d.state, d.world.people, by.id, author.id, d.world.team.staffer_of(by.key, d.now) != nullptr,
               d.world.team.staffer_of(author.key, d.now) != nullptr, Interaction::reaction, reaction.at);
}

void Engine::hear(Deciding& d, const AccountChanged& changed) const {
    if (stays_forgotten(d, changed.account.key)) return;
    // Who was never heard, and whom nobody has told us about, is not kept.
    const auto known = d.state.account_ids.find(changed.account.key);
    if (!known || *known == AccountId::none) return;
    recognise(d.state, changed.account, changed.at);
    prove(d.state, d.world.team, *known, changed.account, d.now);
}

void Engine::hear(Deciding& d, const ContactStated& contact) const {
    if (stays_forgotten(d, contact.account.key)) return;
    AccountRow& account = recognise(d.state, contact.account, contact.at);
    for (const std::string& role : contact.roles) add_role(account, role);
    if (!contact.owner.empty()) account.owner = contact.owner;
    if (!contact.note.empty()) account.note = contact.note;
}

void Engine::hear(Deciding& d, const Gap& gap) const {
    d.state.added.gaps.push_back({gap.channel, gap.from, gap.until, gap.why});
}

void Engine::hear(Deciding&, const NotUnderstood& garbled) const {
    throw std::runtime_error(garbled.why);  // what cannot be decided goes to quarantine
}

void Engine::hear(Deciding& d, const Action& action) const {
    const auto done = d.state.actions.find(action.id);
    if (done == d.state.actions.end()) throw NotLoaded("action " + action.id + " is not loaded");
    if (done->second) return;
    done->second = true;
    d.state.added.actions.push_back(action.id);
    // A press by anybody else does nothing and tells them nothing.
    const Staffer* by = d.world.team.staffer_of(action.by, d.now);
    if (!by) return;
    const AlertId alert = alert_of_card(action.card);
    if (alert == AlertId::none || !d.state.alerts.find(alert))
        return tell(d, action, "That alert is gone. Reload the page to see what is open now.");
    if (std::string text = pressed(d, alert, action, *by); !text.empty()) tell(d, action, std::move(text));
}

}  // namespace rapport
