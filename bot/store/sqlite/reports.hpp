#pragma once

#include <unordered_map>

#include "bot/store/sqlite/reader.hpp"

namespace rapport::sqlite {

/// What people and reports ask. Reads only. Throws SqliteError.
class Reports {
public:
    Reports(Connection& connection, Reader& reader) : connection_(connection), reader_(reader) {}

    StoreCounts counts();
    std::vector<AlertRow> alerts(bool open_only, AlertId after, std::size_t limit);
    std::vector<AlertRow> alerts_since(Time from);
    std::vector<AlertRow> alerts_of_rule(std::string_view rule, Time since, std::size_t limit);
    std::vector<AccountRow> find_accounts(std::string_view text, std::size_t limit);
    std::vector<TranscriptLine> transcript(const ChannelKey& channel, const std::string& after,
                                           std::size_t limit);
    std::vector<ConversationLine> recent_conversations(std::string_view platform, std::size_t limit);
    using Take = std::function<bool(const MessageRow&, const AccountRow&, const ChannelRow&)>;
    void each_message(Time from, const Take& take);
    std::vector<MessageRow> messages_of(AccountId account, std::size_t limit);
    std::vector<AccountId> known_to(AccountId account, std::size_t limit);
    std::vector<std::string> owners();
    std::vector<AccountId> owned_by(std::string_view staffer, std::size_t limit);
    std::vector<SharedClaim> shared_claims(std::size_t limit);
    std::vector<QuarantineRow> quarantined(std::size_t limit);
    std::vector<GapRow> gaps(std::size_t limit, Realms& realms);
    std::vector<RulesVersion> rules_versions(std::size_t limit);

private:
    /// Rows that many messages share, kept while one report runs. Rows that are gone are empty.
    struct Shared {
        std::unordered_map<AccountId, AccountRow> accounts{};
        std::unordered_map<ChannelId, ChannelRow> channels{};
    };
    /// Where messages of that moment or later stand: ranges of ids, both ends included, rising and apart.
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges_since(Time from);
    const AccountRow& account(AccountId id, Shared& shared);
    const ChannelRow& channel(ChannelId id, Shared& shared);

    Connection& connection_;
    Reader& reader_;
    Statement open_alerts_{connection_, "SELECT " RAPPORT_ALERT_COLUMNS
                                        " FROM alerts WHERE closed = 0 AND id > ?1 ORDER BY id LIMIT ?2"};
    Statement all_alerts_{connection_,
                          "SELECT " RAPPORT_ALERT_COLUMNS " FROM alerts WHERE id > ?1 ORDER BY id LIMIT ?2"};
    Statement alerts_since_{
        connection_,
        "SELECT " RAPPORT_ALERT_COLUMNS
        " FROM alerts WHERE id IN (SELECT id FROM alerts WHERE closed = 0 UNION ALL "
        "SELECT id FROM alerts INDEXED BY alerts_closed WHERE closed = 1 AND closed_at = 0 UNION ALL "
        "SELECT id FROM alerts INDEXED BY alerts_closed WHERE closed = 1 AND closed_at >= ?1) ORDER BY id"};
    Statement newest_alerts_{connection_, "SELECT " RAPPORT_ALERT_COLUMNS " FROM alerts ORDER BY id DESC"};
    Statement find_accounts_{connection_,
                             "SELECT " RAPPORT_ACCOUNT_COLUMNS
                             " FROM accounts WHERE handle LIKE ?1 ESCAPE '\\' OR name LIKE ?1 ESCAPE '\\' "
                             "OR native LIKE ?1 ESCAPE '\\' ORDER BY last_seen DESC, id DESC LIMIT ?2"};
    Statement latest_accounts_{connection_, "SELECT " RAPPORT_ACCOUNT_COLUMNS
                                            " FROM accounts ORDER BY last_seen DESC, id DESC LIMIT ?1"};
    Statement channel_newest_{connection_, "SELECT last_message FROM channels WHERE id = ?1"};
    Statement channel_before_{connection_, "SELECT channel_before FROM messages WHERE id = ?1"};
    Statement author_newest_{connection_, "SELECT last_message FROM accounts WHERE id = ?1"};
    Statement author_before_{connection_, "SELECT author_before FROM messages WHERE id = ?1"};
    Statement latest_places_{connection_, "SELECT id, conversation, channel FROM messages ORDER BY id DESC"};
    Statement scan_{connection_, "SELECT " RAPPORT_MESSAGE_COLUMNS
                                 " FROM messages WHERE id > ?1 AND id <= ?3 ORDER BY id LIMIT ?2"};
    Statement days_{connection_,
                    "SELECT first_id, last_id FROM message_days WHERE day >= ?1 ORDER BY first_id"};
    Statement known_to_{connection_,
                        "SELECT to_account FROM ties WHERE from_account = ?1 ORDER BY deep DESC, to_account "
                        "LIMIT ?2"};
    Statement owners_{connection_, "SELECT DISTINCT owner FROM accounts WHERE owner <> '' ORDER BY owner"};
    // Kinds: 0 is an e-mail, 1 a page, 2 and 3 name one (ClaimKind).
    Statement shared_claims_{
        connection_,
        "SELECT a.account, b.account, a.kind, b.kind FROM claims a JOIN claims b "
        "ON b.hash = a.hash AND b.account > a.account AND (a.kind <> 1 OR b.kind <> 1) "
        "JOIN accounts x ON x.id = a.account JOIN accounts y ON y.id = b.account "
        "WHERE x.person <> y.person ORDER BY a.account, b.account, a.kind, b.kind LIMIT ?1"};
    Statement owned_by_{connection_,
                        "SELECT id FROM accounts WHERE owner = ?1 AND owner <> '' ORDER BY id LIMIT ?2"};
    Statement quarantined_{connection_,
                           "SELECT at, source, error, what, raw FROM quarantine ORDER BY id DESC LIMIT ?1"};
    Statement gaps_{connection_,
                    "SELECT realm, native, from_time, until_time, why FROM gaps ORDER BY id DESC LIMIT ?1"};
    Statement rules_{connection_,
                     "SELECT id, at, author, hash, source FROM rules_versions ORDER BY id DESC LIMIT ?1"};
};

}  // namespace rapport::sqlite
