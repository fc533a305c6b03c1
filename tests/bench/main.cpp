// rapport_bench: what Rapport costs. `rapport_bench --help` says what it can measure.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <fstream>
#include <functional>
#include <iostream>
#include <thread>

#include "bench/bench.hpp"

using namespace rapport::bench;
namespace json = boost::json;

namespace {

std::string cpu_model() {
    std::ifstream file{"/proc/cpuinfo"};
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("model name")) return line.substr(line.find(": ") + 2);
    return "unknown";
}

json::object machine() {
    return {{"cores", std::thread::hardware_concurrency()},
            {"CPU", cpu_model()},
            {"compiler", RAPPORT_BENCH_COMPILER},
            {"build", RAPPORT_BENCH_BUILD}};
}

json::object as_json(const Settings& settings) {
    const Mix& mix = settings.mix;
    return {{"events", settings.events},
            {"warm up", settings.warm_up},
            {"runs", settings.runs},
            {"windows", json::array(settings.windows.begin(), settings.windows.end())},
            {"rate", settings.rate},
            {"slack rates", json::array(settings.slack_rates.begin(), settings.slack_rates.end())},
            {"messages", settings.messages},
            {"batch", settings.batch},
            {"rules", json::array(settings.rules.begin(), settings.rules.end())},
            {"seed", mix.seed},
            {"persons", mix.persons},
            {"channels", mix.channels},
            {"share of alerts", mix.alerts},
            {"share of duplicates", mix.duplicates},
            {"share in threads", mix.threads},
            {"synchronous", "FULL"}};
}

std::string to_text(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_double()) return fmt::format("{:.2f}", value.get_double());
    return json::serialize(value);
}

void print(const json::object& row) {
    std::string line;
    for (const auto& [name, value] : row) {
        if (!line.empty()) line += name == "load" || name == "of" ? ", " : "  ";
        line += name == "what" || name == "load" || name == "of"
                    ? to_text(value)
                    : fmt::format("{}: {}", std::string_view{name}, to_text(value));
    }
    std::cout << line << '\n';
}

void print(const Settings& settings, const Report& report, bool as_lines) {
    if (!as_lines) {
        const json::object all{{"program", "rapport_bench"},
                               {"machine", machine()},
                               {"settings", as_json(settings)},
                               {"results", report.rows}};
        std::cout << json::serialize(all) << '\n';
        return;
    }
    print(machine());
    print(as_json(settings));
    for (const json::value& row : report.rows) print(row.as_object());
    if (std::string_view{RAPPORT_BENCH_BUILD} != "Release")
        std::cout << "This is not a Release build: the figures mean nothing.\n";
}

void be_small(Settings& settings) {
    settings.smoke = true;
    settings.slack_rates = {500};
    settings.events = 600;
    settings.warm_up = 200;
    settings.runs = 1;
    settings.messages = 1000;
    settings.batch = 100;
    settings.rules = {10, 100};
    settings.rate = 500;
    settings.mix.persons = 100;
    settings.mix.channels = 5;
}

