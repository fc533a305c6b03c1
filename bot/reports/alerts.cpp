// What became of the alerts.

#include <algorithm>

#include "bot/alerts/card.hpp"
#include "bot/reports/shares.hpp"

namespace rapport::reports {

namespace {

std::size_t& count_of(AlertCounts& counts, const AlertRow& alert) {
    if (alert.state == AlertState::dismissed) return counts.not_needed;
    if (alert.state == AlertState::expired) return counts.expired;
    if (alert.state != AlertState::replied) return counts.withdrawn;
    switch (alert.outcome) {
        case Outcome::verified:
            return counts.verified;
        case Outcome::attested:
            return counts.attested;
        case Outcome::brand:
            return counts.brand;
        case Outcome::other_staff:
            return counts.other_staff;
        case Outcome::none:
            break;
    }
    return counts.withdrawn;
}

}  // namespace

void count_alerts(WeeklyReport& report, const Material& material) {
    std::map<std::string, RuleLine> rules;
    for (const AlertRow& alert : material.alerts) {
        const bool closed = is_closed(alert.state) && alert.closed < report.until;
        const bool closed_here = closed && alert.closed >= report.from;
        report.open_before += alert.created < report.from && !(closed && !closed_here);
        report.open_after += !closed;
        RuleLine& line = rules[alert.rule];
        line.rule = alert.rule;
        line.title = alert.title;
        AlertCounts counts;
        counts.raised = alert.created >= report.from;
        if (closed_here) ++count_of(counts, alert);
        if (counts.not_needed > 0) ++line.reasons[std::string(label_of_reason(alert.reason))];
        line.alerts += counts;
        report.alerts += counts;
    }
    for (auto& [name, line] : rules) report.rules.push_back(std::move(line));
    std::erase_if(report.rules, [](const RuleLine& line) { return line.alerts == AlertCounts{}; });
    std::stable_sort(report.rules.begin(), report.rules.end(), [](const RuleLine& a, const RuleLine& b) {
        return a.alerts.raised + a.alerts.closed() > b.alerts.raised + b.alerts.closed();
    });
}

}  // namespace rapport::reports
