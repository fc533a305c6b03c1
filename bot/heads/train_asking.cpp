#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "bot/heads/chance.hpp"
#include "bot/heads/figures.hpp"
#include "bot/heads/train_parts.hpp"

namespace rapport::heads {

namespace {

constexpr std::uint32_t trials = 3;
constexpr float waits_from = 0.5F;

/// F1 and recall on folds that were not seen.
Counts counts_of_folds(const std::vector<Signs>& signs, const std::vector<float>& asked,
                       const std::vector<bool>& truth, std::uint32_t seed) {
    std::mt19937 random{seed};
    const auto fold = deal(signs.size(), fold_count, random);
    std::vector<float> scores(signs.size());
    for (std::size_t held = 0; held < fold_count; ++held) {
        std::vector<Signs> rest;
        std::vector<float> rest_asked;
        for (std::size_t i = 0; i < signs.size(); ++i) {
            if (fold[i] == held) continue;
            rest.push_back(signs[i]);
            rest_asked.push_back(asked[i]);
        }
        const AskingWeights weights = fit_asking(rest, rest_asked);
        for (std::size_t i = 0; i < signs.size(); ++i)
            if (fold[i] == held) scores[i] = asking_score(weights, signs[i]);
    }
    return counted_from(scores, truth, waits_from);
}

}  // namespace

void learn_asking(const Material& material, std::uint32_t seed, Learnt& into) {
    const Asking asking;
    std::vector<Signs> signs;
    std::vector<float> asked;
    std::vector<bool> truth;
    for (const Example& one : material.support) {
        const Sums sums = sums_of(into.weights, one.features);
        signs.push_back(asking.signs_of(one.said.text, sureness(into.weights, sums, Head::gratitude)));
        asked.push_back(one.said.yes ? 1.0F : 0.0F);
        truth.push_back(one.said.yes);
    }
    std::string each;
    double f1 = 0, recall = 0;
    for (std::uint32_t i = 0; i < trials; ++i) {
        const Counts counts = counts_of_folds(signs, asked, truth, seed + i);
        f1 += counts.f1() / trials;
        recall += counts.recall() / trials;
        each += fmt::format("{}{:.4f}", i == 0 ? "" : ", ", counts.f1());
    }
    into.figures.push_back(
        {"needs reply", "support channel",
         fmt::format("F1 {:.4f} ({}), recall {:.4f}, mean of {} deals", f1, each, recall, trials)});
    into.weights.asking = fit_asking(signs, asked);
}

}  // namespace rapport::heads
