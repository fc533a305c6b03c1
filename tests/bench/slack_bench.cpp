// The Slack app at work: Socket Mode, understanding, durable commit, acknowledgement and cards, against the
// double in another process. What Slack would see is measured there; Rapport's CPU is read from outside, by
// the process.

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <stdexcept>

#include "bench/bench.hpp"
#include "bench/child.hpp"

namespace rapport::bench {

namespace json = boost::json;

namespace {

/// The double keeps every delivery until the end.
constexpr std::uint64_t most_events = 20'000;
constexpr std::uint64_t most_warm_up = 4'000;
/// Cards are posted in Slack's own time (see `slack_haste`): with more alerts a second their queue would be
/// measured.
constexpr double alerts_in_window = 0.002;
constexpr double alerts_when_paced = 0.01;

json::object run(Settings settings, std::string_view load) {
    Child slack{arguments_of("serve-slack", settings)};
    settings.port = std::uint16_t(std::stoul(slack.line()));
    Child rapport{arguments_of("serve-slack-app", settings)};
    slack.line();  // what comes now is measured
    const double before = rapport.cpu();
    const json::object seen = json::parse(slack.line()).as_object();
    const double cpu = rapport.cpu() - before;
    rapport.ask_to_end();
    const json::object told = json::parse(rapport.line()).as_object();
    rapport.wait();
    slack.wait();
    json::object row{{"what", "slack"}, {"load", load}, {"CPU us an event", cpu / double(settings.events)}};
    for (const auto& [name, value] : seen) row[name] = value;
    for (const auto& [name, value] : told) row[name] = value;
    return row;
}

}  // namespace

void slack(const Settings& settings, Report& report) {
    Settings with = settings;
    with.events = std::min(settings.events, most_events);
    with.warm_up = std::min(settings.warm_up, most_warm_up);
    // Whoever speaks is known before: a real Slack tells 200 people a call, 20 calls a minute.
    with.mix.persons = std::min(settings.mix.persons, 2'000U);
    with.mix.alerts = settings.smoke ? alerts_when_paced : alerts_in_window;
    for (const std::uint32_t window : settings.windows) {
        with.window = window;
        report.rows.push_back(run(with, fmt::format("{} in flight", window)));
    }
    with.window = 0;
    with.mix.alerts = alerts_when_paced;
    for (const std::uint32_t rate : settings.slack_rates) {
        Settings paced = with;
        paced.rate = rate;
        paced.events = std::min<std::uint64_t>(with.events, 20ULL * rate);
        paced.warm_up = std::min<std::uint64_t>(with.warm_up, rate);
        report.rows.push_back(run(paced, fmt::format("{} a second", rate)));
    }
}

}  // namespace rapport::bench
