#include "bot/store/sqlite/loader.hpp"

#include <algorithm>

#include "bot/store/sqlite/row_codec.hpp"

namespace rapport::sqlite {

void Loader::open(State& state) {
    {
        Rows rows = world_.with();
        if (!rows.next()) throw SqliteError(SQLITE_CORRUPT, "the table world is empty");
        state.now = rows.time(0);
        state.next = {rows.integer(1), rows.integer(2), rows.integer(3),
                      rows.integer(4), rows.integer(5), rows.integer(6)};
        Decoder decoder{rows.blob(7)};
        decoder(state.community);
        if (!decoder.complete()) throw SqliteError(SQLITE_CORRUPT, "world.community cannot be read");
    }
    for (Rows rows = timers_.with(); rows.next();) state.set_timer(rows.id<AlertId>(0), rows.time(1), true);
    state.staffers = staffers();
    for (Rows rows = cursors_.with(); rows.next();) state.cursors[rows.string(0)] = rows.string(1);
}

std::map<std::string, StafferRow> Loader::staffers() {
    std::map<std::string, StafferRow> all;
    for (Rows rows = staffers_.with(); rows.next();) {
        StafferRow row;
        row.name = rows.string(0);
        row.away_until = rows.time(1);
        row.open_alerts = std::uint32_t(rows.integer(2));
        row.hours = rows.string(3);
        row.zone = rows.string(4);
        Decoder decoder{rows.blob(5)};
        hot_fields(decoder, row);
        if (!decoder.complete()) throw SqliteError(SQLITE_CORRUPT, "staffers.accounts cannot be read");
        all[row.name] = std::move(row);
    }
    return all;
}

namespace {

/// Stands in the place of an account that was erased: alerts, conversations and ties may still point there.
AccountRow erased_account(AccountId id) {
    AccountRow row;
    row.id = row.person = id;
    row.key.id = "erased:" + std::to_string(std::int64_t(id));  // on no platform, and no two alike
    row.name = "somebody who was forgotten";
    return row;
}

}  // namespace

void Loader::account(AccountId id, State& state) {
    if (state.accounts.find(id)) return state.accounts.use(id);
    std::optional<AccountRow> row = reader_.account(id);
    if (!row && id > AccountId::none && std::int64_t(id) < state.next.account) row = erased_account(id);
    if (!row) return;
    state.account_ids.learn(row->key, id);
    state.accounts.load(std::move(*row));
}

void Loader::account(const AccountKey& key, State& state) {
    if (const auto id = state.account_ids.find(key)) {
        if (*id != AccountId::none) account(*id, state);
        return;
    }
    std::optional<AccountRow> row = reader_.account(key);
    state.account_ids.learn(key, row ? row->id : AccountId::none);
    if (!row && reader_.was_erased(key)) state.erased.insert(key);
    if (row) state.accounts.load(std::move(*row));
}

void Loader::person(AccountId person, State& state) {
    if (const auto known = state.persons.find(person); known != state.persons.end()) {
        for (const AccountId id : known->second) account(id, state);
        return;
    }
    std::vector<AccountId> accounts = reader_.linked_to(person);
    accounts.push_back(person);
    if (state.accounts.has_changes())
        for (const auto& change : state.accounts.changes())
            if (change.row->person == person) accounts.push_back(change.row->id);
    std::sort(accounts.begin(), accounts.end());
    accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
    for (const AccountId id : accounts) account(id, state);
    std::erase_if(accounts, [&](AccountId id) {
        const AccountRow* row = state.accounts.find(id);
        return !row || row->person != person;  // linked elsewhere in memory, or gone
    });
    state.persons.emplace(person, std::move(accounts));
}

void Loader::channel(ChannelId id, State& state) {
    if (state.channels.find(id)) return state.channels.use(id);
    std::optional<ChannelRow> row = reader_.channel(id);
    if (!row) return;
    state.channel_ids.learn(row->key, id);
    state.channels.load(std::move(*row));
}

void Loader::channel(const ChannelKey& key, State& state) {
    if (const auto id = state.channel_ids.find(key)) {
        if (*id != ChannelId::none) channel(*id, state);
        return;
    }
    std::optional<ChannelRow> row = reader_.channel(key);
    state.channel_ids.learn(key, row ? row->id : ChannelId::none);
    if (row) state.channels.load(std::move(*row));
}

void Loader::message(MessageId id, State& state) {
    if (state.messages.find(id)) return state.messages.use(id);
    std::optional<MessageRow> row = reader_.message(id);
    if (!row) return;
    state.message_ids.learn({row->channel, row->native}, id);
    state.messages.load(std::move(*row));
}

void Loader::message(const std::pair<ChannelId, std::string>& key, State& state) {
    if (const auto id = state.message_ids.find(key)) {
        if (*id != MessageId::none) message(*id, state);
        return;
    }
    std::optional<MessageRow> row = reader_.message(key.first, key.second);
    state.message_ids.learn(key, row ? row->id : MessageId::none);
    if (row) state.messages.load(std::move(*row));
}

void Loader::load(const Wanted& wanted, State& state) {
    for (const auto& key : wanted.account_keys) account(key, state);
    for (const AccountId id : wanted.accounts) account(id, state);
    for (const AccountId id : wanted.persons) person(id, state);
    for (const auto& key : wanted.channel_keys) channel(key, state);
    for (const ChannelId id : wanted.channels) channel(id, state);
    for (const auto& key : wanted.message_keys) message(key, state);
    for (const MessageId id : wanted.messages) message(id, state);
    for (const ConversationId id : wanted.conversations) {
        if (state.conversations.find(id)) {
            state.conversations.use(id);
        } else if (auto row = reader_.conversation(id)) {
            state.conversations.load(std::move(*row));
        }
    }
    for (const AlertId id : wanted.alerts) {
        if (state.alerts.find(id)) {
            state.alerts.use(id);
        } else if (auto row = reader_.alert(id)) {
            state.alerts.load(std::move(*row));
        }
    }
    for (const std::string& id : wanted.action_ids)
        if (!state.actions.contains(id)) state.actions[id] = reader_.action_seen(id);
    for (const std::string& claim : wanted.claims)
        if (!state.claimants.contains(claim)) state.claimants[claim] = reader_.claimants(claim);
}

}  // namespace rapport::sqlite
