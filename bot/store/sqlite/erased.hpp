#pragma once

#include <string>
#include <string_view>

#include "adapters/event.hpp"

namespace rapport::sqlite {

/// The keyed hash by which an erased account is known again: enough to compare, not enough to find out whom.
/// `secret`: the store's own, drawn by lot when it was made.
std::string erased_hash(std::string_view secret, const AccountKey& key);

/// The keyed hash under which a claim (bot/people/proof.hpp) is kept; never that of an account.
std::string claim_hash(std::string_view secret, std::string_view claim);

}  // namespace rapport::sqlite
