#pragma once

// Reading a store row by row, for people and reports.

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "bot/store/store.hpp"

namespace rapport {

/// The store's own words why it cannot be read just now.
class StoreUnreadable : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What the store gave, or StoreUnreadable with its words.
template <class T>
T must_read(Result<T> result) {
    if (!result) throw StoreUnreadable(result.error().what);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// Rows of a store by id or key, for reading. Pointers stay valid; null: there is no such row. A store that
/// cannot be read throws StoreUnreadable. The store outlives it.
class Lookup {
public:
    explicit Lookup(Store& store);

    const AccountRow* account(AccountId id);
    const AccountRow* account(const AccountKey& key);
    const ChannelRow* channel(ChannelId id);
    const ChannelRow* channel(const ChannelKey& key);
    const MessageRow* message(MessageId id);
    const MessageRow* message(const MessageKey& key);
    const AlertRow* alert(AlertId id);
    /// Whether what bears that id (Action::id, StaffChange::id, SendLetter::id) has been decided already.
    bool decided(const std::string& id);

    /// All accounts of the person behind `id`, with the staff they are tied to: what `view_person` needs.
    std::vector<AccountId> load_person(AccountId id);
    /// The message with everything that `facts_of` looks at.
    void load_around(MessageId id);

    const State& state() const noexcept { return state_; }
    /// The latest moment that the store knows of.
    Time now() const noexcept { return state_.now; }
    Store& store() noexcept { return store_; }

private:
    void load(const Wanted& wanted);
    /// Whom the account has addressed, with the staff whom those know.
    void load_friends(AccountId id);

    Store& store_;
    State state_{};
};

/// "slack:T1:U1"; nothing if it is not of that form. The id may hold colons.
std::optional<AccountKey> parse_account(std::string_view text);

}  // namespace rapport
