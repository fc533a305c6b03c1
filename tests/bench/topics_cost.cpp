// What the key phrases of a message cost, with the words of its community counted on the way.

#include "bench/core.hpp"
#include "bench/usage.hpp"
#include "bot/topics/key_phrases.hpp"

namespace rapport::bench {

void topics_cost(const Settings& settings, Report& report) {
    const auto [texts, bytes] = texts_of(settings);
    const topics::KeyPhrases phrases{topics::shipped_weights()};
    topics::Usage usage;
    Stopwatch watch;
    double found = 0;
    const auto times = std::max<std::uint64_t>(settings.events, texts.size());
    watch.start();
    for (std::uint64_t i = 0; i < times; ++i) {
        usage.add(texts[i % texts.size()]);
        found += double(phrases.find(texts[i % texts.size()], 5, &usage).size());
    }
    watch.stop();
    report.rows.push_back(boost::json::object{{"what", "topics"},
                                              {"bytes a text", bytes / double(texts.size())},
                                              {"phrases a text", found / double(times)},
                                              {"key phrases us", watch.total() / double(times)}});
}

}  // namespace rapport::bench
