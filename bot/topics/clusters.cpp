#include "bot/topics/clusters.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "bot/topics/chance.hpp"
#include "bot/topics/rows.hpp"

namespace rapport::topics {

namespace {

using Matrix = std::vector<std::vector<float>>;
using Groups = std::vector<std::size_t>;

double along(const std::vector<float>& a, const std::vector<float>& b) {
    float sum = 0;
    for (std::size_t q = 0; q < a.size(); ++q) sum += a[q] * b[q];
    return double(sum);
}

/// Centres far from one another: each is a text, the likelier the farther it is from those before.
Matrix far_apart(const Matrix& texts, std::size_t count, std::mt19937& random) {
    Matrix centres{texts[random() % texts.size()]};
    std::vector<double> distance(texts.size(), 2);
    while (centres.size() < count) {
        double total = 0;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            distance[i] = std::min(distance[i], std::max(0.0, 1 - along(texts[i], centres.back())));
            total += distance[i] * distance[i];
        }
        double left = fraction(random) * total;
        std::size_t chosen = 0;
        while (chosen + 1 < texts.size() && (left -= distance[chosen] * distance[chosen]) > 0) ++chosen;
        centres.push_back(texts[chosen]);
    }
    return centres;
}

/// Puts each text to its nearest centre; whether any changed.
bool assign(const Matrix& texts, const Matrix& centres, Groups& groups) {
    bool changed = false;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        std::size_t best = 0;
        double most = -2;
        for (std::size_t k = 0; k < centres.size(); ++k)
            if (const double near = along(texts[i], centres[k]); near > most) {
                most = near;
                best = k;
            }
        changed = changed || groups[i] != best;
        groups[i] = best;
    }
    return changed;
}

/// Moves each centre into the middle of its texts; one without texts stays.
void move_centres(const Matrix& texts, const Groups& groups, Matrix& centres) {
    Matrix sums(centres.size(), std::vector<float>(centres.front().size()));
    for (std::size_t i = 0; i < texts.size(); ++i)
        for (std::size_t q = 0; q < texts[i].size(); ++q) sums[groups[i]][q] += texts[i][q];
    for (std::size_t k = 0; k < centres.size(); ++k) {
        const double length = std::sqrt(along(sums[k], sums[k]));
        if (length <= 0) continue;
        for (float& value : sums[k]) value /= float(length);
        centres[k] = std::move(sums[k]);
    }
}

Groups k_means(const Matrix& texts, std::size_t count, std::mt19937& random) {
    constexpr int rounds = 25;
    Matrix centres = far_apart(texts, count, random);
    Groups groups(texts.size(), count);
    for (int round = 0; round < rounds && assign(texts, centres, groups); ++round)
        move_centres(texts, groups, centres);
    return groups;
}

/// A mixture of multinomials: each group has words of its own, and each text is of one group.
class Mixture {
public:
    Mixture(const Rows& rows, std::size_t count) : rows_(rows), count_(count) {
        const double sum = std::accumulate(rows.texts.begin(), rows.texts.end(), 0.0);
        drawn_ = std::min(most_drawn, sum / double(6 * count));
        for (const double texts : rows.texts) background_.push_back(texts / sum);
    }

    /// Refines `groups`; the logarithm of the likelihood.
    double refine(Groups& groups) {
        constexpr int rounds = 30;
        shares_.assign(rows_.all.size(), std::vector<float>(count_));
        for (std::size_t i = 0; i < groups.size(); ++i) shares_[i][groups[i]] = 1;
        double likelihood = 0;
        for (int round = 0; round < rounds; ++round) {
            learn();
            likelihood = judge();
        }
        for (std::size_t i = 0; i < groups.size(); ++i)
            groups[i] =
                std::size_t(std::max_element(shares_[i].begin(), shares_[i].end()) - shares_[i].begin());
        return likelihood;
    }

private:
    void learn() {
        constexpr float least_share = 1e-4F;
        std::vector<double> words(count_), texts(count_, 1);
        chances_.assign(rows_.words.size(), std::vector<float>(count_));
        for (std::size_t i = 0; i < rows_.all.size(); ++i)
            for (std::size_t k = 0; k < count_; ++k) {
                const float share = shares_[i][k];
                if (share < least_share) continue;
                texts[k] += double(share);
                for (const Cell& cell : rows_.all[i]) {
                    chances_[cell.column][k] += share * cell.value;
                    words[k] += double(share * cell.value);
                }
            }
        for (std::size_t j = 0; j < chances_.size(); ++j)
            for (std::size_t k = 0; k < count_; ++k)
                chances_[j][k] =
                    float(std::log((double(chances_[j][k]) + drawn_ * background_[j]) / (words[k] + drawn_)));
        sizes_.clear();
        for (const double one : texts) sizes_.push_back(std::log(one / double(rows_.all.size() + count_)));
    }

