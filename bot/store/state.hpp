#pragma once

// What a batch of events works on: the rows that it touches, loaded before, changed in memory, saved
// together. Everything that decides reads and changes a `State` and nothing else.

#include <boost/functional/hash.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "bot/store/claims.hpp"
#include "bot/store/rows.hpp"

namespace rapport {

/// A row was asked for that nobody had loaded: a mistake in `wanted()`, never a mistake in the data.
class NotLoaded : public std::logic_error {
    using std::logic_error::logic_error;
};

/// Rows by id, with a mark on those that changed since the last `settle()`.
template <class Row>
class Table {
public:
    using Id = decltype(Row::id);

    /// nullptr: not loaded.
    const Row* find(Id id) const {
        const auto at = slots_.find(id);
        return at == slots_.end() ? nullptr : &at->second.row;
    }
    /// Throws NotLoaded.
    const Row& at(Id id) const {
        if (const Row* row = find(id)) return *row;
        throw NotLoaded("row " + std::to_string(std::int64_t(id)) + " is not loaded");
    }
    /// The row to change; it will be saved. Throws NotLoaded. Valid until the row is evicted by `settle`.
    Row& edit(Id id) {
        const auto at = slots_.find(id);
        if (at == slots_.end()) throw NotLoaded("row " + std::to_string(std::int64_t(id)) + " is not loaded");
        mark(id, at->second);
        return at->second.row;
    }
    /// A row that is not in the store yet.
    Row& add(Row row) {
        const Id id = row.id;
        Slot& slot = slots_[id];
        slot.row = std::move(row);
        slot.is_new = true;
        mark(id, slot);
        return slot.row;
    }
    /// A row as the store has it. Keeps what is here already: memory is never older than the store.
    void load(Row row) {
        const Id id = row.id;
        const auto [at, inserted] = slots_.try_emplace(id);
        at->second.used = age_;
        if (inserted) at->second.row = std::move(row);
    }

    /// Whether the row and everything around it that a decision may ask for has been seen to be in memory: a
    /// note of `Engine::wanted` to itself, so that it need not look again. What is decided adds only rows
    /// that are in memory, so the note holds until rows are forgotten.
    bool whole(Id id) const {
        const auto at = slots_.find(id);
        return at != slots_.end() && at->second.whole == whole_;
    }
    void note_whole(Id id) const {
        if (const auto at = slots_.find(id); at != slots_.end()) at->second.whole = whole_;
    }
    void forget_whole() { ++whole_; }

    /// Whether the row is not in the store yet.
    bool is_new(Id id) const {
        const auto at = slots_.find(id);
        return at != slots_.end() && at->second.is_new;
    }

    struct Change {
        const Row* row;
        bool is_new;
    };
    /// What to save, in the order in which it was first changed.
    std::vector<Change> changes() const {
        std::vector<Change> all;
        all.reserve(changed_.size());
        for (const Id id : changed_) {
            const Slot& slot = slots_.at(id);
            all.push_back({&slot.row, slot.is_new});
        }
        return all;
    }
    bool has_changes() const noexcept { return !changed_.empty(); }

    /// Everything is saved. Forgets rows that the last batches did not touch once there are more than `keep`,
    /// and says whether it did.
    template <class OnForget>
    bool settle(std::size_t keep, OnForget forgotten) {
        for (const Id id : changed_) {
            Slot& slot = slots_.at(id);
            slot.changed = slot.is_new = false;
            slot.used = age_;
        }
        changed_.clear();
        ++age_;
        if (slots_.size() <= keep) return false;
        forgotten_until_ = (forgotten_until_ + age_ + 1) / 2;
        for (auto at = slots_.begin(); at != slots_.end();) {
            if (at->second.used < std::min(forgotten_until_, age_ - 1)) {
                forgotten(at->second.row);
                at = slots_.erase(at);
            } else {
                ++at;
            }
        }
        return true;
    }
    /// Tells `settle` that the row is still of use.
    void use(Id id) {
        if (const auto at = slots_.find(id); at != slots_.end()) at->second.used = age_;
    }
    std::size_t size() const noexcept { return slots_.size(); }
    void clear() {
        slots_.clear();
        changed_.clear();
    }

private:
    struct Slot {
        Row row{};
        std::uint32_t used = 0;
        mutable std::uint32_t whole = 0;
        bool changed = false;
        bool is_new = false;
    };
    void mark(Id id, Slot& slot) {
        if (std::exchange(slot.changed, true)) return;
        slot.used = age_;
        changed_.push_back(id);
    }

