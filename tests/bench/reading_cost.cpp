// What the whole reading of a message costs: every head, over texts of ordinary length.

#include "bench/core.hpp"
#include "bench/usage.hpp"
#include "bot/heads/reader.hpp"

namespace rapport::bench {

void reading_cost(const Settings& settings, Report& report) {
    const auto [texts, bytes] = texts_of(settings);
    heads::MessageReader reader{heads::shipped_weights()};
    Stopwatch watch;
    float sum = 0;
    const auto times = std::max<std::uint64_t>(settings.events, texts.size());
    watch.start();
    for (std::uint64_t i = 0; i < times; ++i)
        sum += reader.read({"help", "omar", texts[i % texts.size()]}).sentiment;
    watch.stop();
    report.rows.push_back(boost::json::object{{"what", "reading"},
                                              {"bytes a text", bytes / double(texts.size())},
                                              {"whole reading us", watch.total() / double(times)},
                                              {"mean sentiment", double(sum) / double(times)}});
}

}  // namespace rapport::bench
