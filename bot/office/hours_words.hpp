#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rapport::office {

/// Working hours as people write them ("mon-fri 9-17", "mon-thu 9-12:30 13:30-17, fri 9-14", "always",
/// "office", "daily 22:00-06:00", "9-5pm"), in the words of team.yaml. Spans without days are Monday to
/// Friday. Nothing if they are not understood.
std::optional<std::string> parse_hours_words(std::string_view text);

}  // namespace rapport::office
