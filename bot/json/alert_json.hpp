#pragma once

#include <string>
#include <vector>

#include "bot/store/rows.hpp"

namespace rapport {

/// "2026-10-05T12:02:00.000Z"; empty for `never`.
std::string iso_utc(Time at);

/// "platform:realm:id".
std::string key_text(const ChannelKey& key);

/// The alert as one JSON object on one line, for programs. The order of the keys is fixed and nothing of
/// today is in it, so the same alert always gives the same bytes. Times are ISO 8601 in UTC, null for what
/// has not happened.
///
/// `about`: the account that the alert is about. `channel`: where it was said. `quoted`: the rows of
/// `alert.quoted`, in that order; those that are gone may be missing.
std::string alert_json(const AlertRow& alert, const AccountRow& about, const ChannelRow& channel,
                       const std::vector<MessageRow>& quoted);

}  // namespace rapport
