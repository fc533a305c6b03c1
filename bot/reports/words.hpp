#pragma once

#include <string>
#include <string_view>

#include "bot/reports/report.hpp"

namespace rapport::reports {

/// "68 %"; "-" of nothing.
std::string share_text(std::size_t part, std::size_t whole);
/// "in person, seen", "in person, they say", "only by the brand", "only by others", "by nobody".
std::string_view words_for(WaitEnd end);
/// "42 min of working time", or words for an answer that took none of it.
std::string working_text(std::chrono::milliseconds length);
/// A role, or words for having none.
std::string role_text(const std::string& role);

}  // namespace rapport::reports
