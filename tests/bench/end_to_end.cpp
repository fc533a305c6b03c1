// CPU an event from the socket to the disk and back: Rapport beside the shortest program for the plain job.
// Server and generator are processes of their own, so that only the server's CPU counts.

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <stdexcept>

#include "bench/bench.hpp"
#include "bench/child.hpp"

namespace rapport::bench {

namespace json = boost::json;

std::vector<std::string> arguments_of(const char* command, const Settings& settings) {
    return {command,
            "--folder=" + settings.folder.string(),
            fmt::format("--events={}", settings.events),
            fmt::format("--warm-up={}", settings.warm_up),
            fmt::format("--rate={}", settings.rate),
            fmt::format("--window={}", settings.window),
            fmt::format("--port={}", settings.port),
            fmt::format("--alerts={}", settings.mix.alerts),
            fmt::format("--seed={}", settings.mix.seed),
            fmt::format("--persons={}", settings.mix.persons),
            fmt::format("--channels={}", settings.mix.channels),
            fmt::format("--threads={}", settings.mix.threads)};
}

namespace {

json::object run(const char* server, Settings settings) {
    Child serving{arguments_of(server, settings)};
    settings.port = std::uint16_t(std::stoul(serving.line()));
    Child loading{arguments_of("send-load", settings)};
    json::object figures = json::parse(serving.line()).as_object();
    loading.wait();
    serving.wait();
    return figures;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/// The runs of one server at one load.
class Runs {
public:
    void add(const json::object& figures) {
        cpu_.push_back(figures.at("cpu").to_number<double>());
        resident_.push_back(figures.at("resident MB").to_number<double>());
        last_ = figures;
    }
    double cpu() const { return median(cpu_); }
    json::object row(std::string_view who, std::string_view load) const {
        json::object row{{"what", who}, {"load", load}, {"CPU us an event", cpu()}};
        row["lowest"] = *std::min_element(cpu_.begin(), cpu_.end());
        row["highest"] = *std::max_element(cpu_.begin(), cpu_.end());
        for (const auto& [name, value] : last_)
            if (name != "cpu") row[name] = value;
        row["resident MB"] = median(resident_);
        return row;
    }

private:
    std::vector<double> cpu_{};
    std::vector<double> resident_{};
    json::object last_{};
};

void compare(const Settings& settings, std::string_view load, Report& report) {
    Runs product, shortest;
    for (int i = 0; i < settings.runs; ++i) {
        product.add(run("serve-product", settings));
        shortest.add(run("serve-shortest", settings));
    }
    report.rows.push_back(product.row("rapport", load));
    report.rows.push_back(shortest.row("shortest", load));
    report.rows.push_back(json::object{
        {"what", "ratio"}, {"load", load}, {"rapport / shortest", product.cpu() / shortest.cpu()}});
}

}  // namespace

void end_to_end(const Settings& settings, Report& report) {
    for (const std::uint32_t window : settings.windows) {
        Settings with = settings;
        with.window = window;
        compare(with, fmt::format("{} in flight", window), report);
    }
    if (settings.rate == 0) return;
    Settings paced = settings;
    paced.window = 0;
    // Ten seconds tell; more would only take long.
    paced.events = std::min<std::uint64_t>(settings.events, 10ULL * settings.rate);
    paced.warm_up = std::min<std::uint64_t>(settings.warm_up, settings.rate);
    compare(paced, fmt::format("{} a second", settings.rate), report);
}

}  // namespace rapport::bench
