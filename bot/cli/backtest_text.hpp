#pragma once

#include <string>
#include <string_view>

#include "bot/pipeline/backtest.hpp"

namespace rapport::cli {

/// What the candidate would have done beside today's rules, for people: counts by staffer and by day, then
/// the difference with examples.
std::string backtest_text(const Backtest& result, std::string_view zone);

/// The same for programs, complete: one object on one line.
std::string backtest_json(const Backtest& result);

/// "90d", "12h", "2w": at most ten years. "all": as far as history goes. Nothing for anything else.
std::optional<std::chrono::milliseconds> parse_since(std::string_view text);

}  // namespace rapport::cli
