// What the linker costs: microseconds a message in crowded channels, whose windows are full.

#include <algorithm>
#include <chrono>

#include "bench/bench.hpp"
#include "bench/usage.hpp"
#include "bot/links/linker.hpp"

namespace rapport::bench {

namespace {

/// So few channels that every message has as many candidates as there can be.
constexpr std::uint32_t crowded_channels = 4, talkers = 120;

links::Message message_of(const Post& post) {
    links::Message message;
    message.id = post.id;
    message.channel = post.channel;
    message.author = post.author;
    message.text = post.text;
    message.at = std::chrono::floor<std::chrono::seconds>(post.at.time_since_epoch()).count();
    return message;
}

}  // namespace

void linking(const Settings& settings, Report& report) {
    Mix mix = settings.mix;
    mix.persons = std::min(mix.persons, talkers);
    mix.channels = std::min(mix.channels, crowded_channels);
    mix.step = std::chrono::seconds{5};
    Workload workload{mix};
    links::Linker linker{links::shipped_model()};
    const auto link = [&](std::uint64_t count, Stopwatch& watch) {
        for (std::uint64_t i = 0; i < count; ++i) {
            const links::Message message = message_of(workload.next());
            watch.start();
            linker.next(message);
            watch.stop();
        }
    };
    Stopwatch warm_up, measured;
    link(settings.warm_up, warm_up);
    link(settings.events, measured);
    report.rows.push_back(boost::json::object{{"what", "links"},
                                              {"messages", settings.events},
                                              {"us a message", measured.total() / double(settings.events)}});
}

}  // namespace rapport::bench
