#pragma once

// Chance that is the same with every standard library.

#include <cstddef>
#include <random>
#include <utility>
#include <vector>

namespace rapport::topics {

/// Not std::shuffle, whose order no standard names.
template <class T>
void shuffle(std::vector<T>& order, std::mt19937& random) {
    for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
}

/// From 0 up to 1.
inline double fraction(std::mt19937& random) {
    constexpr double all = 4294967296.0;
    return double(random()) / all;
}

}  // namespace rapport::topics
