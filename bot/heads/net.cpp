#include "bot/heads/net.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "bot/heads/chance.hpp"

namespace rapport::heads {

namespace {

constexpr std::size_t lot = 32;
/// How much an error at an open end counts.
constexpr float open_end_share = 0.1F;

/// The weights of a net with what Adam remembers of each.
class NetSteps {
public:
    explicit NetSteps(std::vector<float>& weights, double decay)
        : weights_(weights),
          decay_(static_cast<float>(decay)),
          mean_(weights.size()),
          square_(weights.size()) {}

    void take(std::span<const float> gradient, double step, double mean_scale, double square_scale) {
        for (std::size_t i = 0; i < gradient.size(); ++i) {
            const float slope = gradient[i] + decay_ * weights_[i];
            float& mean = mean_[i];
            float& square = square_[i];
            mean = 0.9F * mean + 0.1F * slope;
            square = 0.999F * square + 0.001F * slope * slope;
            weights_[i] -=
                static_cast<float>(step * (mean * mean_scale) / (std::sqrt(square * square_scale) + 1e-8));
        }
    }

private:
    std::vector<float>& weights_;
    float decay_;
    std::vector<float> mean_;
    std::vector<float> square_;
};

/// Adds the gradient of one example's error.
void add_gradient(const Net& net, const NetExample& one, std::vector<float>& inner, std::vector<float>& outer,
                  std::vector<float>& line) {
    std::vector<float> sums(net.hidden);
    float said = 0;
    for (std::size_t i = 0; i < net.inputs; ++i) said += net.line[i] * one.x[i];
    for (std::size_t j = 0; j < net.hidden; ++j) {
        const float* weights = net.inner.data() + j * net.inputs;
        for (std::size_t i = 0; i < net.inputs; ++i) sums[j] += weights[i] * one.x[i];
        said += net.outer[j] * sums[j] / (1 + std::abs(sums[j]));
    }
    float error = said - one.wanted;
    if (static_cast<float>(one.open_end) * error > 0) error *= open_end_share;
    error *= one.weight / lot;
    for (std::size_t j = 0; j < net.hidden; ++j) {
        const float below = 1 + std::abs(sums[j]);
        outer[j] += error * sums[j] / below;
        const float slope = error * net.outer[j] / (below * below);
        for (std::size_t i = 0; i < net.inputs; ++i) inner[j * net.inputs + i] += slope * one.x[i];
    }
    for (std::size_t i = 0; i < net.inputs; ++i) line[i] += error * one.x[i];
}

}  // namespace

float Net::operator()(std::span<const float> x) const {
    float said = 0;
    for (std::size_t i = 0; i < inputs; ++i) said += line[i] * x[i];
    for (std::size_t j = 0; j < hidden; ++j) {
        const float* weights = inner.data() + j * inputs;
        float sum = 0;
        for (std::size_t i = 0; i < inputs; ++i) sum += weights[i] * x[i];
        said += outer[j] * sum / (1 + std::abs(sum));
    }
    return said;
}

Net fit_net(std::span<const NetExample> examples, const NetFit& fit, std::uint32_t seed) {
    Net net;
    if (examples.empty()) return net;
    std::mt19937 random{seed};
    net.inputs = examples.front().x.size();
    net.hidden = fit.hidden;
    for (std::size_t i = 0; i < net.hidden * net.inputs; ++i)
        net.inner.push_back(static_cast<float>(bell(random) / std::sqrt(double(net.inputs))));
    for (std::size_t j = 0; j < net.hidden; ++j) net.outer.push_back(static_cast<float>(0.3 * bell(random)));
    net.line.assign(net.inputs, 0);

    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < examples.size(); ++i)
        if (even(random) < fit.part) order.push_back(i);
    NetSteps inner_steps{net.inner, fit.decay}, outer_steps{net.outer, fit.decay},
        line_steps{net.line, fit.decay};
    std::vector<float> inner, outer, line;
    double mean_left = 1, square_left = 1;
    for (int round = 0; round < fit.rounds; ++round) {
        shuffle(order, random);
        const double step = fit.step * (1 - double(round) / fit.rounds);
        for (std::size_t begin = 0; begin < order.size(); begin += lot) {
            inner.assign(net.inner.size(), 0);
            outer.assign(net.hidden, 0);
            line.assign(net.inputs, 0);
            for (std::size_t i = begin; i < std::min(order.size(), begin + lot); ++i)
                add_gradient(net, examples[order[i]], inner, outer, line);
            mean_left *= 0.9;
            square_left *= 0.999;
            const double mean_scale = 1 / (1 - mean_left), square_scale = 1 / (1 - square_left);
            inner_steps.take(inner, step, mean_scale, square_scale);
            outer_steps.take(outer, step, mean_scale, square_scale);
            line_steps.take(line, step, mean_scale, square_scale);
        }
    }
    return net;
}

}  // namespace rapport::heads
