#pragma once

#include "bot/store/sqlite/chains.hpp"
#include "bot/store/sqlite/outbox.hpp"
#include "bot/store/sqlite/reader.hpp"

namespace rapport::sqlite {

/// Writes what a State changed. The caller holds the transaction. Throws SqliteError.
class Saver {
public:
    Saver(Connection& connection, Realms& realms, Outbox& outbox)
        : connection_(connection), realms_(realms), outbox_(outbox) {}

    void save(const State& state);
    /// After a failed transaction: forgets what it had noted on the way.
    void forget();
    /// Where the history of an author or a channel starts; none: no messages.
    MessageId newest_of(AccountId author) { return MessageId(authors_.head(std::int64_t(author))); }

private:
    void save_messages(const State& state);
    void save_days();
    void note_day(const MessageRow& row);
    void insert(const MessageRow& row);
    void update(const MessageRow& row);
    /// `goes`: it is erased in this batch, and its key is free already.
    void save_account(const AccountRow& row, bool is_new, bool goes);
    /// In place of the key of an account that goes: on no platform, and no two alike.
    static std::string freed_key(AccountId account) {
        return "erased:" + std::to_string(std::int64_t(account));
    }
    void save_channel(const ChannelRow& row, bool is_new);
    void save_conversation(const ConversationRow& row, bool is_new);
    void save_alert(const AlertRow& row);
    void save_ties(const State& state);
    void save_small_tables(const State& state);
    void save_records(const State& state);
    void save_claims(const State& state);
    void save_world(const State& state);
    /// Gives the key of an account that goes to whoever has it next: in the same batch they may speak again.
    /// Returns the key; empty if the account is gone already.
    std::optional<AccountKey> free_key(AccountId account, const State& state);
    void erase(AccountId account, const AccountKey& key);
    /// The key of all keyed hashes.
    std::string secret();

    Connection& connection_;
    Realms& realms_;
    Outbox& outbox_;
    std::string bytes_;  ///< Scratch for the encoder.
    /// Of the messages inserted so far: day since 1970 -> least and greatest id.
    std::map<std::int64_t, std::pair<MessageId, MessageId>> days_{};
    Chains authors_{connection_, "SELECT last_message FROM accounts WHERE id = ?1",
                    "UPDATE accounts SET last_message = ?1 WHERE id = ?2"};
    Chains channels_{connection_, "SELECT last_message FROM channels WHERE id = ?1",
                     "UPDATE channels SET last_message = ?1 WHERE id = ?2"};

