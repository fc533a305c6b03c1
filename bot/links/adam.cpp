#include "bot/links/adam.hpp"

#include <cmath>

namespace rapport::links {

namespace {

constexpr float first_decay = 0.9F, second_decay = 0.999F, tiny = 1e-8F;

}  // namespace

Adam::Adam(std::size_t rows, std::size_t first_word_row)
    : first_word_row_(first_word_row), gradients_(rows), moments_(rows), touched_(rows) {}

Inner& Adam::row(std::size_t row) {
    if (touched_[row] == 0) {
        touched_[row] = 1;
        touched_rows_.push_back(row);
    }
    return gradients_[row];
}

void Adam::move(Inner& weights, Inner& gradient, Moments& moments, float rate, float shrink) const {
    const float first_scale = float(1 / (1 - first_power_)), second_scale = float(1 / (1 - second_power_));
    for (std::size_t i = 0; i < width; ++i) {
        const float g = gradient[i];
        float& first = moments.first[i];
        float& second = moments.second[i];
        first = first_decay * first + (1 - first_decay) * g;
        second = second_decay * second + (1 - second_decay) * g * g;
        weights[i] -=
            rate * (first * first_scale / (std::sqrt(second * second_scale) + tiny) + shrink * weights[i]);
        gradient[i] = 0;
    }
}

void Adam::step(Part& part, float rate, float shrink) {
    first_power_ *= double(first_decay);
    second_power_ *= double(second_decay);
    for (const std::size_t row : touched_rows_) {
        touched_[row] = 0;
        move(part.rows[row], gradients_[row], moments_[row], rate, row < first_word_row_ ? 0 : shrink);
    }
    touched_rows_.clear();
    move(part.bias, bias, bias_moments_, rate, 0);
    out[width - 1] = 0;  // The last number goes on as it is.
    move(part.out, out, out_moments_, rate, 0);
}

}  // namespace rapport::links
