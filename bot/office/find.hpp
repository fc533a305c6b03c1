#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "bot/office/room.hpp"

namespace rapport::office {

/// The account that `who` names, as "platform:realm:id", by its handle, or by a name that only one person
/// bears; or words why there is none, or which ones there are.
std::variant<const AccountRow*, std::string> find_account(Room& room, std::string_view who);

/// The staffer whom `who` names: by the name of team.yaml, by one of their accounts, by their full name.
/// Null: nobody.
const Staffer* find_staffer(const Room& room, std::string_view who);

/// Whether the room's staffer may read the message: what was said in a direct message is for those who took
/// part in it, for the owner of the relationship and for whoever is asked about it (scenario 33).
bool may_read(Room& room, const MessageRow& message);

/// The alert may be about words that they may not read.
bool may_read(Room& room, const AlertRow& alert);

/// All alerts, oldest first, that `want` wants; closed ones too unless `open_only`.
std::vector<AlertRow> alerts_where(Room& room, bool open_only,
                                   const std::function<bool(const AlertRow&)>& want);

}  // namespace rapport::office