    Statement insert_message_{
        connection_,
        "INSERT INTO messages (id, channel, native, author, at, conversation, reply_to, speaker, flags, "
        "kind, "
        "sentiment, language, text, link, author_before, channel_before) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"};
    Statement update_message_{
        connection_,
        "UPDATE messages SET author = ?2, at = ?3, conversation = ?4, reply_to = ?5, speaker = ?6, flags = "
        "?7, "
        "kind = ?8, sentiment = ?9, language = ?10, text = ?11, link = ?12 WHERE id = ?1"};
    Statement insert_account_{
        connection_,
        "INSERT INTO accounts (id, person, handle, name, picture, bot, reach, first_seen, last_seen, "
        "messages, "
        "owner, note, muted_until, hot, last_message, realm, native) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"};
    Statement update_account_{
        connection_,
        "UPDATE accounts SET person = ?2, handle = ?3, name = ?4, picture = ?5, bot = ?6, reach = ?7, "
        "first_seen = ?8, last_seen = ?9, messages = ?10, owner = ?11, note = ?12, muted_until = ?13, hot = "
        "?14, "
        "last_message = max(last_message, ?15) WHERE id = ?1"};
    Statement insert_channel_{connection_,
                              "INSERT INTO channels (id, name, kind, recent, last_message, realm, native) "
                              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
    Statement update_channel_{connection_,
                              "UPDATE channels SET name = ?2, kind = ?3, recent = ?4, "
                              "last_message = max(last_message, ?5) WHERE id = ?1"};
    Statement insert_conversation_{
        connection_,
        "INSERT INTO conversations (id, channel, root, started, last, messages, hot) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
    Statement update_conversation_{
        connection_,
        "UPDATE conversations SET channel = ?2, root = ?3, started = ?4, last = ?5, "
        "messages = ?6, hot = ?7 WHERE id = ?1"};
    Statement put_alert_{connection_,
                         "INSERT OR REPLACE INTO alerts (id, state, about, conversation, closed, body, "
                         "closed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
    Statement put_day_{connection_,
                       "INSERT INTO message_days (day, first_id, last_id) VALUES (?1, ?2, ?3) ON CONFLICT DO "
                       "UPDATE SET first_id = min(first_id, excluded.first_id), "
                       "last_id = max(last_id, excluded.last_id)"};
    Statement add_tie_{
        connection_,
        "INSERT INTO ties (from_account, to_account, fast, deep, last, count) "
        "VALUES (?1, ?2, ?3, ?4, ?5, 1) ON CONFLICT DO UPDATE SET fast = fast + excluded.fast, "
        "deep = deep + excluded.deep, last = max(last, excluded.last), count = count + 1"};
    Statement put_timer_{connection_, "INSERT OR REPLACE INTO timers (alert, due) VALUES (?1, ?2)"};
    Statement drop_timer_{connection_, "DELETE FROM timers WHERE alert = ?1"};
    Statement put_staffer_{
        connection_,
        "INSERT OR REPLACE INTO staffers (name, away_until, open_alerts, hours, zone, accounts) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"};
    Statement drop_staffer_{connection_, "DELETE FROM staffers WHERE name = ?1"};
    Statement put_cursor_{connection_, "INSERT OR REPLACE INTO cursors (name, value) VALUES (?1, ?2)"};
    Statement drop_cursor_{connection_, "DELETE FROM cursors WHERE name = ?1"};
    Statement put_action_{connection_, "INSERT OR IGNORE INTO actions (id, at) VALUES (?1, ?2)"};
    Statement put_quarantine_{
        connection_, "INSERT INTO quarantine (at, source, error, what, raw) VALUES (?1, ?2, ?3, ?4, ?5)"};
    Statement put_gap_{
        connection_,
        "INSERT INTO gaps (realm, native, from_time, until_time, why) VALUES (?1, ?2, ?3, ?4, ?5)"};
    Statement put_world_{
        connection_,
        "UPDATE world SET now = ?1, next_account = ?2, next_channel = ?3, next_message = ?4, "
        "next_conversation = ?5, next_alert = ?6, next_outbox = ?7"};
    Statement put_community_{connection_, "UPDATE world SET community = ?1"};

    Statement erase_text_{
        connection_, "UPDATE messages SET author = 0, text = '', link = '', flags = flags | 8 WHERE id = ?1"};
    Statement author_before_{connection_, "SELECT author_before FROM messages WHERE id = ?1"};
    Statement key_of_{connection_, "SELECT realm, native FROM accounts WHERE id = ?1"};
    Statement free_key_{connection_, "UPDATE accounts SET native = ?2 WHERE id = ?1"};
    Statement erase_account_{connection_, "DELETE FROM accounts WHERE id = ?1"};
    Statement erase_ties_{connection_, "DELETE FROM ties WHERE from_account = ?1 OR to_account = ?1"};
    Statement drop_claims_{connection_, "DELETE FROM claims WHERE account = ?1 AND kind = ?2"};
    Statement put_claim_{connection_,
                         "INSERT OR IGNORE INTO claims (hash, account, kind) VALUES (?1, ?2, ?3)"};
    Statement erase_claims_{connection_, "DELETE FROM claims WHERE account = ?1"};
    Statement erased_key_{connection_, "SELECT erased_key FROM world"};
    Statement put_erased_{connection_, "INSERT OR IGNORE INTO erased (hash) VALUES (?1)"};
};

}  // namespace rapport::sqlite
