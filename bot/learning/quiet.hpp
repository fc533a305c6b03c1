#pragma once

// Whom a rule leaves in peace, because staff said often enough that an answer was not needed. What is kept
// lies on accounts; a person's is the sum over them, so linking and un-linking lose nothing. Pure.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/config/config.hpp"
#include "bot/store/rows.hpp"

namespace rapport::learning {

/// A rule that asks no more about a person.
struct Quiet {
    std::string rule{};
    std::size_t times = 0;  ///< How many *Not needed* made it so.
    Time since{};           ///< The last of these.
};

using Accounts = std::span<const AccountRow* const>;

/// Whether the rule is quiet about the person with these accounts. It stays so, however much time passes,
/// until it is lifted or somebody answers the person after all.
std::optional<Quiet> quiet_about(Accounts person, std::string_view rule, const LearningConfig& config);
/// All such rules, by name.
std::vector<Quiet> all_quiet(Accounts person, const LearningConfig& config);

/// Staff did not need an alert of that rule about the account, for a reason that lies with the person.
void add_unwanted(AccountRow& account, std::string_view rule, Time at);
/// A person has answered an alert of that rule about the account: what was before counts no more. `others`:
/// the person's other accounts.
void forget_unwanted(AccountRow& account, Accounts others, std::string_view rule, Time at);

/// `muted by three "not needed" (Mon 2 Mar 2026, 10:00)`; `since` is that moment as the reader writes it.
std::string quiet_words(const Quiet& quiet, std::string_view since);

}  // namespace rapport::learning
