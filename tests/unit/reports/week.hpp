#pragma once

#include "bot/reports/material.hpp"
#include "support/house.hpp"

namespace rapport::test {

/// A champion's question asks her owner, at once; the brand's word does not count.
extern const std::string_view week_rules;

/// The house's report from Monday, 2 March 2026, for seven days of Berlin's clock. Throws if it cannot be
/// made.
reports::WeeklyReport report_on(PlainHouse& house, std::string_view from = "2026-03-01 23:00",
                                std::string_view until = "2026-03-08 23:00");

const reports::StafferLine& line_of(const reports::WeeklyReport& report, std::string_view staffer);

/// A report with something everywhere, and names that are hard to draw and to write.
reports::WeeklyReport full_report();

}  // namespace rapport::test
