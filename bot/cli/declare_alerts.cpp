#include <limits>

#include "bot/cli/command_line.hpp"
#include "bot/cli/declare.hpp"

namespace rapport::cli {

namespace {

constexpr const char* alert_number = "the number of an alert, such as 12";

void declare_alerts_list(CommandLine& line, CLI::App& alerts) {
    auto& all = line.keep<bool>();
    CLI::App* list = line.command(alerts, "list", "Open alerts",
                                  "  rapport alerts list\n  rapport alerts list --all --json\n",
                                  [&all](const Context& c) { return alerts_list(c, all); });
    list->add_flag("-a,--all", all, "Closed ones too");
    line.add_json(list, "A line for each alert, as of `replay --json`");
}

void declare_alerts_show(CommandLine& line, CLI::App& alerts) {
    auto& alert = line.keep<std::int64_t>();
    CLI::App* show = line.command(alerts, "show", "One alert with its history", "  rapport alerts show 12\n",
                                  [&alert](const Context& c) { return alerts_show(c, alert); });
    show->add_option("ALERT", alert, "Its number")
        ->required()
        ->type_name("NUMBER")
        ->check(whole_number(1, std::numeric_limits<std::int64_t>::max(), alert_number));
    line.add_json(show, "The alert as one object");
}

void declare_why(CommandLine& line) {
    struct Why {
        std::int64_t alert = 0;
        std::string message{};
    };
    auto& asked = line.keep<Why>();
    CLI::App* why = line.command(
        line.app, "why", "Why an alert was raised, or why a message raised none",
        "  rapport why 12\n"
        "  rapport why --message slack:T024BE7LD:C042/1700000000.0001\n",
        [&asked](const Context& c) {
            if (asked.message.empty() == (asked.alert == 0))
                throw Stop(Exit::usage, "Say which: `rapport why ALERT`, or --message for a message.");
            return asked.message.empty() ? why_alert(c, asked.alert) : why_message(c, asked.message);
        });
    why->add_option("ALERT", asked.alert, "Its number")
        ->type_name("NUMBER")
        ->check(whole_number(1, std::numeric_limits<std::int64_t>::max(), alert_number));
    why->add_option("--message", asked.message,
                    "A message instead: each rule, each condition with the value it sees")
        ->type_name("PLATFORM:REALM:CHANNEL/ID");
    line.add_json(why,
                  "One object: alert, rule, why; or message, alerts, as_of, rules with their conditions");
}

}  // namespace

void declare_alerts(CommandLine& line) {
    CLI::App* alerts = line.group(line.app, "alerts", "What staff were asked", "  rapport alerts list\n");
    declare_alerts_list(line, *alerts);
    declare_alerts_show(line, *alerts);
    line.add_json(
        line.command(*alerts, "states", "What can happen to an alert, and what follows: the table that runs",
                     "  rapport alerts states\n", alerts_states),
        "A line for each row: when, in, if, kind, do, to, because");
    declare_why(line);
}

}  // namespace rapport::cli
