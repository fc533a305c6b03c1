#include "bot/heads/linear.hpp"

#include <cmath>
#include <numeric>

#include "bot/heads/chance.hpp"

namespace rapport::heads {

namespace {

constexpr float trait_decay = 1e-4F, least_square = 1e-3F;
/// Traits are few and often there: their steps are shorter.
constexpr double trait_share = 0.3;

float root_of(const Features& features) {
    return std::sqrt(static_cast<float>(std::max<std::size_t>(1, features.buckets.size())));
}

}  // namespace

float Linear::operator()(const Features& features) const {
    float sum = 0;
    for (const std::uint32_t bucket : features.buckets) sum += buckets[bucket];
    sum /= root_of(features);
    for (std::size_t i = 0; i < trait_count; ++i) sum += traits[i] * features.traits[i];
    return sum;
}

Linear fit_linear(std::span<const Features* const> examples, std::span<const float> wanted,
                  const LinearFit& fit, std::uint32_t seed) {
    Linear head;
    head.buckets.assign(bucket_count, 0);
    std::vector<float> squares(bucket_count, least_square);
    Traits trait_squares{};
    trait_squares.fill(least_square);
    std::mt19937 random{seed};
    std::vector<std::size_t> order(examples.size());
    std::iota(order.begin(), order.end(), 0);
    const auto step = static_cast<float>(fit.step), trait_step = static_cast<float>(fit.step * trait_share);
    const auto decay = static_cast<float>(fit.decay);
    for (int round = 0; round < fit.rounds; ++round) {
        shuffle(order, random);
        for (const std::size_t i : order) {
            const Features& features = *examples[i];
            const float sum = head(features);
            const float wrong = (fit.number ? sum : 1 / (1 + std::exp(-sum))) - wanted[i];
            const float share = wrong / root_of(features);
            for (const std::uint32_t bucket : features.buckets) {
                float& weight = head.buckets[bucket];
                const float slope = share + decay * weight;
                squares[bucket] += slope * slope;
                weight -= step * slope / std::sqrt(squares[bucket]);
            }
            for (std::size_t k = 0; k < trait_count; ++k) {
                const float slope = wrong * features.traits[k] + trait_decay * head.traits[k];
                trait_squares[k] += slope * slope;
                head.traits[k] -= trait_step * slope / std::sqrt(trait_squares[k]);
            }
        }
    }
    return head;
}

}  // namespace rapport::heads
