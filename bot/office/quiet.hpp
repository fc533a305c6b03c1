#pragma once

#include "bot/office/forms.hpp"

namespace rapport::office {

/// "quiet until 15:00": nothing is asked of them before, however urgent. An empty text says how it is now.
Reply set_quiet(Room& room, const Ask& ask, std::string_view when);

/// Until when the staffer set themselves quiet; `never` if that is over.
Time quiet_until(Room& room, const Staffer& staffer);

}  // namespace rapport::office
