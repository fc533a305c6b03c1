#pragma once

// Small texts: words in, words out.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/event.hpp"

namespace rapport::office {

/// ASCII letters made small.
std::string lower(std::string_view text);
/// Pieces between blanks.
std::vector<std::string> split(std::string_view text);
/// Pieces between commas, without blanks around them; empty ones left out.
std::vector<std::string> split_list(std::string_view text);
std::string_view trim(std::string_view text);
/// "1 alert", "2 alerts".
std::string counted(std::uint64_t count, std::string_view thing);
/// At most `bytes` of it, cut between characters, with "..." if something is missing.
std::string cut(std::string_view text, std::size_t bytes);
/// "ada, bea and cyd".
std::string joined(const std::vector<std::string>& words);
/// "Mon-Fri 09:00-17:00", from hours as team.yaml writes them.
std::string hours_for_people(std::string_view hours);

}  // namespace rapport::office
