#include "week.hpp"

#include <algorithm>
#include <stdexcept>

#include "bot/reports/dates.hpp"

namespace rapport::test {

const std::string_view week_rules = R"(
rules:
  - name: champion-asks
    title: A champion asks
    when: person.role has champion and message.needs_reply and not conversation.answered_by_person
    ask: [owner, strongest tie, on duty in community]
    reply within: 2h
    brand reply: does not count
    cooldown: 1m
)";

reports::WeeklyReport report_on(PlainHouse& house, std::string_view from, std::string_view until) {
    auto report =
        reports::report_of(house.store(), house.world(), moment(from), moment(until), "Europe/Berlin");
    if (!report) throw std::runtime_error(report.error().what);
    return std::move(*report);
}

const reports::StafferLine& line_of(const reports::WeeklyReport& report, std::string_view staffer) {
    const auto at = std::find_if(report.staffers.begin(), report.staffers.end(),
                                 [&](const auto& line) { return line.name == staffer; });
    if (at == report.staffers.end()) throw std::runtime_error("no such staffer");
    return *at;
}

reports::WeeklyReport full_report() {
    using namespace std::chrono_literals;
    reports::WeeklyReport report;
    const auto week = reports::parse_week("2026-W47", "Europe/Berlin").value();
    report.from = week.from;
    report.until = week.until;
    report.zone = "Europe/Berlin";
    report.messages = 900;
    report.persons = 120;
    report.conversations = 80;
    report.conversations_answered = 60;
    report.by_depth = {
        {{{10, 1, 4, 9, 12}}, {{14, 2, 2, 3, 4}}, {{12, 2, 1, 0, 1}}, {{9, 1, 0, 0, 0}}, {{6, 0, 0, 0, 1}}}};
    for (const auto& tier : report.by_depth) report.answers += tier;
    report.by_role = {{"", report.answers}, {"=champion", {{5, 1, 0, 0, 0}}}};
    const std::array<reports::Answers, 7> days{{{{9, 1, 1, 2, 3}},
                                                {{11, 1, 2, 2, 4}},
                                                {{10, 1, 1, 3, 2}},
                                                {{8, 1, 1, 2, 3}},
                                                {{9, 1, 1, 2, 2}},
                                                {{3, 1, 1, 1, 2}},
                                                {{1, 0, 0, 0, 2}}}};
    const char* labels[] = {"Mon 16", "Tue 17", "Wed 18", "Thu 19", "Fri 20", "Sat 21", "Sun 22"};
    for (int i = 0; i < 7; ++i)
        report.course.push_back(
            {week.from + i * 24h, week.from + (i + 1) * 24h, labels[i], days[std::size_t(i)], i == 5});
    const auto staffer = [&](std::string name, std::string full, std::size_t verified, std::size_t attested) {
        reports::StafferLine line;
        line.name = std::move(name);
        line.full_name = std::move(full);
        line.said = 40;
        line.verified = verified;
        line.attested = attested;
        line.times = {{verified, 38min, 5h}, {verified, 12min, 2h}};
        line.asked = verified / 2 + 3;
        line.claimed = verified / 3;
        line.released = 1;
        line.handed_over = 1;
        line.most_at_once = 4;
        line.capacity = 5;
        report.staffers.push_back(line);
    };
    staffer("ada", "Ada Winter", 21, 3);
    staffer("bea", "B\u00E9a \"the Fox\" Morgan, #1 <b>&amp;</b>", 18, 2);
    staffer("cyd", "Cyd \u7530\u4E2D", 7, 1);
    staffer("dot", "\u202E\u0645\u0631\u062D\u0628\u0627\n#frx#(229)\x1b[31m", 4, 0);
    staffer("emoji",
            "\U0001F98A\U0001F469\u200D\U0001F4BB Fox and a name that never ends, "
            "not even here, where most names would have ended long ago",
            1, 0);
    report.times = {{51, 38min, 5h}, {51, 12min, 2h}};
    report.brand = {9, 7, 4, 3};
    report.open_before = 5;
    report.alerts = {40, 22, 4, 3, 1, 6, 2, 1};
    report.open_after = 6;
    reports::RuleLine rule;
    rule.rule = "champion-waits";
    rule.title = "A champion is waiting for an answer";
    rule.alerts = {30, 18, 3, 3, 1, 2, 1, 1};
    rule.reasons = {{"it was automated", 1}, {"spam", 1}};
    report.rules.push_back(rule);
    rule.rule = "@SUM(A1:A9)";
    rule.title = "Somebody close said something kind, and it would be nice to hear from one of us soon";
    rule.alerts = {10, 4, 1, 0, 0, 4, 1, 0};
    rule.reasons = {{"=cmd|' /C calc'!A0, \"quoted\"\nline", 4}};
    report.rules.push_back(rule);
    report.won = {
        {AccountId(1), "Lena", Depth::familiar, Depth::close, false, "ada", week.from},
        {AccountId(2), "Omar, the +1", Depth::stranger, Depth::acquaintance, true, "bea", week.from}};
    report.cold = {{AccountId(3), "Zo\u00EB", Depth::close, Depth::close, false, "ada", week.from - 500h}};
    report.gaps = {{{"slack", "T1", "C1"}, week.from + 125h, week.from + 130h, "the connection was lost"}};
    return report;
}

}  // namespace rapport::test
