#pragma once

// Who waits for whom: what a message changes in its conversation.

#include <span>

#include "bot/store/rows.hpp"

namespace rapport {

/// A message just placed.
struct Said {
    MessageId message{};
    AccountId author{};
    Speaker speaker = Speaker::person;
    bool personal = true;  ///< Typed by the person: not posted by a tool with their token.
    bool needs_reply = false;
    bool linked =
        false;  ///< It answers `addressed` by the platform's own word, or stands in a place for two.
    std::span<const AccountId> addressed{};
    Time at{};
};

/// Counts the message, notes who now waits, and whose wait it answered. Whom it answers: those it addresses;
/// in a conversation where one person waits, a linked message answers that one.
void note_said(ConversationRow& conversation, const Said& said);

/// The entry of `who`, or null.
const Waiting* waiting_of(const ConversationRow& conversation, AccountId who);

/// Takes a deleted message out of who waits: an entry that rested on it alone goes. True if something
/// changed.
bool note_deleted(ConversationRow& conversation, MessageId message);

/// The message that was said at `at` and answered somebody is gone. `another`: when a staffer said something
/// else in person there that still stands, or `never`; it counts in its place. Returns the last words of
/// those who wait for a human again.
std::vector<MessageId> note_answer_deleted(ConversationRow& conversation, Time at, Time another);

}  // namespace rapport
