#pragma once

// How a part of the model changes: Adam (Kingma and Ba, 2015), for the rows that a batch has touched.

#include <vector>

#include "bot/links/model.hpp"

namespace rapport::links {

class Adam {
public:
    Adam(std::size_t rows, std::size_t first_word_row);

    /// The gradient of a row, to add to.
    Inner& row(std::size_t row);
    Inner bias{}, out{};

    /// A step along the gradients, which are zero again after it. Rows of words also shrink by `shrink` of
    /// the step, for many of them are seldom seen.
    void step(Part& part, float rate, float shrink);

private:
    struct Moments {
        Inner first{}, second{};
    };
    void move(Inner& weights, Inner& gradient, Moments& moments, float rate, float shrink) const;

    std::size_t first_word_row_;
    std::vector<Inner> gradients_;
    std::vector<Moments> moments_;
    std::vector<char> touched_;
    std::vector<std::size_t> touched_rows_;
    Moments bias_moments_, out_moments_;
    double first_power_ = 1, second_power_ = 1;
};

}  // namespace rapport::links