    std::unordered_map<Id, Slot> slots_;
    std::vector<Id> changed_;
    std::uint32_t age_ = 1;
    std::uint32_t whole_ = 1;
    std::uint32_t forgotten_until_ = 0;
};

/// A message's key, not owned: what is looked up needs no copy.
using MessageKeyView = std::pair<ChannelId, std::string_view>;

struct KeyHash {
    using is_transparent = void;
    /// The id tells keys apart nearly always, the realm the rest.
    template <class Key>
    static std::size_t two(const Key& key) noexcept {
        std::size_t seed = std::hash<std::string_view>{}(key.id);
        boost::hash_combine(seed, std::hash<std::string_view>{}(key.realm));
        return seed;
    }
    std::size_t operator()(const AccountKey& key) const noexcept { return two(key); }
    std::size_t operator()(const ChannelKey& key) const noexcept { return two(key); }
    std::size_t operator()(const MessageKeyView& key) const noexcept {
        std::size_t seed = std::hash<std::string_view>{}(key.second);
        boost::hash_combine(seed, std::int64_t(key.first));
        return seed;
    }
};

struct KeyEqual {
    using is_transparent = void;
    bool operator()(const AccountKey& a, const AccountKey& b) const noexcept { return a == b; }
    bool operator()(const ChannelKey& a, const ChannelKey& b) const noexcept { return a == b; }
    bool operator()(const MessageKeyView& a, const MessageKeyView& b) const noexcept { return a == b; }
};

/// Natural key -> id. An id of `none` means "asked, and there is no such row". `View`: a key to look up.
template <class Key, class Id, class View = Key>
class KeyIndex {
public:
    /// Empty: never asked. `none`: there is none.
    std::optional<Id> find(const View& key) const {
        const auto at = ids_.find(key);
        if (at == ids_.end()) return std::nullopt;
        return at->second;
    }
    void set(const Key& key, Id id) {
        const auto at = ids_.insert_or_assign(key, id).first;
        if (id == Id::none) absent_.push_back(at->first);
    }
    /// Only if nothing is known of the key yet.
    void learn(const Key& key, Id id) {
        if (ids_.try_emplace(key, id).second && id == Id::none) absent_.push_back(key);
    }
    void forget(const View& key) {
        if (const auto at = ids_.find(key); at != ids_.end()) ids_.erase(at);
    }
    /// Absences are kept only for a batch: they are cheap to ask again and useless to remember.
    void forget_absent() {
        for (const Key& key : absent_)
            if (const auto at = ids_.find(key); at != ids_.end() && at->second == Id::none) ids_.erase(at);
        absent_.clear();
    }
    void clear() {
        ids_.clear();
        absent_.clear();
    }

private:
    std::unordered_map<Key, Id, KeyHash, KeyEqual> ids_;
    std::vector<Key> absent_;
};

/// The next free id of each kind. Part of the state, so that the same events always give the same ids.
struct NextIds {
    std::int64_t account = 1;
    std::int64_t channel = 1;
    std::int64_t message = 1;
    std::int64_t conversation = 1;
    std::int64_t alert = 1;
    std::int64_t outbox = 1;
    bool operator==(const NextIds&) const = default;
};

/// What is needed of the store before a batch can be decided. Duplicates are harmless.
struct Wanted {
    std::vector<AccountKey> account_keys{};
    std::vector<AccountId> accounts{};
    std::vector<AccountId> persons{};  ///< All accounts whose `person` this is.
    std::vector<ChannelKey> channel_keys{};
    std::vector<ChannelId> channels{};
    std::vector<std::pair<ChannelId, std::string>> message_keys{};
    std::vector<MessageId> messages{};
    std::vector<ConversationId> conversations{};
    std::vector<AlertId> alerts{};
    std::vector<std::string> action_ids{};  ///< Have these presses been handled already?
    std::vector<std::string> claims{};      ///< Who claims these?

