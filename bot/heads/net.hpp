#pragma once

// A small network: one hidden layer beside a straight line from inputs to output.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rapport::heads {

/// Its output for x: line * x + sum over j of outer[j] * s(inner[j] * x), with s(a) = a / (1 + |a|).
struct Net {
    std::size_t inputs = 0;
    std::size_t hidden = 0;
    std::vector<float> inner{};  ///< hidden * inputs.
    std::vector<float> outer{};  ///< hidden.
    std::vector<float> line{};   ///< inputs.

    /// `x` has `inputs` numbers.
    float operator()(std::span<const float> x) const;
};

/// What a net is to say of one input.
struct NetExample {
    std::vector<float> x{};
    float wanted = 0;
    float weight = 1;
    /// 1: to say more than wanted is hardly wrong, -1: to say less, 0: both are as wrong.
    int open_end = 0;
};

struct NetFit {
    std::size_t hidden = 20;
    int rounds = 16;
    double step = 3e-3;
    double decay = 1e-4;
    double part = 0.85;  ///< Of the examples that it sees, each by chance.
};

/// Least squares in small lots, by Adam (Kingma and Ba 2015). The same examples and seed give the same net.
Net fit_net(std::span<const NetExample> examples, const NetFit& fit, std::uint32_t seed);

}  // namespace rapport::heads
