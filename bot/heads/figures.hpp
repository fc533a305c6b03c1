#pragma once

// How good answers are.

#include <algorithm>
#include <span>
#include <vector>

namespace rapport::heads {

struct Counts {
    double right_yes = 0, false_yes = 0, missed = 0, right_no = 0;
    double precision() const { return right_yes / std::max(1.0, right_yes + false_yes); }
    double recall() const { return right_yes / std::max(1.0, right_yes + missed); }
    double f1() const { return 2 * right_yes / std::max(1.0, 2 * right_yes + false_yes + missed); }
    /// The mean of F1 for yes and for no.
    double macro_f1() const {
        return (f1() + 2 * right_no / std::max(1.0, 2 * right_no + false_yes + missed)) / 2;
    }
    /// Of all that are no, how many were said to be yes.
    double lost() const { return false_yes / std::max(1.0, false_yes + right_no); }
};

/// Yes is said from `least` on.
Counts counted_from(std::span<const float> scores, const std::vector<bool>& truth, float least);

/// The least score for yes with the best F1 among those that lose at most `most_lost` of what is no.
float best_least(std::span<const float> scores, const std::vector<bool>& truth, double most_lost = 1);

/// How often a yes has a higher score than a no; where they have the same, half (Mann and Whitney 1947).
double area_under_curve(std::span<const float> scores, const std::vector<bool>& truth);

/// Pearson's correlation.
double correlation(std::span<const float> a, std::span<const float> b);

/// Of -1, 0 and 1: the mean of F1 for each.
double macro_f1_of_three(std::span<const int> said, std::span<const int> truth);

}  // namespace rapport::heads
