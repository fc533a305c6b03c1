#pragma once

// Accounts and links as they lie in files: JSON Lines with id, platform, handle, name; two ids with a tab
// between.

#include <istream>
#include <string_view>
#include <vector>

#include "adapters/net/error.hpp"
#include "bot/identities/spelling.hpp"
#include "bot/identities/train.hpp"

namespace rapport::identities {

inline constexpr std::size_t most_accounts = 1'000'000;

/// rejected, with file and line: no JSON, no id or platform, an id twice, too many.
Result<std::vector<Account>> read_accounts(std::istream& in, std::string_view file);

/// rejected, with file and line: fewer than two columns, or an id that is none of the accounts'.
Result<Links> read_links(std::istream& in, std::string_view file, std::span<const Account> accounts);

}  // namespace rapport::identities
