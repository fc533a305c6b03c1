#include "bot/identities/train.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace rapport::identities {

namespace {

constexpr int rounds = 30;
constexpr double first_step = 0.3, decay = 1e-5;
/// Surer than this there is nothing to learn.
constexpr double sure_enough = 1e-3;

/// Not std::shuffle, whose order no standard names.
void shuffle(std::vector<std::size_t>& order, std::mt19937& random) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
}

bool is_link(const Pair& pair, const Links& links) {
    return links.contains({pair.a, pair.b});
}

/// One weight, with the sum of its squared gradients.
struct Step {
    double squares = 1e-6;
    void take(double& weight, double gradient) {
        squares += gradient * gradient;
        weight -= first_step * gradient / std::sqrt(squares);
    }
};

/// Each account's person: the smallest index that links lead to.
std::vector<std::size_t> persons(std::size_t accounts, const Links& links) {
    std::vector<std::size_t> person(accounts);
    std::iota(person.begin(), person.end(), 0);
    const auto find = [&](std::size_t i) {
        while (person[i] != i) i = person[i] = person[person[i]];
        return i;
    };
    for (const auto& [a, b] : links) {
        const std::size_t one = find(a), other = find(b);
        person[std::max(one, other)] = std::min(one, other);
    }
    for (std::size_t i = 0; i < accounts; ++i) person[i] = find(i);
    return person;
}

}  // namespace

Weights train(std::span<const Pair> pairs, const Links& links, std::uint32_t seed) {
    Weights weights;
    weights.bias = -3;  // few pairs are one person's
    std::array<Step, trait_count> steps{};
    Step bias_step;
    std::mt19937 random{seed};
    std::vector<std::size_t> order(pairs.size());
    std::iota(order.begin(), order.end(), 0);
    for (int round = 0; round < rounds; ++round) {
        shuffle(order, random);
        for (const std::size_t i : order) {
            const Traits& traits = pairs[i].traits;
            const double wrong = confidence(weights, traits) - (is_link(pairs[i], links) ? 1 : 0);
            if (std::abs(wrong) < sure_enough) continue;
            bias_step.take(weights.bias, wrong);
            for (std::size_t k = 0; k < trait_count; ++k)
                if (traits[k] != 0)
                    steps[k].take(weights.traits[k], wrong * traits[k] + decay * weights.traits[k]);
        }
    }
    return weights;
}

std::vector<Validation> cross_validate(std::span<const Account> accounts, std::span<const Pair> pairs,
                                       const Links& links, std::size_t folds, std::uint32_t seed,
                                       std::span<const double> least) {
    std::mt19937 random{seed};
    const std::vector<std::size_t> person = persons(accounts.size(), links);
    std::vector<std::size_t> fold(accounts.size());
    for (std::size_t i = 0; i < accounts.size(); ++i)
        fold[i] = person[i] == i ? random() % folds : fold[person[i]];
    // A pair of two folds is judged in the first of them, by weights that have seen neither account.
    std::vector<Validation> results;
    for (const double one : least) results.push_back({one, 0, 0, links.size()});
    std::vector<double> judged(pairs.size());
    for (std::size_t held = 0; held < folds; ++held) {
        for (std::size_t other = held; other < folds; ++other) {
            const auto is_out = [&](const Pair& pair) {
                const auto& [low, high] = std::minmax(fold[pair.a], fold[pair.b]);
                return low == held && high == other;
            };
            std::vector<Pair> seen;
            for (const Pair& pair : pairs) {
                const auto touches = [&](std::size_t i) { return fold[i] == held || fold[i] == other; };
                if (!touches(pair.a) && !touches(pair.b)) seen.push_back(pair);
            }
            const Weights weights = train(seen, links, seed);
            for (std::size_t i = 0; i < pairs.size(); ++i)
                if (is_out(pairs[i])) judged[i] = confidence(weights, pairs[i].traits);
        }
    }
    for (const Suggestion& one : choose(pairs, accounts, judged, 0))
        for (Validation& result : results) {
            if (one.confidence < result.least_confidence) continue;
            ++result.suggested;
            result.right += links.contains({one.a, one.b}) ? 1 : 0;
        }
    return results;
}

}  // namespace rapport::identities
