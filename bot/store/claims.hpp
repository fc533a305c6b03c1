#pragma once

// What may prove whose an account is, as it is kept. What it means: bot/people/proof.hpp.

#include <string>
#include <vector>

#include "bot/store/rows.hpp"

namespace rapport {

/// What an account claims, or its platform for it (bot/people/proof.hpp).
enum class ClaimKind : std::uint8_t {
    email,    ///< A verified e-mail.
    page,     ///< Its profile stands at that address.
    names,    ///< Its profile names that address.
    verified  ///< The same, and the page there names it back.
};

/// An account that claims something.
struct Claimant {
    AccountId account{};
    ClaimKind kind{};
    bool operator==(const Claimant&) const = default;
};

/// Of one claim in memory: what more accounts claim proves nothing.
inline constexpr std::size_t max_claimants = 16;

/// From now on these and no others of that kind are the account's claims.
struct ClaimsStated {
    AccountId account{};
    ClaimKind kind{};
    std::vector<std::string> claims{};
};

/// Two accounts of different persons that claim the same.
struct SharedClaim {
    AccountId a{}, b{};
    ClaimKind a_kind{}, b_kind{};
};

}  // namespace rapport
