#pragma once

// How commands write for people: times by their own clock, columns, other people's words made harmless.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/event.hpp"

namespace rapport::cli {

/// The zone of this machine: TZ, else what /etc/localtime or /etc/timezone says, else UTC. Always one that
/// the system knows.
std::string local_zone();

/// "Mon 5 Oct 2026, 14:02"; "-" for a time that has not come.
std::string time_text(std::string_view zone, Time at);

/// Other people's words on one line of at most `width` columns, harmless for a terminal.
std::string one_line(std::string_view text, int width = 200);
/// The same on as many lines as they have.
std::string several_lines(std::string_view text);

/// "1 rule", "2 rules".
std::string counted(std::uint64_t count, std::string_view thing);

/// Rows of cells below each other; the last column is not padded. Every cell is made harmless.
std::string table(const std::vector<std::vector<std::string>>& rows);

/// "-" for what is empty.
std::string or_dash(std::string text);

}  // namespace rapport::cli
