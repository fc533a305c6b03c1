#pragma once

// The parts that a report is put together from. Each is a pure function over the material.

#include "bot/reports/report.hpp"

namespace rapport::reports {

/// The state as it was at two moments, by taking out again what was said since: sums only add (design §5).
struct Then {
    State end{};    ///< At `until`.
    State start{};  ///< At `from`.
};
Then states_of(const Material& material, const World& world);

/// Alerts by what became of them in [from, until), in all and by rule; how many were open before and after.
void count_alerts(WeeklyReport& report, const Material& material);

/// What the team was asked and did about it: a line for each staffer, in the order of team.yaml, then the
/// line of those whom it does not name, if they did something.
void count_staffers(WeeklyReport& report, const Material& material, const World& world,
                    const std::vector<Wait>& waits);

/// Relations won and going cold.
void find_relations(WeeklyReport& report, const Material& material, const World& world, const Then& then);

/// The stretches of [from, until), days or weeks or months or years, by the clock of `zone`, with the waits
/// that began in each.
std::vector<Bucket> course_of(Time from, Time until, std::string_view zone, const std::vector<Wait>& waits,
                              const std::vector<GapRow>& gaps);

}  // namespace rapport::reports
