#pragma once

// The report as staff and programs read it.

#include <string>
#include <string_view>

#include "adapters/office.hpp"
#include "bot/reports/report.hpp"

namespace rapport::reports {

/// To read, with times in `zone`.
Page page_of(const WeeklyReport& report, std::string_view zone);

/// The few numbers about one staffer or, with `staffer` empty, about the whole team: what a home page shows.
std::vector<Field> numbers_of(const WeeklyReport& report, std::string_view staffer);

/// One JSON object on one line; the keys are in a fixed order. Moments are ISO 8601 in UTC, lengths whole
/// seconds. `waits` holds total, in_person and the five ends, and so does each of by_depth, by_role ("" for
/// no role) and course; answer_times holds calendar and working, each with count, median and ninetieth; then
/// staffers, brand, alerts, rules, relations (won, cold), gaps, and what does not add up (an empty list).
std::string json_of(const WeeklyReport& report);

/// Comma-separated (RFC 4180), with a line of headings: from, to (the last day), table, name, measure, value.
/// One number a line, so that any spreadsheet can turn it into the table it likes. A text that a spreadsheet
/// would take for a formula has an apostrophe before it.
std::string csv_of(const WeeklyReport& report);

}  // namespace rapport::reports
