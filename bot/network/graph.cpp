#include "bot/network/graph.hpp"

#include <algorithm>
#include <tuple>

namespace rapport::network {

namespace {

std::vector<Neighbours::Pair> both_ways(std::vector<Neighbours::Pair> pairs) {
    const std::size_t count = pairs.size();
    pairs.reserve(2 * count);
    for (std::size_t i = 0; i < count; ++i) {
        const Neighbours::Pair one = pairs[i];
        if (one.from != one.to) pairs.push_back({one.to, one.from, one.weight});
    }
    return pairs;
}

std::vector<Neighbours::Pair> without_loops(std::vector<Neighbours::Pair> pairs) {
    std::erase_if(pairs, [](const Neighbours::Pair& one) { return one.from == one.to; });
    return pairs;
}

}  // namespace

Neighbours::Neighbours(std::vector<Pair> pairs, std::size_t nodes) : begin_(nodes + 1, 0) {
    std::sort(pairs.begin(), pairs.end(),
              [](const Pair& a, const Pair& b) { return std::tie(a.from, a.to) < std::tie(b.from, b.to); });
    to_.reserve(pairs.size());
    weight_.reserve(pairs.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const Pair& one = pairs[i];
        if (i > 0 && pairs[i - 1].from == one.from && pairs[i - 1].to == one.to) {
            weight_.back() += one.weight;
            continue;
        }
        to_.push_back(one.to);
        weight_.push_back(one.weight);
        ++begin_[one.from + 1];
    }
    for (std::size_t i = 0; i < nodes; ++i) begin_[i + 1] += begin_[i];
}

std::vector<Neighbours::Pair> Graph::numbered(const std::vector<Link>& links) {
    std::unordered_map<std::string_view, Node> known;
    const auto number_of = [&](const std::string& name) {
        const auto [at, added] = known.try_emplace(name, Node(names_.size()));
        if (added) {
            names_.push_back(name);
            strength_.push_back(0);
        }
        return at->second;
    };
    std::vector<Neighbours::Pair> pairs;
    pairs.reserve(links.size());
    for (const Link& link : links) {
        const Node from = number_of(link.from), to = number_of(link.to);
        strength_[from] += link.weight;
        strength_[to] += link.weight;
        pairs.push_back({from, to, link.weight});
    }
    return pairs;
}

Graph::Graph(const std::vector<Link>& links, bool directed)
    : directed_(directed), along_({}, 0), around_({}, 0) {
    std::vector<Neighbours::Pair> pairs = numbered(links);
    around_ = Neighbours{both_ways(without_loops(pairs)), size()};
    along_ = Neighbours{directed ? std::move(pairs) : both_ways(std::move(pairs)), size()};
}

}  // namespace rapport::network
