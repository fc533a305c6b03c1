#include "bot/heads/figures.hpp"

#include <cmath>
#include <limits>
#include <numeric>

namespace rapport::heads {

namespace {

std::vector<std::size_t> falling(std::span<const float> scores) {
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    return order;
}

}  // namespace

Counts counted_from(std::span<const float> scores, const std::vector<bool>& truth, float least) {
    Counts counts;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const bool yes = scores[i] >= least;
        (yes        ? truth[i] ? counts.right_yes : counts.false_yes
         : truth[i] ? counts.missed
                    : counts.right_no) += 1;
    }
    return counts;
}

float best_least(std::span<const float> scores, const std::vector<bool>& truth, double most_lost) {
    Counts counts;
    for (const bool yes : truth) (yes ? counts.missed : counts.right_no) += 1;
    const auto order = falling(scores);
    double best = -1;
    float least = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool yes = truth[order[i]];
        (yes ? counts.right_yes : counts.false_yes) += 1;
        (yes ? counts.missed : counts.right_no) -= 1;
        const bool last = i + 1 == order.size();
        if (!last && scores[order[i]] == scores[order[i + 1]]) continue;
        if (counts.lost() > most_lost) break;
        if (counts.f1() <= best) continue;
        best = counts.f1();
        least = last ? scores[order[i]] : (scores[order[i]] + scores[order[i + 1]]) / 2;
    }
    return least;
}

double area_under_curve(std::span<const float> scores, const std::vector<bool>& truth) {
    const auto order = falling(scores);
    double above = 0, yes = 0;
    for (std::size_t i = 0; i < order.size();) {
        double yes_here = 0, no_here = 0;
        for (const float score = scores[order[i]]; i < order.size() && scores[order[i]] == score; ++i)
            ++(truth[order[i]] ? yes_here : no_here);
        above += no_here * (yes + yes_here / 2);
        yes += yes_here;
    }
    const double no = double(scores.size()) - yes;
    return yes == 0 || no == 0 ? 0 : above / (yes * no);
}

double correlation(std::span<const float> a, std::span<const float> b) {
    const auto size = double(a.size());
    const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / size;
    const double mean_b = std::accumulate(b.begin(), b.end(), 0.0) / size;
    double both = 0, only_a = 0, only_b = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        both += (a[i] - mean_a) * (b[i] - mean_b);
        only_a += (a[i] - mean_a) * (a[i] - mean_a);
        only_b += (b[i] - mean_b) * (b[i] - mean_b);
    }
    return both / std::max(std::numeric_limits<double>::min(), std::sqrt(only_a * only_b));
}

double macro_f1_of_three(std::span<const int> said, std::span<const int> truth) {
    double sum = 0;
    for (const int which : {-1, 0, 1}) {
        double right = 0, all = 0;
        for (std::size_t i = 0; i < said.size(); ++i) {
            right += said[i] == which && truth[i] == which ? 1 : 0;
            all += (said[i] == which ? 1 : 0) + (truth[i] == which ? 1 : 0);
        }
        sum += 2 * right / std::max(1.0, all);
    }
    return sum / 3;
}

}  // namespace rapport::heads
