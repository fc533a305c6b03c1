// The report for spreadsheets.

#include <fmt/format.h>

#include "bot/reports/dates.hpp"
#include "bot/reports/page.hpp"
#include "bot/reports/words.hpp"

namespace rapport::reports {

namespace {

/// One cell by RFC 4180. What begins like a formula, and is no number of ours, gets an apostrophe first.
std::string cell(std::string_view text) {
    std::string safe;
    const auto first = text.find_first_not_of(" ");
    const bool formula = first != std::string_view::npos &&
                         std::string_view{"=+-@\t\r\n"}.find(text[first]) != std::string_view::npos;
    if (formula) safe += '\'';
    safe += text;
    if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
    std::string quoted = "\"";
    for (const char c : safe) {
        if (c == '"') quoted += c;
        quoted += c;
    }
    return quoted + '"';
}

std::string date_cell(std::string_view zone, Time at) {
    const auto day = local_day(zone, at);
    return fmt::format("{:04}-{:02}-{:02}", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

class Sheet {
public:
    explicit Sheet(const WeeklyReport& report)
        : stretch_(date_cell(report.zone, report.from) + "," +
                   date_cell(report.zone, report.until - std::chrono::milliseconds{1}) + ",") {}

    void row(std::string_view table, std::string_view name, std::string_view measure, std::int64_t value) {
        text_ += fmt::format("{}{},{},{},{}\r\n", stretch_, table, cell(name), cell(measure), value);
    }
    void row(std::string_view table, std::string_view name, const Answers& answers) {
        row(table, name, "total", std::int64_t(answers.total()));
        for (std::size_t i = 0; i < answers.ends.size(); ++i)
            row(table, name, name_of(WaitEnd(i)), std::int64_t(answers.ends[i]));
    }
    void row(std::string_view table, std::string_view name, const AnswerTimes& times) {
        const auto spread = [&](const std::string& clock, const Spread& one) {
            const auto seconds = [](std::chrono::milliseconds length) {
                return std::int64_t(std::chrono::floor<std::chrono::seconds>(length).count());
            };
            row(table, name, clock + " answers timed", std::int64_t(one.count));
            if (one.count == 0) return;
            row(table, name, clock + " median seconds", seconds(one.median));
            row(table, name, clock + " ninetieth seconds", seconds(one.ninetieth));
        };
        spread("calendar", times.calendar);
        spread("working", times.working);
    }
    void row(std::string_view table, std::string_view name, const AlertCounts& counts) {
        row(table, name, "raised", std::int64_t(counts.raised));
        row(table, name, "verified", std::int64_t(counts.verified));
        row(table, name, "attested", std::int64_t(counts.attested));
        row(table, name, "other_staff", std::int64_t(counts.other_staff));
        row(table, name, "brand", std::int64_t(counts.brand));
        row(table, name, "not_needed", std::int64_t(counts.not_needed));
        row(table, name, "expired", std::int64_t(counts.expired));
        row(table, name, "withdrawn", std::int64_t(counts.withdrawn));
    }
    std::string text() && { return "from,to,table,name,measure,value\r\n" + text_; }

private:
    std::string stretch_;
    std::string text_{};
};

void staffers_rows(Sheet& sheet, const WeeklyReport& report) {
    for (const StafferLine& line : report.staffers) {
        const auto put = [&](std::string_view what, std::size_t count) {
            sheet.row("staffer", line.full_name, what, std::int64_t(count));
        };
        put("messages", line.said);
        put("verified", line.verified);
        put("attested", line.attested);
        put("asked", line.asked);
        put("claimed", line.claimed);
        put("released", line.released);
        put("handed_over", line.handed_over);
        put("most_at_once", line.most_at_once);
        sheet.row("staffer", line.full_name, line.times);
    }
}

}  // namespace

std::string csv_of(const WeeklyReport& report) {
    Sheet sheet{report};
    sheet.row("all", "", report.answers);
    sheet.row("all", "", report.times);
    sheet.row("all", "", "conversations", std::int64_t(report.conversations));
    sheet.row("all", "", "conversations_answered", std::int64_t(report.conversations_answered));
    for (std::size_t i = 0; i < report.by_depth.size(); ++i)
        sheet.row("depth", name_of(Depth(i)), report.by_depth[i]);
    for (const auto& [role, answers] : report.by_role) sheet.row("role", role_text(role), answers);
    for (const Bucket& one : report.course)
        sheet.row("course", date_cell(report.zone, one.from), one.answers);
    staffers_rows(sheet, report);
    sheet.row("brand", "", "answered", std::int64_t(report.brand.answered));
    sheet.row("brand", "", "only", std::int64_t(report.brand.only));
    sheet.row("brand", "", "instead_of_a_person", std::int64_t(report.brand.instead));
    sheet.row("brand", "", "then_a_person", std::int64_t(report.brand.then_person));
    sheet.row("alerts", "", report.alerts);
    sheet.row("alerts", "", "open_before", std::int64_t(report.open_before));
    sheet.row("alerts", "", "open_after", std::int64_t(report.open_after));
    for (const RuleLine& line : report.rules) {
        sheet.row("rule", line.rule, line.alerts);
        for (const auto& [reason, count] : line.reasons)
            sheet.row("not needed because", line.rule, reason, std::int64_t(count));
    }
    sheet.row("relations", "", "won", std::int64_t(report.won.size()));
    sheet.row("relations", "", "going cold", std::int64_t(report.cold.size()));
    sheet.row("gaps", "", "count", std::int64_t(report.gaps.size()));
    return std::move(sheet).text();
}

}  // namespace rapport::reports
