#pragma once

#include <string>

#include "adapters/net/error.hpp"
#include "bot/reports/report.hpp"

namespace rapport::reports {

inline constexpr std::size_t largest_picture = 512 * 1024;  ///< In bytes.

/// The report to look at: PNG bytes, at most `largest_picture`; 1200 by 900 pixels, readable at two thirds of
/// that. From any thread. An Error: it cannot be drawn on this machine.
Result<std::string> draw(const WeeklyReport& report);

/// The same in a few sentences, for those who do not see it.
std::string image_text(const WeeklyReport& report);

}  // namespace rapport::reports