    double judge() {
        double likelihood = 0;
        std::vector<double> sum(count_);
        for (std::size_t i = 0; i < rows_.all.size(); ++i) {
            sum = sizes_;
            for (const Cell& cell : rows_.all[i])
                for (std::size_t k = 0; k < count_; ++k)
                    sum[k] += double(cell.value * chances_[cell.column][k]);
            const double most = *std::max_element(sum.begin(), sum.end());
            double total = 0;
            for (double& one : sum) total += one = std::exp(one - most);
            likelihood += most + std::log(total);
            for (std::size_t k = 0; k < count_; ++k) shares_[i][k] = float(sum[k] / total);
        }
        return likelihood;
    }

    static constexpr double most_drawn = 200;
    const Rows& rows_;
    std::size_t count_;
    double drawn_ = 0;  ///< As if each group had that many words of all the texts already.
    std::vector<double> background_{};
    Matrix shares_{};   ///< Of each text in each group.
    Matrix chances_{};  ///< Of each word in each group, as logarithms.
    std::vector<double> sizes_{};
};

/// The largest group first; empty ones are left out.
std::size_t number_by_size(Groups& groups, std::size_t count) {
    std::vector<std::size_t> sizes(count), order(count), place(count);
    for (const std::size_t group : groups) ++sizes[group];
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return sizes[a] > sizes[b]; });
    for (std::size_t i = 0; i < count; ++i) place[order[i]] = i;
    for (std::size_t& group : groups) group = place[group];
    return std::size_t(std::count_if(sizes.begin(), sizes.end(), [](std::size_t size) { return size > 0; }));
}

/// The words that a group has much more than the others, and often: by their part of the information that
/// words give about groups.
std::vector<std::vector<std::string>> names_of(const Rows& rows, const Groups& groups, std::size_t count) {
    constexpr std::size_t most_names = 3;
    Matrix seen(count, std::vector<float>(rows.words.size()));
    std::vector<double> sizes(count);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        ++sizes[groups[i]];
        for (const Cell& cell : rows.all[i]) ++seen[groups[i]][cell.column];
    }
    std::vector<std::vector<std::string>> names(count);
    for (std::size_t k = 0; k < count; ++k) {
        std::vector<std::pair<double, std::size_t>> ranked;
        for (std::size_t j = 0; j < rows.words.size(); ++j) {
            const double here = double(seen[k][j]);
            const double expected = rows.texts[j] * sizes[k] / double(groups.size());
            if (here > expected && rows.words[j].size() > 1 && rows.words[j].find(' ') == std::string::npos)
                ranked.emplace_back(here * std::log(here / expected), j);
        }
        std::stable_sort(ranked.begin(), ranked.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        for (std::size_t i = 0; i < std::min(most_names, ranked.size()); ++i)
            names[k].push_back(rows.words[ranked[i].second]);
    }
    return names;
}

}  // namespace

Clusters cluster(std::span<const std::string> texts, std::size_t count, std::uint32_t seed) {
    constexpr int attempts = 20;
    constexpr std::size_t more_dimensions = 5;
    Clusters best;
    if (texts.empty()) return best;
    count = std::clamp<std::size_t>(count, 1, std::min(most_groups, texts.size()));
    std::mt19937 random{seed};
    const Rows rows = rows_of(texts);
    const Matrix points = reduced(rows, std::min(count + more_dimensions, texts.size()), random);
    Mixture mixture{rows, count};
    for (int attempt = 0; attempt < attempts; ++attempt) {
        Groups groups = k_means(points, count, random);
        const double likelihood = mixture.refine(groups);
        if (attempt == 0 || likelihood > best.likelihood) {
            best.group = std::move(groups);
            best.likelihood = likelihood;
        }
    }
    best.names = names_of(rows, best.group, number_by_size(best.group, count));
    return best;
}

}  // namespace rapport::topics
