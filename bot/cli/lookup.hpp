#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/store/lookup.hpp"

namespace rapport::cli {

/// The account that `who` names: platform:realm:id, or a handle (with or without '@') that only one has. Stop
/// if there is none, or more than one.
const AccountRow& must_find_account(Lookup& lookup, std::string_view who);

/// The message "PLATFORM:REALM:CHANNEL/ID". Stop if there is none.
const MessageRow& must_find_message(Lookup& lookup, std::string_view text);

/// The alert. Stop if there is none.
const AlertRow& must_find_alert(Lookup& lookup, std::int64_t id);

}  // namespace rapport::cli
