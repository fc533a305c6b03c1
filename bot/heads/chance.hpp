#pragma once

// Chance that is the same everywhere: the standard's own distributions and std::shuffle differ between
// libraries.

#include <cstddef>
#include <random>
#include <utility>
#include <vector>

namespace rapport::heads {

inline void shuffle(std::vector<std::size_t>& order, std::mt19937& random) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
}

/// Between 0 and 1.
inline double even(std::mt19937& random) {
    return double(random()) / 4294967296.0;
}

/// Near enough to a normal distribution with mean 0 and deviation 1.
inline double bell(std::mt19937& random) {
    double sum = 0;
    for (int i = 0; i < 12; ++i) sum += even(random);
    return sum - 6;
}

/// For each of `count` examples one of `folds`.
inline std::vector<std::size_t> deal(std::size_t count, std::size_t folds, std::mt19937& random) {
    std::vector<std::size_t> fold(count);
    for (std::size_t& one : fold) one = random() % folds;
    return fold;
}

}  // namespace rapport::heads
