#include "bot/topics/classifier.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "bot/reading/scan.hpp"
#include "bot/topics/chance.hpp"
#include "bot/topics/terms.hpp"

namespace rapport::topics {

namespace {

constexpr std::uint32_t left_out = std::numeric_limits<std::uint32_t>::max();

/// Kinds of features: two of different kinds are never the same one.
enum Kind : std::uint64_t { word = 1, stem, neighbours, near, letters };

std::uint64_t feature(Kind kind, std::uint64_t a, std::uint64_t b = 0) {
    return joined(joined(kind, a), b);
}

using Counts = std::unordered_map<std::uint64_t, std::uint32_t>;

/// Each feature of a text and how often it has it.
Counts counts_of(std::string_view text) {
    constexpr std::size_t reach = 4, shortest_run = 3, longest_run = 5;
    Counts counts;
    const Terms terms = terms_of(text);
    std::string marked;
    for (std::size_t i = 0; i < terms.all.size(); ++i) {
        const Term& term = terms.all[i];
        ++counts[feature(word, term.word)];
        ++counts[feature(stem, term.stem)];
        for (std::size_t k = i + 1; k < std::min(terms.all.size(), i + reach); ++k)
            ++counts[feature(k == i + 1 ? neighbours : near, term.stem, terms.all[k].stem)];
        marked.assign(1, '<').append(terms.folded_of(term)).append(1, '>');
        const std::string_view run{marked};
        for (std::size_t size = shortest_run; size <= longest_run; ++size)
            for (std::size_t at = 0; at + size <= run.size(); ++at)
                ++counts[feature(letters, reading::word_hash(run.substr(at, size)))];
    }
    return counts;
}

/// A weight with the sum of its squared gradients.
struct Steps {
    std::vector<float> weights, squares;
    explicit Steps(std::size_t size) : weights(size), squares(size, 1e-3F) {}
    void take(std::size_t at, float gradient) {
        constexpr float step = 0.5F;
        squares[at] += gradient * gradient;
        weights[at] -= step * gradient / std::sqrt(squares[at]);
    }
};

}  // namespace

Classifier::Classifier(std::span<const Example> examples, std::uint32_t seed, double least_score)
    : least_score_(least_score) {
    std::unordered_map<std::string_view, std::uint32_t> known;
    std::vector<std::uint32_t> topic;
    for (const Example& example : examples) {
        if (!known.contains(example.topic) && topics_.size() < most_topics) {
            known.emplace(example.topic, std::uint32_t(topics_.size()));
            topics_.push_back(example.topic);
        }
        const auto found = known.find(example.topic);
        topic.push_back(found == known.end() ? left_out : found->second);
    }
    count(examples, topic);
    std::vector<Features> texts;
    texts.reserve(examples.size());
    for (const Example& example : examples) texts.push_back(features_of(example.text));
    learn(texts, topic, seed);
}

/// Numbers the features; how rare they are, and what naive Bayes makes of each.
void Classifier::count(std::span<const Example> examples, const std::vector<std::uint32_t>& topic) {
    const std::size_t all = topics_.size();
    std::vector<float> counts;
    std::vector<double> totals(all);
    double texts = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        if (topic[i] == left_out) continue;
        ++texts;
        for (const auto& [hash, times] : counts_of(examples[i].text)) {
            if (index_.size() >= most_features && !index_.contains(hash)) continue;
            const auto [at, added] = index_.emplace(hash, std::uint32_t(index_.size()));
            if (added) counts.resize(counts.size() + all);
            ++counts[at->second * all + topic[i]];
            ++totals[topic[i]];
        }
    }
    constexpr double smoothing = 0.3, share = 0.3;
    const double sum = std::accumulate(totals.begin(), totals.end(), 0.0),
                 more = smoothing * double(index_.size());
    rarity_.resize(index_.size());
    weights_.resize(counts.size());
    for (std::size_t f = 0; f < index_.size(); ++f) {
        double of_all = 0;
        for (std::size_t k = 0; k < all; ++k) of_all += double(counts[f * all + k]);
        rarity_[f] = float(std::log(1 + texts / of_all));
        for (std::size_t k = 0; k < all; ++k) {
            const double here = double(counts[f * all + k]);
            const double inside = (here + smoothing) / (totals[k] + more);
            const double outside = (of_all - here + smoothing) / (sum - totals[k] + more);
            weights_[f * all + k] = float(share * std::log(inside / outside));
        }
    }
}

Classifier::Features Classifier::features_of(std::string_view text) const {
    Features features;
    double squares = 0;
    for (const auto& [hash, times] : counts_of(text)) {
        const auto found = index_.find(hash);
        if (found == index_.end()) continue;
        const float value = std::sqrt(float(times)) * rarity_[found->second];
        squares += double(value) * double(value);
        features.push_back({found->second, value});
    }
    // In one order, whatever order the table has: sums of floats depend on it.
    std::sort(features.begin(), features.end(),
              [](const Feature& a, const Feature& b) { return a.index < b.index; });
    const float length = float(std::sqrt(squares));
    for (Feature& one : features) one.value /= length;
    return features;
}

void Classifier::learn(const std::vector<Features>& texts, const std::vector<std::uint32_t>& topic,
                       std::uint32_t seed) {
    constexpr int rounds = 12;
    constexpr double sure_enough = 1e-3;
    const std::size_t all = topics_.size();
    Steps steps{weights_.size()};
    std::mt19937 random{seed};
    std::vector<std::size_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0);
    std::vector<double> sum(all);
    for (int round = 0; round < rounds; ++round) {
        shuffle(order, random);
        for (const std::size_t i : order) {
            if (topic[i] == left_out) continue;
            std::fill(sum.begin(), sum.end(), 0);
            for (const Feature& one : texts[i])
                for (std::size_t k = 0; k < all; ++k)
                    sum[k] += double(steps.weights[one.index * all + k]) * double(one.value);
            for (std::size_t k = 0; k < all; ++k) {
                const double wrong = 1 / (1 + std::exp(-sum[k])) - (topic[i] == k ? 1 : 0);
                if (std::abs(wrong) < sure_enough) continue;
                for (const Feature& one : texts[i]) steps.take(one.index * all + k, float(wrong) * one.value);
            }
        }
    }
    for (std::size_t i = 0; i < weights_.size(); ++i) weights_[i] += steps.weights[i];
}

std::vector<double> Classifier::sums(const Features& features) const {
    std::vector<double> sum(topics_.size());
    for (const Feature& one : features)
        for (std::size_t k = 0; k < sum.size(); ++k)
            sum[k] += double(weights_[one.index * sum.size() + k]) * double(one.value);
    return sum;
}

Prediction Classifier::predict(std::string_view text) const {
    const Features features = features_of(text);
    if (features.empty() || topics_.empty()) return {};
    const std::vector<double> sum = sums(features);
    const std::size_t best = std::size_t(std::max_element(sum.begin(), sum.end()) - sum.begin());
    double others = 0;
    for (const double one : sum) others += std::exp(one - sum[best]);
    const double score = 1 / others;
    if (score < least_score_) return {{}, score};
    return {topics_[best], score};
}

}  // namespace rapport::topics
