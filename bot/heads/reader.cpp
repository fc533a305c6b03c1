#include "bot/heads/reader.hpp"

namespace rapport::heads {

namespace {

bool is(const Signs& signs, Sign sign) {
    return signs[static_cast<std::size_t>(sign)] != 0;
}

}  // namespace

MessageReader::MessageReader(const Weights& weights) : weights_(weights), simple_({}) {}

FullReading MessageReader::read(const Said& said) {
    Reading simple = simple_.read(said.text, {});
    extractor_.extract(said.text, features_);
    const Sums sums = sums_of(weights_, features_);
    constexpr float yes = 0.5F;
    const float gratitude = sureness(weights_, sums, Head::gratitude);

    FullReading result;
    result.gratitude = gratitude >= yes;
    result.complaint = sureness(weights_, sums, Head::complaint) >= yes;
    result.spam_score = sureness(weights_, sums, Head::spam);
    result.spam = result.spam_score >= yes;
    result.sentiment = sentiment_of(weights_, features_, sums);
    result.kind = simple.kind;
    if (simple.kind == MessageKind::chatter && result.gratitude) result.kind = MessageKind::thanks;

    const Signs signs = asking_.signs_of(said.text, gratitude);
    const bool asks = is(signs, Sign::question_mark) || is(signs, Sign::asks);
    const bool closes = !asks && (is(signs, Sign::thanks) || is(signs, Sign::settles) ||
                                  is(signs, Sign::no_words) || is(signs, Sign::says_little));
    const Standing standing = company_.hear(said.channel, said.author, said.text, asks);
    result.needs_reply_score = weighed(asking_score(weights_.asking, signs), standing, asks, closes);
    result.needs_reply = result.needs_reply_score >= yes;
    result.language = std::move(simple.language);
    constexpr std::size_t most_phrases = 5;
    usage_.add(said.text);
    for (topics::Phrase& one : phrases_.find(said.text, most_phrases, &usage_))
        result.topics.push_back(std::move(one.text));
    return result;
}

}  // namespace rapport::heads
