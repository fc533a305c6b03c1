#pragma once

#include <optional>

#include "bot/store/sqlite/realms.hpp"
#include "bot/store/store.hpp"

namespace rapport::sqlite {

// Columns in the order in which Reader::read_... takes them.
#define RAPPORT_ACCOUNT_COLUMNS                                                                       \
    "id, realm, native, person, handle, name, picture, bot, reach, first_seen, last_seen, messages, " \
    "owner, note, muted_until, hot"
#define RAPPORT_MESSAGE_COLUMNS                                                                            \
    "id, channel, native, author, at, conversation, reply_to, speaker, flags, kind, sentiment, language, " \
    "text, link"
#define RAPPORT_CHANNEL_COLUMNS "id, realm, native, name, kind, recent"
#define RAPPORT_ALERT_COLUMNS "id, state, about, conversation, body"

/// Bits of messages.flags.
enum MessageFlag : std::int64_t {
    flag_via_app = 1,
    flag_late = 2,
    flag_edited = 4,
    flag_deleted = 8,
    flag_needs_reply = 16,
    flag_linked = 32
};

/// Single rows by id or by key, as the store has them. Throws SqliteError.
class Reader {
public:
    Reader(Connection& connection, Realms& realms) : connection_(connection), realms_(realms) {}

    std::optional<AccountRow> account(AccountId id);
    std::optional<AccountRow> account(const AccountKey& key);
    /// Accounts linked to `person`, without the account that stands for it.
    std::vector<AccountId> linked_to(AccountId person);
    std::optional<ChannelRow> channel(ChannelId id);
    std::optional<ChannelRow> channel(const ChannelKey& key);
    std::optional<MessageRow> message(MessageId id);
    std::optional<MessageRow> message(ChannelId channel, const std::string& native);
    std::optional<ConversationRow> conversation(ConversationId id);
    std::optional<AlertRow> alert(AlertId id);
    bool action_seen(const std::string& id);
    /// Whether an account of that key was erased.
    bool was_erased(const AccountKey& key);

    /// Who claims that; at most `max_claimants`.
    std::vector<Claimant> claimants(const std::string& claim);

    // For statements elsewhere that select the same columns in the same order.
    AccountRow read_account(const Rows& rows);
    static MessageRow read_message(const Rows& rows);
    static AlertRow read_alert(const Rows& rows);

private:
    ChannelRow read_channel(const Rows& rows);

    Connection& connection_;
    Realms& realms_;
    Statement account_by_id_{connection_, "SELECT " RAPPORT_ACCOUNT_COLUMNS " FROM accounts WHERE id = ?1"};
    Statement account_by_key_{
        connection_, "SELECT " RAPPORT_ACCOUNT_COLUMNS " FROM accounts WHERE realm = ?1 AND native = ?2"};
    Statement linked_{connection_, "SELECT id FROM accounts WHERE person = ?1 AND person <> id"};
    Statement channel_by_id_{connection_, "SELECT " RAPPORT_CHANNEL_COLUMNS " FROM channels WHERE id = ?1"};
    Statement channel_by_key_{
        connection_, "SELECT " RAPPORT_CHANNEL_COLUMNS " FROM channels WHERE realm = ?1 AND native = ?2"};
    Statement message_by_id_{connection_, "SELECT " RAPPORT_MESSAGE_COLUMNS " FROM messages WHERE id = ?1"};
    Statement message_by_key_{
        connection_, "SELECT " RAPPORT_MESSAGE_COLUMNS " FROM messages WHERE native = ?1 AND channel = ?2"};
    Statement conversation_by_id_{
        connection_,
        "SELECT id, channel, root, started, last, messages, hot FROM conversations WHERE id = ?1"};
    Statement alert_by_id_{connection_, "SELECT " RAPPORT_ALERT_COLUMNS " FROM alerts WHERE id = ?1"};
    Statement any_erased_{connection_, "SELECT erased_key FROM world WHERE EXISTS (SELECT 1 FROM erased)"};
    Statement erased_{connection_, "SELECT 1 FROM erased WHERE hash = ?1"};
    Statement secret_{connection_, "SELECT erased_key FROM world"};
    Statement claimants_{connection_,
                         "SELECT account, kind FROM claims WHERE hash = ?1 ORDER BY account, kind LIMIT ?2"};
    Statement action_{connection_, "SELECT 1 FROM actions WHERE id = ?1"};
};

}  // namespace rapport::sqlite
