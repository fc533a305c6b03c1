#pragma once

#include <optional>

#include "bot/office/room.hpp"

namespace rapport::office {

/// The buttons of letters: "rhythm/KEY" (with a choice), "successor/STAFFER/KEY", "successors/WHO-LEFT".
/// Nothing: it is none of them.
std::optional<Reply> letter_button(Room& room, const Ask& ask, std::string_view what,
                                   const std::string& rest);

}  // namespace rapport::office
