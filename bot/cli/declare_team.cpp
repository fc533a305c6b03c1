#include "bot/cli/command_line.hpp"
#include "bot/cli/declare.hpp"

namespace rapport::cli {

void declare_team(CommandLine& line) {
    CLI::App* team = line.group(line.app, "team", "Who is asked: your own people", "  rapport team duty\n");
    auto& options = line.keep<TeamDuty>();
    CLI::App* duty = line.command(*team, "duty", "Who is on duty when, group by group",
                                  "  rapport team duty\n"
                                  "  rapport team duty --group community --from 2026-03-02 --days 28\n",
                                  [&options](const Context& c) { return team_duty(c, options); });
    duty->add_option("--from", options.from, "From this day on (default: today)")->type_name("DATE");
    duty->add_option("--days", options.days, "So many days (default: 14)")
        ->type_name("NUMBER")
        ->check(whole_number(1, 366, "a number of days from 1 to 366"));
    duty->add_option("--group", options.group, "Only this group")->type_name("NAME");
    line.add_json(duty, "A line for each stretch: group, from and until (ms since 1970), staff");
}

}  // namespace rapport::cli
