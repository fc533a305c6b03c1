#pragma once

// What can be written on the command line, declared with CLI11. Include only where it is declared and where
// it is parsed: the header takes seconds to compile.

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bot/cli/commands.hpp"

namespace rapport::cli {

/// The options of all commands and what is to be done with them. Must outlive the parse; not copyable, since
/// CLI11 keeps pointers into it.
class CommandLine {
public:
    CommandLine();
    CommandLine(const CommandLine&) = delete;
    CommandLine& operator=(const CommandLine&) = delete;

    CLI::App app;
    Places places{};
    std::string zone{};
    bool json = false;
    /// What the chosen command does; set by the parse.
    std::function<int(const Context&)> action{};

    /// A command below `parent`. `footer`: examples, each on a line of its own.
    CLI::App* command(CLI::App& parent, const std::string& name, const std::string& description,
                      const std::string& footer, std::function<int(const Context&)> run);
    /// Somewhere for the options of a command, for as long as this lives.
    template <class Options>
    Options& keep() {
        const auto options = std::make_shared<Options>();
        kept_.push_back(options);
        return *options;
    }

private:
    CLI::App* group(CLI::App& parent, const std::string& name, const std::string& description,
                    const std::string& footer);
    void add_globals();
    void add_running();
    void add_rules();
    void add_alerts();
    void add_people();
    void add_slack();
    void add_small();
    void add_json(CLI::App* app_of, const std::string& what);

    ServeOptions serve_{};
    std::string token_file_{};
    ReplayOptions replay_{};
    BacktestCommand backtest_{};
    std::filesystem::path rules_file_{};
    bool markdown_ = false;
    bool schema_ = false;
    ExplainOptions explain_{};
    std::int64_t alert_ = 0;
    std::string message_{};
    bool all_ = false;
    std::string who_{};
    std::string other_{};
    std::string yes_or_no_{};
    PeopleList people_list_{};
    EraseOptions erase_{};
    bool live_ = false;
    std::vector<std::shared_ptr<void>> kept_{};
};

void declare_report(CommandLine& line);

/// The declarations as data.
CommandTree tree_of(const CLI::App& app);

}  // namespace rapport::cli
