#pragma once

// What the engine decides on: events from outside, and the pipeline's own.

#include <string>
#include <variant>

#include "adapters/event.hpp"
#include "bot/store/rows.hpp"

namespace rapport {

/// Time passes: whatever is due by then happens.
struct Tick {};

/// A desk has taken what was in the outbox.
struct Delivered {
    OutboxId id{};
};

/// It has not; it will be tried again.
struct DeliveryFailed {
    OutboxId id{};
    std::uint32_t tries = 0;
    Time next_try{};
    std::string error{};
};

/// The two accounts are one person's: by proof, or because somebody says so.
struct LinkAccounts {
    AccountKey a{};
    AccountKey b{};
    std::string by{};
};

/// The account is not that person's after all.
struct UnlinkAccount {
    AccountKey account{};
    std::string by{};
};

/// Forget the account: texts, ties, profile.
struct EraseAccount {
    AccountKey account{};
    std::string by{};
};

/// Show all open cards to the desks again: they have lost them, or the program has just started.
struct ShowAgain {};

/// One thing to decide, at one moment.
struct Input {
    std::variant<Event, Tick, Delivered, DeliveryFailed, LinkAccounts, UnlinkAccount, EraseAccount, ShowAgain>
        what{};
    Time at{};
};

/// "message posted slack:T1:C1/1700000000.1": for logs and quarantine, without any text of the message.
std::string describe(const Input& input);

}  // namespace rapport
