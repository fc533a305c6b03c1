// Whether a report's numbers add up.

#include <fmt/format.h>

#include "bot/reports/report.hpp"

namespace rapport::reports {

namespace {

class Sums {
public:
    void same(std::string_view what, std::size_t one, std::size_t other) {
        if (one != other) found.push_back(fmt::format("{}: {} is not {}", what, one, other));
    }
    void same(std::string_view what, const Answers& one, const Answers& other) {
        for (std::size_t i = 0; i < one.ends.size(); ++i)
            same(fmt::format("{}, {}", what, name_of(WaitEnd(i))), one.ends[i], other.ends[i]);
    }
    void at_most(std::string_view what, std::size_t one, std::size_t most) {
        if (one > most) found.push_back(fmt::format("{}: {} is more than {}", what, one, most));
    }
    void at_most(std::string_view what, const Spread& one) {
        if (one.median > one.ninetieth)
            found.push_back(fmt::format("{}: the middle is above the ninetieth percentile", what));
    }

    std::vector<std::string> found{};
};

void check_waits(const WeeklyReport& report, Sums& sums) {
    Answers tiers, course;
    for (const Answers& tier : report.by_depth) tiers += tier;
    for (const Bucket& one : report.course) course += one.answers;
    sums.same("all depths together", tiers, report.answers);
    sums.same("the whole course", course, report.answers);
    Answers roles;
    for (const auto& [role, answers] : report.by_role) {
        for (std::size_t i = 0; i < answers.ends.size(); ++i)
            sums.at_most("role " + role, answers.ends[i], report.answers.ends[i]);
        roles += answers;
    }
    sums.at_most("everybody has a role or none", report.answers.total(), roles.total());
    sums.at_most("conversations", report.conversations, report.answers.total());
    sums.at_most("conversations answered", report.conversations_answered, report.conversations);
    sums.same("only by the brand", report.brand.only, report.answers[WaitEnd::brand]);
    sums.at_most("only by the brand", report.brand.only, report.brand.answered);
    sums.at_most("a person after the brand", report.brand.then_person, report.brand.instead);
}

void check_staffers(const WeeklyReport& report, Sums& sums) {
    std::size_t verified = 0, attested = 0, timed = 0, worked = 0;
    for (const StafferLine& line : report.staffers) {
        verified += line.verified;
        attested += line.attested;
        timed += line.times.calendar.count;
        worked += line.times.working.count;
        sums.same(line.full_name + ", timed answers", line.times.calendar.count, line.verified);
        sums.at_most(line.full_name, line.times.calendar);
        sums.at_most(line.full_name, line.times.working);
    }
    sums.same("all staffers together, verified", verified, report.answers[WaitEnd::verified]);
    sums.same("all staffers together, attested", attested, report.answers[WaitEnd::attested]);
    sums.same("all timed answers", timed, report.times.calendar.count);
    sums.same("all answers timed by working hours", worked, report.times.working.count);
    sums.at_most("all answers", report.times.calendar);
}

void check_alerts(const WeeklyReport& report, Sums& sums) {
    AlertCounts rules;
    for (const RuleLine& line : report.rules) {
        rules += line.alerts;
        std::size_t reasons = 0;
        for (const auto& [reason, count] : line.reasons) reasons += count;
        sums.same("reasons of " + line.rule, reasons, line.alerts.not_needed);
    }
    sums.same("all rules together, raised", rules.raised, report.alerts.raised);
    sums.same("all rules together, closed", rules.closed(), report.alerts.closed());
    if (!(rules == report.alerts)) sums.found.emplace_back("what became of alerts differs by rule");
    sums.same("alerts before, raised, closed and after", report.open_before + report.alerts.raised,
              report.alerts.closed() + report.open_after);
}

}  // namespace

std::vector<std::string> check(const WeeklyReport& report) {
    Sums sums;
    check_waits(report, sums);
    check_staffers(report, sums);
    check_alerts(report, sums);
    return std::move(sums.found);
}

}  // namespace rapport::reports
