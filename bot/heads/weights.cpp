#include "bot/heads/weights.hpp"

#include <algorithm>
#include <cmath>

namespace rapport::heads {

namespace {

constexpr std::array<std::string_view, head_count> head_names{
    "gratitude", "complaint", "pleased", "spam", "mood", "technical_glad", "technical_sad", "technical"};

}  // namespace

std::string_view name_of(Head head) noexcept {
    return head_names[static_cast<std::size_t>(head)];
}

std::array<float, sentiment_inputs> sentiment_input(const Features& features, const Sums& sums) {
    std::array<float, sentiment_inputs> input{};
    std::copy(features.traits.begin(), features.traits.end(), input.begin());
    for (std::size_t i = 0; i < head_count; ++i) input[trait_count + i] = sums[i] / 3;
    return input;
}

Sums sums_of(const Weights& weights, const Features& features) {
    std::array<std::int32_t, head_count> whole{};
    for (const std::uint32_t bucket : features.buckets) {
        const auto& row = weights.rows[bucket];
        for (std::size_t i = 0; i < head_count; ++i) whole[i] += row[i];
    }
    const float root = std::sqrt(static_cast<float>(std::max<std::size_t>(1, features.buckets.size())));
    Sums sums{};
    for (std::size_t i = 0; i < head_count; ++i) {
        sums[i] = static_cast<float>(whole[i]) * weights.units[i] / root;
        for (std::size_t k = 0; k < trait_count; ++k) sums[i] += weights.traits[i][k] * features.traits[k];
    }
    return sums;
}

float sureness(const Weights& weights, const Sums& sums, Head which) {
    const auto at = static_cast<std::size_t>(which);
    return 1 / (1 + std::exp(weights.least[at] - sums[at]));
}

float sentiment_of(const Weights& weights, const Features& features, const Sums& sums) {
    const auto input = sentiment_input(features, sums);
    float all = 0;
    for (const Net& net : weights.sentiment) all += net(input);
    return std::clamp(all / static_cast<float>(weights.sentiment.size()), -4.0F, 4.0F);
}

void put(Weights& weights, Head which, const Linear& head) {
    constexpr float most = 127;
    const auto at = static_cast<std::size_t>(which);
    float largest = 0;
    for (const float weight : head.buckets) largest = std::max(largest, std::abs(weight));
    const float unit = largest > 0 ? largest / most : 1;
    weights.rows.resize(bucket_count);
    for (std::size_t i = 0; i < bucket_count; ++i)
        weights.rows[i][at] = static_cast<std::int8_t>(std::lround(head.buckets[i] / unit));
    weights.units[at] = unit;
    weights.traits[at] = head.traits;
}

}  // namespace rapport::heads
