#include "bot/cli/command_line.hpp"

namespace rapport::cli {

void declare_report(CommandLine& line) {
    auto& options = line.keep<ReportCommand>();
    CLI::App* report = line.command(
        line.app, "report", "A week in numbers: who waited, who answered in person, what was not needed",
        "  rapport report                          the last whole week\n"
        "  rapport report --week 2026-W47 --picture week.png\n"
        "  rapport report --from 2026-10-01 --to 2026-10-31 --csv > october.csv\n",
        [&options](const Context& c) { return weekly_report(c, options); });
    CLI::Option* week =
        report->add_option("--week", options.week, "An ISO week, such as 2026-W47")->type_name("WEEK");
    CLI::Option* from = report->add_option("--from", options.from, "First day, such as 2026-11-16")
                            ->type_name("DAY")
                            ->excludes(week);
    CLI::Option* to = report->add_option("--to", options.to, "Last day (default: a week)")
                          ->type_name("DAY")
                          ->excludes(week);
    report->add_flag("--all", options.all, "Everything that is kept")
        ->excludes(week)
        ->excludes(from)
        ->excludes(to);
    report->add_option("--picture", options.picture, "Also draw it, as a PNG file")->type_name("FILE");
    CLI::Option* csv = report->add_flag("--csv", options.csv, "For a spreadsheet: one number a line");
    report
        ->add_flag("--json", line.json,
                   "One object: waits, by_depth, by_role, course, answer_times, "
                   "staffers, brand, alerts, rules, relations, gaps")
        ->excludes(csv);
}

}  // namespace rapport::cli
