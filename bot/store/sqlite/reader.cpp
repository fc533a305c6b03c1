#include "bot/store/sqlite/reader.hpp"

#include <fmt/format.h>

#include "bot/store/sqlite/erased.hpp"
#include "bot/store/sqlite/row_codec.hpp"

namespace rapport::sqlite {
namespace {

[[noreturn]] void damaged(const char* table, std::int64_t id) {
    throw SqliteError(SQLITE_CORRUPT, fmt::format("row {} of table {} cannot be read", id, table));
}

/// An enumeration as stored in a column.
template <class Enum>
Enum choice(const Rows& rows, int column, Enum last, const char* table) {
    const std::int64_t number = rows.integer(column);
    if (number < 0 || number > std::int64_t(last)) damaged(table, rows.integer(0));
    return Enum(number);
}

template <class Row>
void read_hot(Row& row, std::string_view bytes, const char* table) {
    Decoder decoder{bytes};
    hot_fields(decoder, row);
    if (!decoder.complete()) damaged(table, std::int64_t(row.id));
}

}  // namespace

AccountRow Reader::read_account(const Rows& rows) {
    AccountRow row;
    row.id = rows.id<AccountId>(0);
    const Realms::Name& realm = realms_.name(rows.integer(1));
    row.key = {realm.platform, realm.realm, rows.string(2)};
    row.person = rows.id<AccountId>(3);
    row.handle = rows.text(4);
    row.name = rows.text(5);
    row.picture = rows.text(6);
    row.bot = rows.integer(7) != 0;
    row.reach = rows.integer(8);
    row.first_seen = rows.time(9);
    row.last_seen = rows.time(10);
    row.messages = std::uint32_t(rows.integer(11));
    row.owner = rows.text(12);
    row.note = rows.text(13);
    row.muted_until = rows.time(14);
    read_hot(row, rows.blob(15), "accounts");
    return row;
}

ChannelRow Reader::read_channel(const Rows& rows) {
    ChannelRow row;
    row.id = rows.id<ChannelId>(0);
    const Realms::Name& realm = realms_.name(rows.integer(1));
    row.key = {realm.platform, realm.realm, rows.string(2)};
    row.name = rows.text(3);
    row.kind = choice(rows, 4, ChannelKind::ticket, "channels");
    read_hot(row, rows.blob(5), "channels");
    return row;
}

MessageRow Reader::read_message(const Rows& rows) {
    MessageRow row;
    row.id = rows.id<MessageId>(0);
    row.channel = rows.id<ChannelId>(1);
    row.native = rows.text(2);
    row.author = rows.id<AccountId>(3);
    row.at = rows.time(4);
    row.conversation = rows.id<ConversationId>(5);
    row.reply_to = rows.id<MessageId>(6);
    row.speaker = choice(rows, 7, Speaker::bot, "messages");
    const std::int64_t flags = rows.integer(8);
    row.via_app = flags & flag_via_app;
    row.late = flags & flag_late;
    row.edited = flags & flag_edited;
    row.deleted = flags & flag_deleted;
    row.reading.needs_reply = flags & flag_needs_reply;
    row.linked = flags & flag_linked;
    row.reading.kind = std::uint8_t(rows.integer(9));
    row.reading.sentiment = float(rows.real(10));
    row.reading.language = rows.text(11);
    row.text = rows.text(12);
    row.link = rows.text(13);
    return row;
}

AlertRow Reader::read_alert(const Rows& rows) {
    AlertRow row;
    row.id = rows.id<AlertId>(0);
    row.state = choice(rows, 1, AlertState::withdrawn, "alerts");
    row.about = rows.id<AccountId>(2);
    row.conversation = rows.id<ConversationId>(3);
    Decoder decoder{rows.blob(4)};
    decoder(row);
    if (!decoder.complete()) damaged("alerts", std::int64_t(row.id));
    return row;
}

std::optional<AccountRow> Reader::account(AccountId id) {
    Rows rows = account_by_id_.with(id);
    if (!rows.next()) return std::nullopt;
    return read_account(rows);
}

std::optional<AccountRow> Reader::account(const AccountKey& key) {
    const std::int64_t realm = realms_.find(key.platform, key.realm);
    if (realm == 0) return std::nullopt;
    Rows rows = account_by_key_.with(realm, key.id);
    if (!rows.next()) return std::nullopt;
    return read_account(rows);
}

std::vector<AccountId> Reader::linked_to(AccountId person) {
    std::vector<AccountId> accounts;
    Rows rows = linked_.with(person);
    while (rows.next()) accounts.push_back(rows.id<AccountId>(0));
    return accounts;
}

std::optional<ChannelRow> Reader::channel(ChannelId id) {
    Rows rows = channel_by_id_.with(id);
    if (!rows.next()) return std::nullopt;
    return read_channel(rows);
}

std::optional<ChannelRow> Reader::channel(const ChannelKey& key) {
    const std::int64_t realm = realms_.find(key.platform, key.realm);
    if (realm == 0) return std::nullopt;
    Rows rows = channel_by_key_.with(realm, key.id);
    if (!rows.next()) return std::nullopt;
    return read_channel(rows);
}

std::optional<MessageRow> Reader::message(MessageId id) {
    Rows rows = message_by_id_.with(id);
    if (!rows.next()) return std::nullopt;
    return read_message(rows);
}

std::optional<MessageRow> Reader::message(ChannelId channel, const std::string& native) {
    Rows rows = message_by_key_.with(native, channel);
    if (!rows.next()) return std::nullopt;
    return read_message(rows);
}

std::optional<ConversationRow> Reader::conversation(ConversationId id) {
    Rows rows = conversation_by_id_.with(id);
    if (!rows.next()) return std::nullopt;
    ConversationRow row;
    row.id = id;
    row.channel = rows.id<ChannelId>(1);
    row.root = rows.id<MessageId>(2);
    row.started = rows.time(3);
    row.last = rows.time(4);
    row.messages = std::uint32_t(rows.integer(5));
    read_hot(row, rows.blob(6), "conversations");
    return row;
}

std::optional<AlertRow> Reader::alert(AlertId id) {
    Rows rows = alert_by_id_.with(id);
    if (!rows.next()) return std::nullopt;
    return read_alert(rows);
}

bool Reader::was_erased(const AccountKey& key) {
    std::string hash;
    {
        Rows rows = any_erased_.with();
        if (!rows.next()) return false;
        hash = erased_hash(rows.blob(0), key);
    }
    Rows rows = erased_.with(Blob{hash});
    return rows.next();
}

std::vector<Claimant> Reader::claimants(const std::string& claim) {
    std::string hash;
    {
        Rows rows = secret_.with();
        if (!rows.next()) throw SqliteError(SQLITE_CORRUPT, "the table world is empty");
        hash = claim_hash(rows.blob(0), claim);
    }
    std::vector<Claimant> all;
    for (Rows rows = claimants_.with(Blob{hash}, max_claimants); rows.next();)
        all.push_back({rows.id<AccountId>(0), ClaimKind(rows.integer(1))});
    return all;
}

bool Reader::action_seen(const std::string& id) {
    Rows rows = action_.with(id);
    return rows.next();
}

}  // namespace rapport::sqlite