/// The command line: its options and subcommands, and what the chosen one does.
class CommandLine {
public:
    CommandLine() {
        app_.require_subcommand(1);
        app_.fallthrough();
        app_.add_flag("--json", json_, "Figures as JSON, with the machine and all settings");
        app_.add_flag("--smoke", smoke_, "So small that the figures mean nothing: only shows that it runs");
        app_.add_option("--folder", settings_.folder,
                        "Where databases are made, and removed again (a real disk, please)");
        app_.add_option("--events", settings_.events, "Events measured in each run")->capture_default_str();
        app_.add_option("--warm-up", settings_.warm_up, "Events before them")->capture_default_str();
        app_.add_option("--runs", settings_.runs, "Runs of each program, in turns")->capture_default_str();
        app_.add_option("--windows", settings_.windows, "end-to-end, slack: events in flight")
            ->capture_default_str();
        app_.add_option("--rate", settings_.rate, "end-to-end: events a second of the paced run, 0: none")
            ->capture_default_str();
        app_.add_option("--slack-rates", settings_.slack_rates, "slack: events a second of each paced run")
            ->capture_default_str();
        app_.add_option("--messages", settings_.messages, "memory: messages")->capture_default_str();
        app_.add_option("--batch", settings_.batch, "memory, rules, parts: events a batch")
            ->capture_default_str();
        app_.add_option("--rules", settings_.rules, "rules: how many")->capture_default_str();
        app_.add_option("--seed", settings_.mix.seed, "Of the messages")->capture_default_str();
        persons_ = app_.add_option("--persons", settings_.mix.persons, "Authors (memory: 100000)")
                       ->capture_default_str();
        app_.add_option("--channels", settings_.mix.channels, "Channels")->capture_default_str();
        app_.add_option("--threads", settings_.mix.threads, "Share of answers in threads")
            ->capture_default_str();

        add("end-to-end", "CPU an event from socket to disk, beside the shortest program for the plain job",
            end_to_end);
        add("slack",
            "The Slack app against a Slack of our own: events a second, CPU, acknowledgements, alerts",
            slack);
        add("memory", "Memory and disk for 100,000 persons and 1,000,000 messages", memory_of_many());
        add("rules", "Cost a message with 10 to 10,000 rules", rules_cost);
        add("parts", "Where the microseconds of a message go", parts);
        add("links", "What it costs to find the message that a message answers", linking);
        add("reading", "What the whole reading of a message costs, by all heads", reading_cost);
        add("topics", "What the key phrases of a message cost", topics_cost);
        add("all", "All of these", [this](const Settings& settings, Report& report) {
            end_to_end(settings, report);
            slack(settings, report);
            memory_of_many()(settings, report);
            rules_cost(settings, report);
            parts(settings, report);
            linking(settings, report);
            reading_cost(settings, report);
            topics_cost(settings, report);
        });
        add_process("serve-product", serve_product);
        add_process("serve-shortest", serve_shortest);
        add_process("send-load", send_load);
        add_process("serve-slack", serve_slack);
        add_process("serve-slack-app", serve_slack_app);
    }

    int run(int argc, char** argv) {
        CLI11_PARSE(app_, argc, argv);
        if (smoke_) be_small(settings_);
        if (settings_.folder.empty()) settings_.folder = std::filesystem::temp_directory_path();
        if (process_) {
            process_(settings_);
            return 0;
        }
        Report report;
        benchmark_(settings_, report);
        print(settings_, report, !json_);
        return 0;
    }

private:
    using Benchmark = std::function<void(const Settings&, Report&)>;

    Benchmark memory_of_many() {
        return [this](const Settings& settings, Report& report) {
            Settings many = settings;
            if (persons_->count() == 0 && !smoke_) many.mix.persons = 100'000;
            memory(many, report);
        };
    }
    void add(const char* name, const char* what, Benchmark benchmark) {
        app_.add_subcommand(name, what)->callback([this, benchmark] { benchmark_ = benchmark; });
    }
    /// Started by `end-to-end` and `slack`, not by people.
    void add_process(const char* name, void (*process)(const Settings&)) {
        auto* command = app_.add_subcommand(name)->group("");
        command->add_option("--port", settings_.port);
        command->add_option("--window", settings_.window);
        command->add_option("--alerts", settings_.mix.alerts);
        command->callback([this, process] { process_ = process; });
    }

    CLI::App app_{
        "What Rapport costs. Figures are CPU time, which other programs on the machine disturb little."};
    Settings settings_{};
    bool json_ = false;
    bool smoke_ = false;
    CLI::Option* persons_ = nullptr;
    Benchmark benchmark_{};
    std::function<void(const Settings&)> process_{};
};

}  // namespace

int main(int argc, char** argv) {
    try {
        return CommandLine{}.run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "rapport_bench: " << error.what() << '\n';
        return 1;
    }
}
