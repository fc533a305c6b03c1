#pragma once

// What the declarations of commands have in common, and the list of them: a command is a function in a
// declare_*.cpp, named here, called in CommandLine::CommandLine, and a plain function (commands.hpp) that
// does it.

#include <cstdint>
#include <string>

#include "bot/cli/command_line.hpp"

namespace rapport::cli {

void declare_serve(CommandLine& line);
void declare_replay(CommandLine& line);
void declare_backtest(CommandLine& line);
void declare_check(CommandLine& line);
void declare_rules(CommandLine& line);
void declare_alerts(CommandLine& line);
void declare_people(CommandLine& line);
void declare_team(CommandLine& line);
void declare_slack(CommandLine& line);
void declare_report(CommandLine& line);
void declare_network(CommandLine& line);
void declare_models(CommandLine& line);
void declare_small(CommandLine& line);

/// `lines` under the heading that every help text has.
std::string examples(const std::string& lines);

/// A whole number from `least` to `most`; `what` says what it is, for whoever gives another.
CLI::Validator whole_number(std::int64_t least, std::int64_t most, const std::string& what);

/// 0 or more, with or without a fraction.
CLI::Validator how_fast();

CLI::Validator yes_or_no();

}  // namespace rapport::cli
