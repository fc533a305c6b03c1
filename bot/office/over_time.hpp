#pragma once

#include <optional>
#include <string_view>

#include "bot/office/room.hpp"

namespace rapport::office {

/// "rhythm @person 14d": how often staff want to be in touch; "usual" learns it, "never" ends reminders.
Reply set_rhythm(Room& room, const Ask& ask, std::string_view who, std::string_view how_often);

/// Who could look after the people of colleagues who have left.
Reply succession(Room& room);

/// The buttons of reminders and successions (bot/letters); nothing for any other.
std::optional<Reply> over_time_button(Room& room, const Ask& ask, std::string_view what,
                                      std::string_view rest);

}  // namespace rapport::office
