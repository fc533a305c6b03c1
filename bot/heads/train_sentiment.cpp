#include <fmt/format.h>

#include <random>

#include "bot/heads/chance.hpp"
#include "bot/heads/figures.hpp"
#include "bot/heads/train_parts.hpp"

namespace rapport::heads {

namespace {

enum class Source : std::uint8_t { tweets, reviews, technical };

/// What technical text is to be read as if it is glad or sad at all: far enough from neutral.
constexpr float technical_strength = 0.95F;
constexpr float tweet_weight = 1.5F, review_weight = 0.6F, technical_weight = 4;
constexpr std::size_t inner_folds = 4, net_count = 4;
constexpr LinearFit yes_fit{.step = 0.3, .rounds = 6, .decay = 1e-5};
constexpr LinearFit number_fit{.step = 0.3, .rounds = 6, .decay = 1e-5, .number = true};

/// One text with a sentiment.
struct Voice {
    const Features* features = nullptr;
    Source source = Source::tweets;
    float wanted = 0;
    int side = 0;  ///< Of technical text: -1, 0 or 1.
    Sums sums{};   ///< By heads that have not seen it, once they are known.
};

std::vector<Voice> voices_of(const Material& material) {
    std::vector<Voice> voices;
    voices.reserve(material.tweets.size() + material.reviews.size() + material.technical.size());
    for (const Example& one : material.tweets)
        voices.push_back({&one.features, Source::tweets, static_cast<float>(one.said.gold), 0, {}});
    for (const Example& one : material.reviews)
        voices.push_back({&one.features, Source::reviews, static_cast<float>(one.said.gold), 0, {}});
    for (const Example& one : material.technical) {
        const int side = one.said.label == "positive" ? 1 : one.said.label == "negative" ? -1 : 0;
        voices.push_back({&one.features, Source::technical, technical_strength * float(side), side, {}});
    }
    return voices;
}

/// Puts the heads that are learnt from `voices` into `weights`.
void put_heads(const std::vector<const Voice*>& voices, std::uint32_t seed, Weights& weights) {
    const auto learn_head = [&](Head which, const LinearFit& fit, const auto& sees, const auto& wants) {
        std::vector<const Features*> examples;
        std::vector<float> wanted;
        for (const Voice* one : voices) {
            if (!sees(*one)) continue;
            examples.push_back(one->features);
            wanted.push_back(wants(*one));
        }
        put(weights, which, fit_linear(examples, wanted, fit, seed));
    };
    const auto is_technical = [](const Voice& v) { return v.source == Source::technical; };
    learn_head(
        Head::mood, number_fit, [&](const Voice& v) { return !is_technical(v); },
        [](const Voice& v) { return v.wanted; });
    learn_head(Head::technical_glad, yes_fit, is_technical,
               [](const Voice& v) { return v.side > 0 ? 1.0F : 0.0F; });
    learn_head(Head::technical_sad, yes_fit, is_technical,
               [](const Voice& v) { return v.side < 0 ? 1.0F : 0.0F; });
    learn_head(
        Head::technical, yes_fit, [](const Voice&) { return true; },
        [&](const Voice& v) { return is_technical(v) ? 1.0F : 0.0F; });
}

std::vector<Net> nets_of(const std::vector<Voice*>& voices, std::uint32_t seed) {
    std::vector<NetExample> examples;
    for (const Voice* one : voices) {
        const auto input = sentiment_input(*one->features, one->sums);
        const float weight = one->source == Source::tweets    ? tweet_weight
                             : one->source == Source::reviews ? review_weight
                                                              : technical_weight;
        examples.push_back({{input.begin(), input.end()}, one->wanted, weight, one->side});
    }
    std::vector<Net> all;
    all.reserve(net_count);
    for (std::size_t i = 0; i < net_count; ++i)
        all.push_back(fit_net(examples, NetFit{}, seed * 100 + static_cast<std::uint32_t>(i)));
    return all;
}

/// Heads and nets from `voices`, into `weights`. The nets learn from sums that heads gave which had not seen
/// the voice.
void fit_sentiment(std::vector<Voice*> voices, std::uint32_t seed, std::mt19937& random, Weights& weights) {
    const auto fold = deal(voices.size(), inner_folds, random);
    for (std::size_t held = 0; held < inner_folds; ++held) {
        std::vector<const Voice*> rest;
        for (std::size_t i = 0; i < voices.size(); ++i)
            if (fold[i] != held) rest.push_back(voices[i]);
        put_heads(rest, seed, weights);
        for (std::size_t i = 0; i < voices.size(); ++i)
            if (fold[i] == held) voices[i]->sums = sums_of(weights, *voices[i]->features);
    }
    put_heads({voices.begin(), voices.end()}, seed, weights);
    weights.sentiment = nets_of(voices, seed);
}

std::vector<Figure> sentiment_figures(const std::vector<Voice>& voices, const std::vector<float>& said) {
    std::vector<Figure> figures;
    for (const auto& [source, name] :
         {std::pair{Source::tweets, "tweets"}, std::pair{Source::reviews, "reviews"}}) {
        std::vector<float> found, gold;
        for (std::size_t i = 0; i < voices.size(); ++i) {
            if (voices[i].source != source) continue;
            found.push_back(said[i]);
            gold.push_back(voices[i].wanted);
        }
        figures.push_back({"sentiment", name, fmt::format("Pearson r {:.4f}", correlation(found, gold))});
    }
    std::vector<int> found, truth;
    double right = 0;
    for (std::size_t i = 0; i < voices.size(); ++i) {
        if (voices[i].source != Source::technical) continue;
        found.push_back(said[i] > neutral_until ? 1 : said[i] < -neutral_until ? -1 : 0);
        truth.push_back(voices[i].side);
        right += found.back() == truth.back() ? 1 : 0;
    }
    figures.push_back({"sentiment", "technical",
                       fmt::format("macro F1 {:.4f}, accuracy {:.4f} (neutral within {} of 0)",
                                   macro_f1_of_three(found, truth),
                                   right / double(std::max<std::size_t>(1, found.size())), neutral_until)});
    return figures;
}

}  // namespace

void learn_sentiment(const Material& material, std::uint32_t seed, Learnt& into) {
    std::vector<Voice> voices = voices_of(material);
    std::mt19937 random{seed};
    const auto fold = deal(voices.size(), fold_count, random);
    std::vector<float> said(voices.size());
    Weights trial = into.weights;
    for (std::size_t held = 0; held < fold_count; ++held) {
        std::vector<Voice*> rest;
        for (std::size_t i = 0; i < voices.size(); ++i)
            if (fold[i] != held) rest.push_back(&voices[i]);
        fit_sentiment(rest, seed, random, trial);
        for (std::size_t i = 0; i < voices.size(); ++i)
            if (fold[i] == held)
                said[i] = sentiment_of(trial, *voices[i].features, sums_of(trial, *voices[i].features));
    }
    for (Figure& one : sentiment_figures(voices, said)) into.figures.push_back(std::move(one));
    std::vector<Voice*> all;
    all.reserve(voices.size());
    for (Voice& one : voices) all.push_back(&one);
    fit_sentiment(all, seed, random, into.weights);
}

}  // namespace rapport::heads