    bool empty() const {
        return account_keys.empty() && accounts.empty() && persons.empty() && channel_keys.empty() &&
               channels.empty() && message_keys.empty() && messages.empty() && conversations.empty() &&
               alerts.empty() && action_ids.empty() && claims.empty();
    }
};

/// All that is decided on. Small tables (timers, staffers, community, cursors) are here whole from the start.
class State {
public:
    Table<AccountRow> accounts;
    Table<ChannelRow> channels;
    Table<MessageRow> messages;
    Table<ConversationRow> conversations;
    Table<AlertRow> alerts;

    KeyIndex<AccountKey, AccountId> account_ids;
    KeyIndex<ChannelKey, ChannelId> channel_ids;
    KeyIndex<std::pair<ChannelId, std::string>, MessageId, MessageKeyView> message_ids;
    /// person -> its accounts, ascending. An entry is complete or absent.
    std::unordered_map<AccountId, std::vector<AccountId>> persons;
    /// Of the keys that were asked for in this batch: those that were erased and have not come back by
    /// themselves.
    std::set<AccountKey> erased;
    /// Claim (bot/people/proof.hpp) -> who claims it; at most `max_claimants`, and then nobody's proof. In
    /// memory as it was said; in the store as a keyed hash.
    std::map<std::string, std::vector<Claimant>> claimants;
    /// Action::id -> handled already.
    std::unordered_map<std::string, bool> actions;

    NextIds next;
    /// (due, alert), one for each alert that is not closed.
    std::set<std::pair<Time, AlertId>> timers;
    std::map<std::string, StafferRow> staffers;
    CommunityRow community;
    std::map<std::string, std::string> cursors;
    /// The latest moment that was decided on: time in here never steps back.
    Time now{};

    /// What a batch adds besides changed rows; emptied by `settle`.
    struct Additions {
        std::vector<TieAdded> ties{};
        std::vector<OutboxRow> outbox{};
        std::vector<OutboxId> outbox_done{};
        std::vector<OutboxRow> outbox_retry{};  ///< tries, next_try and last_error of rows that exist.
        std::vector<QuarantineRow> quarantine{};
        std::vector<GapRow> gaps{};
        std::vector<std::string> actions{};
        std::vector<AlertId> timers_changed{};
        std::vector<std::string> staffers_changed{};
        std::vector<std::string> cursors_changed{};
        std::vector<ClaimsStated> claims{};  ///< In the order in which they were said.
        std::vector<AccountId> erased{};     ///< Everything of these accounts goes.
        std::size_t not_brought_back = 0;    ///< Statements about erased accounts: nothing was done.
        bool community_changed = false;
    } added;

    /// After a commit: nothing is changed any more; rows not used lately are forgotten beyond `keep` accounts
    /// (and channels, and alerts), a quarter as many conversations and an eighth as many messages.
    void settle(std::size_t keep);
    /// After a failed commit: everything is forgotten and must be loaded again, `Store::open` included.
    void reset();

    /// The message with the platform's id `native` in that channel; `none` if there is none, which in a
    /// channel that is new itself needs no asking. Throws NotLoaded.
    MessageId message_in(ChannelId channel, const std::string& native) const;
    /// The accounts of the person that `account` belongs to, ascending. Throws NotLoaded.
    const std::vector<AccountId>& accounts_of_person(AccountId account) const;
    /// Sets the alert's row in `timers`; `never` removes it. Marks it for saving unless `loaded`.
    void set_timer(AlertId alert, Time due, bool loaded = false);
    /// The alert's timer; `never` if it has none.
    Time timer_of(AlertId alert) const;

private:
    std::unordered_map<AlertId, Time> timer_at_;
};

}  // namespace rapport
