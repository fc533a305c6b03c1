#include "bot/network/communities.hpp"

#include <algorithm>
#include <numeric>

namespace rapport::network {

namespace {

using Label = std::uint32_t;

/// Rounds over all nodes of one level; more would move next to nothing.
constexpr int rounds_of_level = 50;
/// A gain in modularity below this is rounding.
constexpr double least_gain = 1e-12;

/// A level: nodes with links among them, and what lies inside each.
struct Level {
    Neighbours around;
    std::vector<double> inside;    ///< Of each node: twice the weight of the links within it.
    std::vector<double> strength;  ///< Of each node: the weight of its links' ends.
    double total = 0;              ///< Of all strengths.

    Level(Neighbours links, std::vector<double> within)
        : around(std::move(links)), inside(std::move(within)), strength(inside) {
        for (Node node = 0; node < inside.size(); ++node)
            for (const double weight : around.weights(node)) strength[node] += weight;
        total = std::accumulate(strength.begin(), strength.end(), 0.0);
    }
    std::size_t size() const { return inside.size(); }
};

/// Weights of the links from one node to each community around it; memory is kept from node to node.
class ToEach {
public:
    explicit ToEach(std::size_t nodes) : weight_(nodes, 0), seen_(nodes, false) {}

    void look(const Level& level, Node node, const std::vector<Label>& of) {
        for (const Label one : labels_) {
            weight_[one] = 0;
            seen_[one] = false;
        }
        labels_.clear();
        add(of[node], 0);
        const auto others = level.around.of(node);
        const auto weights = level.around.weights(node);
        for (std::size_t i = 0; i < others.size(); ++i) add(of[others[i]], weights[i]);
    }
    /// The node's own first, then as its neighbours come.
    const std::vector<Label>& labels() const { return labels_; }
    double weight(Label label) const { return weight_[label]; }

private:
    void add(Label label, double weight) {
        weight_[label] += weight;
        if (seen_[label]) return;
        seen_[label] = true;
        labels_.push_back(label);
    }
    std::vector<double> weight_;
    std::vector<bool> seen_;
    std::vector<Label> labels_{};
};

/// Where each node of the level belongs; true if any has moved.
bool move_nodes(const Level& level, std::vector<Label>& of) {
    of.resize(level.size());
    std::iota(of.begin(), of.end(), Label{0});
    std::vector<double> strength = level.strength;  // of each community
    ToEach to_each{level.size()};
    bool any = false;
    for (int round = 0; round < rounds_of_level; ++round) {
        bool moved = false;
        for (Node node = 0; node < level.size(); ++node) {
            to_each.look(level, node, of);
            const Label own = of[node];
            strength[own] -= level.strength[node];
            const auto gain = [&](Label label) {
                return to_each.weight(label) - level.strength[node] * strength[label] / level.total;
            };
            Label best = own;
            for (const Label label : to_each.labels())
                if (gain(label) > gain(best) + least_gain * level.total) best = label;
            strength[best] += level.strength[node];
            of[node] = best;
            moved = moved || best != own;
        }
        any = any || moved;
        if (!moved) break;
    }
    return any;
}

/// Numbers the labels that are used from 0, in the order of the nodes; returns how many.
std::size_t renumber(std::vector<Label>& of) {
    std::vector<Label> number(of.size(), UINT32_MAX);
    Label next = 0;
    for (Label& label : of) {
        if (number[label] == UINT32_MAX) number[label] = next++;
        label = number[label];
    }
    return next;
}

Level merged(const Level& level, const std::vector<Label>& of, std::size_t count) {
    std::vector<double> inside(count, 0);
    std::vector<Neighbours::Pair> pairs;
    for (Node node = 0; node < level.size(); ++node) {
        inside[of[node]] += level.inside[node];
        const auto others = level.around.of(node);
        const auto weights = level.around.weights(node);
        for (std::size_t i = 0; i < others.size(); ++i) {
            if (of[node] == of[others[i]])
                inside[of[node]] += weights[i];
            else
                pairs.push_back({of[node], of[others[i]], weights[i]});
        }
    }
    return {Neighbours{std::move(pairs), count}, std::move(inside)};
}

double modularity_of(const Level& level) {
    double sum = 0;
    for (std::size_t i = 0; i < level.size() && level.total > 0; ++i) {
        const double part = level.strength[i] / level.total;
        sum += level.inside[i] / level.total - part * part;
    }
    return sum;
}

/// Largest first.
void number_by_size(std::vector<Label>& of, std::size_t count) {
    std::vector<std::size_t> size(count, 0);
    for (const Label label : of) ++size[label];
    std::vector<Label> order(count);
    std::iota(order.begin(), order.end(), Label{0});
    std::stable_sort(order.begin(), order.end(), [&](Label a, Label b) { return size[a] > size[b]; });
    std::vector<Label> number(count);
    for (Label i = 0; i < count; ++i) number[order[i]] = i;
    for (Label& label : of) label = number[label];
}

}  // namespace

Communities communities_of(const Graph& graph) {
    Communities found;
    found.of.resize(graph.size());
    std::iota(found.of.begin(), found.of.end(), Label{0});
    found.count = graph.size();
    Level level{graph.around(), std::vector<double>(graph.size(), 0)};
    std::vector<Label> of;
    while (level.total > 0 && move_nodes(level, of)) {
        found.count = renumber(of);
        for (Label& label : found.of) label = of[label];
        level = merged(level, of, found.count);
    }
    found.modularity = modularity_of(level);
    number_by_size(found.of, found.count);
    return found;
}

}  // namespace rapport::network
