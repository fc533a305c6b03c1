#pragma once

// One head: a weighted sum of buckets and traits.

#include <cstdint>
#include <span>
#include <vector>

#include "bot/heads/features.hpp"

namespace rapport::heads {

/// sum of `buckets` / sqrt(how many) + sum of `traits` * traits.
struct Linear {
    std::vector<float> buckets{};  ///< bucket_count.
    Traits traits{};
    float operator()(const Features& features) const;
};

struct LinearFit {
    double step = 0.15;
    int rounds = 4;
    double decay = 1e-6;
    bool number =
        false;  ///< Least squares for a number instead of logistic regression for yes (1) or no (0).
};

/// By stochastic gradient with steps of their own for each weight (Duchi, Hazan and Singer 2011).
/// `examples` and `wanted` have the same length. The same of both and of seed give the same head.
Linear fit_linear(std::span<const Features* const> examples, std::span<const float> wanted,
                  const LinearFit& fit, std::uint32_t seed);

}  // namespace rapport::heads
