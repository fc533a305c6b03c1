#include "bot/topics/measure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace rapport::topics {

namespace {

using Table = std::vector<std::vector<double>>;

double part(double right, std::size_t all) {
    return all == 0 ? 0 : right / double(all);
}

/// The largest sum of one cell a row and column of a square table: the Hungarian method with potentials (Kuhn
/// 1955, in the form of Jonker and Volgenant 1987).
class Assignment {
public:
    explicit Assignment(const Table& worth)
        : worth_(worth),
          size_(worth.size()),
          row_(size_ + 1),
          column_(size_ + 1),
          taken_(size_ + 1),
          way_(size_ + 1) {}

    double best() {
        for (std::size_t row = 1; row <= size_; ++row) place(row);
        double sum = 0;
        for (std::size_t column = 1; column <= size_; ++column) sum += worth_[taken_[column] - 1][column - 1];
        return sum;
    }

private:
    /// Finds `row` a column, moving others along the cheapest path. Column 0 is where it waits.
    void place(std::size_t row) {
        constexpr double far = std::numeric_limits<double>::max();
        std::vector<double> least(size_ + 1, far);
        std::vector<bool> used(size_ + 1);
        taken_[0] = row;
        std::size_t at = 0;
        do {
            used[at] = true;
            std::size_t next = 0;
            double step = far;
            for (std::size_t column = 1; column <= size_; ++column) {
                if (used[column]) continue;
                const double cost = -worth_[taken_[at] - 1][column - 1] - row_[taken_[at]] - column_[column];
                if (cost < least[column]) {
                    least[column] = cost;
                    way_[column] = at;
                }
                if (least[column] < step) {
                    step = least[column];
                    next = column;
                }
            }
            for (std::size_t column = 0; column <= size_; ++column)
                if (used[column]) {
                    row_[taken_[column]] += step;
                    column_[column] -= step;
                } else {
                    least[column] -= step;
                }
            at = next;
        } while (taken_[at] != 0);
        for (; at != 0; at = way_[at]) taken_[at] = taken_[way_[at]];
    }

    const Table& worth_;
    std::size_t size_;
    std::vector<double> row_, column_;
    std::vector<std::size_t> taken_, way_;
};

double entropy(const std::vector<double>& counts, double all) {
    double sum = 0;
    for (const double count : counts)
        if (count > 0) sum -= count / all * std::log(count / all);
    return sum;
}

}  // namespace

double among_best_three(std::span<const Example> texts, const KeyPhrases& phrases, const Usage* usage) {
    double right = 0;
    for (const Example& one : texts) {
        const auto best = phrases.find(one.text, 3, usage);
        const std::uint64_t key = key_of(one.topic);
        if (std::any_of(best.begin(), best.end(), [&](const Phrase& phrase) { return phrase.key == key; }))
            ++right;
    }
    return part(right, texts.size());
}

double among_commonest_three(std::span<const Example> texts) {
    std::map<std::uint64_t, std::size_t> counts;
    const auto stems_of = [](const Example& one) {
        std::set<std::uint64_t> stems;
        for (const Term& term : terms_of(one.text).all)
            if (!term.small) stems.insert(term.stem);
        return stems;
    };
    for (const Example& one : texts)
        for (const std::uint64_t stem : stems_of(one)) ++counts[stem];
    double right = 0;
    for (const Example& one : texts) {
        std::vector<std::pair<std::size_t, std::uint64_t>> ranked;
        for (const std::uint64_t stem : stems_of(one)) ranked.emplace_back(counts.at(stem), stem);
        std::sort(ranked.rbegin(), ranked.rend());
        ranked.resize(std::min<std::size_t>(ranked.size(), 3));
        const Terms name = terms_of(one.topic);
        if (std::all_of(name.all.begin(), name.all.end(), [&](const Term& term) {
                return std::any_of(ranked.begin(), ranked.end(),
                                   [&](const auto& best) { return best.second == term.stem; });
            }))
            ++right;
    }
    return part(right, texts.size());
}

double accuracy(std::span<const Example> texts, const Classifier& classifier) {
    const auto right = std::count_if(texts.begin(), texts.end(), [&](const Example& one) {
        return classifier.predict(one.text).topic == one.topic;
    });
    return part(double(right), texts.size());
}

GroupFigures group_figures(std::span<const Example> texts, const Clusters& clusters) {
    if (texts.empty()) return {};
    std::map<std::string_view, std::size_t> topics;
    for (const Example& one : texts) topics.emplace(one.topic, topics.size());
    const std::size_t size = std::max(topics.size(), clusters.names.size());
    Table table(size, std::vector<double>(size));
    std::vector<double> groups(size), named(size);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::size_t group = clusters.group[i], topic = topics.at(texts[i].topic);
        ++table[group][topic];
        ++groups[group];
        ++named[topic];
    }
    const double all = double(texts.size());
    double shared = 0;
    for (std::size_t i = 0; i < size; ++i)
        for (std::size_t k = 0; k < size; ++k)
            if (table[i][k] > 0)
                shared += table[i][k] / all * std::log(table[i][k] * all / groups[i] / named[k]);
    const double mean = (entropy(groups, all) + entropy(named, all)) / 2;
    return {Assignment{table}.best() / all, mean > 0 ? shared / mean : 1};
}

}  // namespace rapport::topics
