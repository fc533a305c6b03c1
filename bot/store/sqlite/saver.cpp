#include "bot/store/sqlite/saver.hpp"

#include <algorithm>

#include "bot/store/sqlite/row_codec.hpp"

namespace rapport::sqlite {
namespace {

std::int64_t flags_of(const MessageRow& row) {
    return (row.via_app ? flag_via_app : 0) | (row.late ? flag_late : 0) | (row.edited ? flag_edited : 0) |
           (row.deleted ? flag_deleted : 0) | (row.reading.needs_reply ? flag_needs_reply : 0) |
           (row.linked ? flag_linked : 0);
}

template <class Row>
Blob encode_hot(const Row& row, std::string& bytes) {
    Encoder encoder{bytes};
    hot_fields(encoder, row);
    return Blob{bytes};
}

/// What changed, in the order of ids: neighbours share pages, and so the way to them.
template <class Row>
auto changes_by_id(const Table<Row>& table) {
    auto changes = table.changes();
    std::sort(changes.begin(), changes.end(),
              [](const auto& a, const auto& b) { return a.row->id < b.row->id; });
    return changes;
}

}  // namespace

void Saver::save(const State& state) {
    std::vector<std::pair<AccountId, AccountKey>> going;
    for (const AccountId account : state.added.erased)
        if (auto key = free_key(account, state)) going.emplace_back(account, std::move(*key));
    save_messages(state);  // first: accounts and channels are saved with the heads of their chains
    save_days();
    for (const auto& [row, is_new] : changes_by_id(state.accounts)) {
        const auto goes = [&](const auto& one) { return one.first == row->id; };
        save_account(*row, is_new, std::any_of(going.begin(), going.end(), goes));
    }
    for (const auto& [row, is_new] : changes_by_id(state.channels)) save_channel(*row, is_new);
    authors_.finish();
    channels_.finish();
    for (const auto& [row, is_new] : changes_by_id(state.conversations)) save_conversation(*row, is_new);
    for (const auto& [row, is_new] : changes_by_id(state.alerts)) save_alert(*row);
    save_ties(state);
    save_small_tables(state);
    save_records(state);
    save_claims(state);
    outbox_.save(state.added);
    for (const auto& [account, key] : going) erase(account, key);
    save_world(state);
}

void Saver::forget() {
    authors_.forget_all();
    channels_.forget_all();
    days_.clear();
    realms_.forget();
}

void Saver::save_messages(const State& state) {
    for (const auto& [row, is_new] : changes_by_id(state.messages)) {
        if (is_new) {
            insert(*row);
        } else {
            update(*row);
        }
    }
}

void Saver::note_day(const MessageRow& row) {
    const std::int64_t day = std::chrono::floor<std::chrono::days>(row.at).time_since_epoch().count();
    auto& [first, last] = days_.try_emplace(day, row.id, row.id).first->second;
    first = std::min(first, row.id);
    last = std::max(last, row.id);
}

void Saver::save_days() {
    for (const auto& [day, ids] : days_) put_day_.run(day, ids.first, ids.second);
    days_.clear();
}

void Saver::insert(const MessageRow& row) {
    const auto id = std::int64_t(row.id);
    note_day(row);
    const std::int64_t author_before =
        row.author == AccountId::none ? 0 : authors_.push(std::int64_t(row.author), id);
    const std::int64_t channel_before = channels_.push(std::int64_t(row.channel), id);
    insert_message_.run(id, row.channel, row.native, row.author, row.at, row.conversation, row.reply_to,
                        row.speaker, flags_of(row), row.reading.kind, double(row.reading.sentiment),
                        row.reading.language, row.text, row.link, author_before, channel_before);
}

void Saver::update(const MessageRow& row) {
    const int changed = update_message_.run(
        row.id, row.author, row.at, row.conversation, row.reply_to, row.speaker, flags_of(row),
        row.reading.kind, double(row.reading.sentiment), row.reading.language, row.text, row.link);
    if (changed == 0) insert(row);
}

void Saver::save_account(const AccountRow& row, bool is_new, bool goes) {
    const Blob hot = encode_hot(row, bytes_);
    const std::int64_t newest = authors_.take(std::int64_t(row.id));
    const auto run = [&](Statement& statement, auto... key) {
        return statement.run(row.id, row.person, row.handle, row.name, row.picture, row.bot, row.reach,
                             row.first_seen, row.last_seen, row.messages, row.owner, row.note,
                             row.muted_until, hot, newest, key...);
    };
    if (!is_new && run(update_account_) > 0) return;
    const std::string native = goes ? freed_key(row.id) : row.key.id;
    run(insert_account_, realms_.make(row.key.platform, row.key.realm), std::string_view{native});
}

void Saver::save_channel(const ChannelRow& row, bool is_new) {
    const Blob recent = encode_hot(row, bytes_);
    const std::int64_t newest = channels_.take(std::int64_t(row.id));
    if (!is_new && update_channel_.run(row.id, row.name, row.kind, recent, newest) > 0) return;
    insert_channel_.run(row.id, row.name, row.kind, recent, newest,
                        realms_.make(row.key.platform, row.key.realm), row.key.id);
}

void Saver::save_conversation(const ConversationRow& row, bool is_new) {
    const Blob hot = encode_hot(row, bytes_);
    const auto run = [&](Statement& statement) {
        return statement.run(row.id, row.channel, row.root, row.started, row.last, row.messages, hot);
    };
    if (!is_new && run(update_conversation_) > 0) return;
    run(insert_conversation_);
}

void Saver::save_alert(const AlertRow& row) {
    Encoder{bytes_}(row);
    put_alert_.run(row.id, row.state, row.about, row.conversation, is_closed(row.state), Blob{bytes_},
                   row.closed);
}

void Saver::save_ties(const State& state) {
    std::vector<const TieAdded*> ties;
    ties.reserve(state.added.ties.size());
    for (const TieAdded& tie : state.added.ties) ties.push_back(&tie);
    // Stable: sums of doubles depend on their order.
    std::stable_sort(ties.begin(), ties.end(), [](const TieAdded* a, const TieAdded* b) {
        return std::pair(a->from, a->to) < std::pair(b->from, b->to);
    });
    for (const TieAdded* tie : ties) add_tie_.run(tie->from, tie->to, tie->fast, tie->deep, tie->at);
}

}  // namespace rapport::sqlite
