#include "bot/cli/cli.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "bot/cli/command_line.hpp"
#include "bot/cli/text.hpp"
#include "bot/people/working_time.hpp"
#include "bot/store/lookup.hpp"

namespace rapport::cli {

namespace {

/// The deepest command that was reached: its help is the one to point at.
const CLI::App& reached(const CLI::App& app) {
    const auto parsed = app.get_subcommands();
    return parsed.empty() ? app : reached(*parsed.front());
}

std::string full_name(const CLI::App& app) {
    return app.get_parent() ? full_name(*app.get_parent()) + " " + app.get_name() : app.get_name();
}

/// "list, show"
std::string commands_of(const CLI::App& app) {
    std::string names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        names += (names.empty() ? "" : ", ") + command->get_name();
    return names;
}

int wrong_usage(const CommandLine& line, const std::vector<std::string>& arguments,
                const CLI::ParseError& error, Terminal& terminal) {
    const std::string meant = what_was_meant(tree_of(line.app), arguments);
    std::string words = meant.empty() ? error.what() : meant;
    if (words == "A subcommand is required")
        words = fmt::format("Say what: {}.", commands_of(reached(line.app)));
    terminal.err << several_lines(words) << "\n"
                 << fmt::format("`{} --help` shows what can be said.\n", full_name(reached(line.app)));
    return int(Exit::usage);
}

Context context_of(const CommandLine& line, Terminal& terminal) {
    if (!line.zone.empty() && !zone_exists(line.zone))
        throw Stop(Exit::usage,
                   fmt::format("There is no time zone \"{}\". Write it like Europe/Berlin.", line.zone));
    return {line.places, line.zone.empty() ? local_zone() : line.zone, line.json, terminal};
}

}  // namespace

int run(const std::vector<std::string>& arguments, Terminal& terminal) {
    CommandLine line;
    try {
        std::vector<std::string> reversed{arguments.rbegin(), arguments.rend()};  // as CLI11 wants them
        line.app.parse(reversed);
    } catch (const CLI::CallForHelp&) {
        terminal.out << line.app.help();
        return int(Exit::fine);
    } catch (const CLI::ParseError& error) {
        return wrong_usage(line, arguments, error, terminal);
    }
    try {
        return line.action(context_of(line, terminal));
    } catch (const Stop& stop) {
        std::string words = several_lines(stop.what());
        while (words.ends_with('\n')) words.pop_back();
        terminal.err << words << "\n";
        return int(stop.code);
    } catch (const StoreUnreadable& error) {
        terminal.err << several_lines(error.what()) << "\n";
        return int(Exit::failed);
    } catch (const std::exception& error) {
        terminal.err << "Something went wrong that should not: " << several_lines(error.what())
                     << "\nPlease report it with the command that you gave.\n";
        return int(Exit::failed);
    }
}

}  // namespace rapport::cli
