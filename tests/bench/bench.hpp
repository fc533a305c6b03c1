#pragma once

// The benchmarks, one function each. Each adds rows to the report; all of them throw std::exception when
// something goes wrong, and leave nothing behind but their report.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/workload.hpp"

namespace rapport::bench {

/// All that can be set on the command line. Zero or empty: the benchmark's own default.
struct Settings {
    std::filesystem::path
        folder{};  ///< Where databases are made; each in a folder of its own, removed after.
    std::uint64_t events = 100'000;                ///< Measured, for each run.
    std::uint64_t warm_up = 20'000;                ///< Before them.
    int runs = 3;                                  ///< Of each kind, in turns; medians are reported.
    std::vector<std::uint32_t> windows{64, 1024};  ///< Events under way at once.
    std::uint32_t rate = 1000;                     ///< Events a second of the paced run; 0: no paced run.
    std::vector<std::uint32_t> slack_rates{200, 1000};  ///< The same, of `slack`.
    bool smoke = false;                                 ///< Only shows that it runs.
    std::uint64_t messages = 1'000'000;                 ///< Of `memory`.
    std::uint64_t batch = 1000;
    std::vector<std::size_t> rules{10, 100, 1000, 10'000};
    Mix mix{};
    // Of the processes that `end-to-end` and `slack` start.
    std::uint16_t port = 0;
    std::uint32_t window = 0;  ///< 0: paced.
};

/// Rows of figures, each with a name under "what".
struct Report {
    boost::json::array rows{};
};

void end_to_end(const Settings& settings, Report& report);
void slack(const Settings& settings, Report& report);
void memory(const Settings& settings, Report& report);
void rules_cost(const Settings& settings, Report& report);
void parts(const Settings& settings, Report& report);
void linking(const Settings& settings, Report& report);
void reading_cost(const Settings& settings, Report& report);
void topics_cost(const Settings& settings, Report& report);

// The processes of `end-to-end`. A server prints its port on a line, serves one connection until it has
// acknowledged all events, prints its figures as JSON on another line, and returns.
void serve_product(const Settings& settings);
void serve_shortest(const Settings& settings);
/// Sends the events to `port` and returns when all are acknowledged.
void send_load(const Settings& settings);

/// What a benchmark gives to a process that it starts: the settings, on its command line.
std::vector<std::string> arguments_of(const char* command, const Settings& settings);

// The processes of `slack`. The double prints its port, "begin" once the warm-up is over, and at last its
// figures; then it waits until the app has gone. The app prints its own figures when it is asked to end
// (SIGTERM). Both throw if anything is lost.
void serve_slack(const Settings& settings);
void serve_slack_app(const Settings& settings);

/// A new folder below `settings.folder`, removed with all that is in it.
class WorkFolder {
public:
    explicit WorkFolder(const Settings& settings);
    ~WorkFolder();
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }
    /// Of all files in it.
    double megabytes() const;

private:
    std::filesystem::path path_;
};

/// Now, by the system's clock.
Time wall_clock();

}  // namespace rapport::bench
