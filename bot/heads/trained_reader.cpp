#include "bot/heads/trained_reader.hpp"

#include <algorithm>
#include <mutex>

#include "bot/heads/asking.hpp"
#include "bot/heads/features.hpp"
#include "bot/heads/weights.hpp"
#include "bot/topics/key_phrases.hpp"

namespace rapport::heads {

namespace {

constexpr float yes = 0.5F;

/// Six digits in a row: a telephone number, a code, an amount.
bool has_long_number(std::string_view text) {
    constexpr int long_one = 6;
    int digits = 0;
    return std::any_of(text.begin(), text.end(), [&](char byte) {
        digits = byte >= '0' && byte <= '9' ? digits + 1 : 0;
        return digits >= long_one;
    });
}

}  // namespace

struct TrainedReader::Inside {
    explicit Inside(const std::vector<std::string>& brand_names, const std::vector<std::string>& own_words)
        : simple(brand_names) {
        for (const std::string& word : own_words) vocabulary.add(word);
    }

    /// One that nobody uses just now: each thread needs its own while it reads.
    std::unique_ptr<Extractor> take_extractor() {
        const std::lock_guard lock{mutex};
        if (idle.empty()) return std::make_unique<Extractor>();
        std::unique_ptr<Extractor> one = std::move(idle.back());
        idle.pop_back();
        return one;
    }
    void give_back(std::unique_ptr<Extractor> one) {
        const std::lock_guard lock{mutex};
        idle.push_back(std::move(one));
    }

    void correct(Reading& reading, std::string_view text, const ReadingContext& context) {
        const Weights& weights = shipped_weights();
        Features features;
        std::unique_ptr<Extractor> extractor = take_extractor();
        extractor->extract(text, features);
        give_back(std::move(extractor));
        const Sums sums = sums_of(weights, features);
        const float gratitude = sureness(weights, sums, Head::gratitude);
        const bool to_us = context.direct || context.answers_team || reading.mentions_brand;
        reading.sentiment = sentiment_of(weights, features, sums);
        if (reading.kind == MessageKind::chatter && gratitude >= yes) reading.kind = MessageKind::thanks;
        if (reading.kind == MessageKind::chatter && to_us && sureness(weights, sums, Head::complaint) >= yes)
            reading.kind = MessageKind::complaint;
        if (!reading.suspected_spam && (reading.has_link || has_long_number(text)) &&
            sureness(weights, sums, Head::spam) >= yes) {
            constexpr float of_spam = 0.3F;
            reading.suspected_spam = true;
            reading.needs_reply_score *= of_spam;
        }
        if ((context.direct || context.answers_team) && !reading.suspected_spam)
            reading.needs_reply_score = std::max(
                reading.needs_reply_score, asking_score(weights.asking, asking.signs_of(text, gratitude)));
        reading.needs_reply = reading.needs_reply_score >= yes;
    }

    SimpleReader simple;
    topics::Vocabulary vocabulary{};
    topics::KeyPhrases phrases{topics::shipped_weights(), &vocabulary};
    Asking asking{};
    std::mutex mutex{};
    std::vector<std::unique_ptr<Extractor>> idle{};
};

TrainedReader::TrainedReader(const std::vector<std::string>& brand_names,
                             const std::vector<std::string>& own_words)
    : inside_(std::make_unique<Inside>(brand_names, own_words)) {}
TrainedReader::~TrainedReader() = default;
TrainedReader::TrainedReader(TrainedReader&&) noexcept = default;
TrainedReader& TrainedReader::operator=(TrainedReader&&) noexcept = default;

Reading TrainedReader::read(std::string_view text, const ReadingContext& context) const {
    Reading reading = inside_->simple.read(text, context);
    if (reading.language == "en" || reading.language == "unknown") inside_->correct(reading, text, context);
    constexpr std::size_t most_topics = 5;
    reading.topics.clear();
    for (topics::Phrase& one : inside_->phrases.find(text, most_topics))
        reading.topics.push_back(std::move(one.text));
    return reading;
}

}  // namespace rapport::heads
