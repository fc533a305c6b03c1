#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/store/store.hpp"

namespace rapport::cli {

/// Rows of a store by id or key, for reading. Pointers stay valid; null: there is no such row. A store that
/// cannot be read ends the command (Stop). The store outlives it.
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

    Store& store_;
    State state_{};
};

/// "slack:T1:U1"; nothing if it is not of that form. The id may hold colons.
std::optional<AccountKey> parse_account(std::string_view text);

/// The account that `who` names: platform:realm:id, or a handle (with or without '@') that only one has. Stop
/// if there is none, or more than one.
const AccountRow& must_find_account(Lookup& lookup, std::string_view who);

/// The message "PLATFORM:REALM:CHANNEL/ID". Stop if there is none.
const MessageRow& must_find_message(Lookup& lookup, std::string_view text);

/// The alert. Stop if there is none.
const AlertRow& must_find_alert(Lookup& lookup, std::int64_t id);

}  // namespace rapport::cli
