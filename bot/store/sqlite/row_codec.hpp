#pragma once

// Which fields of which row go into bytes, in which order. Changing anything here changes what is on disk:
// raise `codec_version` and go on reading the old order, or migrate.

#include <type_traits>

#include "bot/store/rows.hpp"
#include "bot/store/sqlite/codec.hpp"

namespace rapport {

template <class Value, class Row>
concept Is = std::same_as<std::remove_const_t<Value>, Row>;

// Found by argument-dependent look-up, hence in the namespace of the rows.
template <class Io>
void fields(Io& io, Is<StaffTie> auto& row) {
    io(row.staff, row.out, row.in, row.deep_out, row.deep_in, row.last_out, row.last_in, row.contacts);
    if (io.version() >= 5) {
        io(row.first_in, row.gaps);
    } else if constexpr (!std::is_const_v<std::remove_reference_t<decltype(row)>>) {
        row.first_in = row.last_in;  // not kept then; the latest is certain
    }
}
template <class Io>
void fields(Io& io, Is<SameText> auto& row) {
    io(row.hash, row.since, row.channels);
}
template <class Io>
void fields(Io& io, Is<Cooldown> auto& row) {
    io(row.rule, row.until);
}
template <class Io>
void fields(Io& io, Is<Unwanted> auto& row) {
    io(row.rule, row.at, row.since);
}
template <class Io>
void fields(Io& io, Is<Friend> auto& row) {
    io(row.who, row.times);
}
template <class Io>
void fields(Io& io, Is<Bond> auto& row) {
    io(row.with, row.how, row.proven, row.at);
}
template <class Io>
void fields(Io& io, Is<Recent> auto& row) {
    io(row.message, row.author, row.conversation, row.at);
}
template <class Io>
void fields(Io& io, Is<Participant> auto& row) {
    io(row.who, row.messages);
}
template <class Io>
void fields(Io& io, Is<Waiting> auto& row) {
    io(row.who, row.first, row.last, row.since, row.answered_person, row.answered_brand, row.answered_other);
}
template <class Io>
void fields(Io& io, Is<Given> auto& row) {
    io(row.about, row.at);
}
template <class Io>
void fields(Io& io, Is<CommunityRow> auto& row) {
    io(row.ties);
}
template <class Io>
void fields(Io& io, Is<EscalationStep> auto& row) {
    io(row.after_ms, row.to);
}
template <class Io>
void fields(Io& io, Is<AlertPolicy> auto& row) {
    io(row.ask, row.escalate, row.reply_within_ms, row.cooldown_ms, row.brand_counts);
    io.choice(row.urgency, Urgency::digest);
}
template <class Io>
void fields(Io& io, Is<AlertLine> auto& row) {
    io(row.at, row.text);
}
template <class Io>
void fields(Io& io, Is<AlertMove> auto& row) {
    io(row.at);
    io.choice(row.kind, MoveKind::held);
    io(row.staffer);
}
/// Without what the table has as columns: id, state, about, conversation.
template <class Io>
void fields(Io& io, Is<AlertRow> auto& row) {
    io(row.rule, row.title, row.policy, row.channel, row.quoted, row.messages, row.late);
    io.choice(row.outcome, Outcome::other_staff);
    io(row.staffer, row.asked, row.why, row.brief, row.reason);
    io(row.escalated, row.notified, row.asking_about_answer);
    io(row.created, row.opened, row.claimed, row.closed, row.brand_answered, row.answer, row.answered_by);
    io(row.wait_until, row.hold_until, row.due, row.escalate_at, row.remind_at, row.release_at);
    io(row.snooze_until, row.attest_check_at, row.expires_at, row.revision, row.history);
    if (io.version() >= 5) io(row.second_answer, row.app_answered, row.moves, row.queued);
}

template <class Io>
void fields(Io& io, Is<AccountKey> auto& row) {
    io(row.platform, row.realm, row.id);
}
template <class Io>
void fields(Io& io, Is<Option> auto& row) {
    io(row.label, row.value);
}
template <class Io>
void fields(Io& io, Is<Button> auto& row) {
    io(row.id, row.label);
    io.choice(row.style, ButtonStyle::danger);
    io(row.options, row.url, row.confirm);
}
template <class Io>
void fields(Io& io, Is<Field> auto& row) {
    io(row.label, row.text);
}
template <class Io>
void fields(Io& io, Is<Quote> auto& row) {
    io(row.author, row.text, row.at, row.link);
}
template <class Io>
void fields(Io& io, Is<HistoryLine> auto& row) {
    io(row.at, row.text);
}
template <class Io>
void fields(Io& io, Is<Card> auto& row) {
    io(row.id, row.revision);
    io.choice(row.tone, Tone::closed);
    io(row.title, row.status, row.fields, row.quotes, row.buttons, row.history, row.conversation);
    if (io.version() >= 2) io(row.picture);
    if (io.version() >= 4) io(row.is_private);
}
template <class Io>
void fields(Io& io, Is<FormField> auto& row) {
    io(row.id, row.label);
    io.choice(row.kind, FieldKind::person);
    io(row.hint, row.options, row.required, row.value, row.several, row.asks_again);
}
template <class Io>
void fields(Io& io, Is<Form> auto& row) {
    io(row.id, row.card, row.title, row.submit, row.fields, row.text, row.context, row.buttons);
}
template <class Io>
void fields(Io& io, Is<Notice> auto& row) {
    io(row.action, row.text);
}
template <class Io>
void fields(Io& io, Is<Part> auto& row) {
    io(row.heading, row.text, row.picture, row.picture_text, row.fields, row.quotes, row.buttons);
}
template <class Io>
void fields(Io& io, Is<Page> auto& row) {
    io(row.id, row.title, row.parts);
}
template <class Io>
void fields(Io& io, Is<Letter> auto& row) {
    io(row.page, row.image, row.image_text, row.image_title);
}
template <class Io>
void fields(Io& io, Is<Outgoing> auto& row) {
    io(row.id, row.to, row.notify, row.body);
    if (io.version() >= 6) {
        io(row.team);
    } else if constexpr (!std::is_const_v<std::remove_reference_t<decltype(row)>>) {
        row.team = row.to.empty();
    }
}

namespace sqlite {

/// The part of an account that is only read whole.
template <class Io>
void hot_fields(Io& io, Is<AccountRow> auto& row) {
    io(row.roles, row.ties, row.cooldowns, row.alerts);
    if (io.version() >= 2) io(row.said, row.contact);
    if (io.version() >= 3) io(row.created, row.same, row.suspicion, row.human, row.held);
    if (io.version() >= 5) io(row.unwanted, row.rhythm_ms, row.remind_after);
    if (io.version() >= 7) io(row.bonds, row.apart, row.friends);
}
template <class Io>
void hot_fields(Io& io, Is<ChannelRow> auto& row) {
    io(row.recent);
}
template <class Io>
void hot_fields(Io& io, Is<ConversationRow> auto& row) {
    io(row.people, row.waiting, row.alerts);
}

/// Kept in the column `accounts`, which was there first.
template <class Io>
void hot_fields(Io& io, Is<StafferRow> auto& row) {
    io(row.accounts);
    if (io.version() >= 5) io(row.quiet_until, row.given, row.queued);
}

}  // namespace sqlite
}  // namespace rapport
