#include "bot/network/ties.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

namespace rapport::network {

namespace {

using Pairs = std::set<std::pair<Node, Node>>;

/// Where the first part ends.
std::size_t end_of_first(std::size_t contacts, double share) {
    return std::size_t(double(contacts) * std::clamp(share, 0.0, 1.0));
}

Pairs pairs_in(std::span<const Contact> contacts) {
    Pairs pairs;
    for (const Contact& one : contacts) pairs.insert(std::minmax(one.from, one.to));
    return pairs;
}

void tell(Foretold& all, const Ties& ties, Node a, Node b, bool talked) {
    all.talked.push_back(talked);
    all.closeness.push_back(float(ties.closeness(a, b)));
    all.degree_product.push_back(float(ties.degree_product(a, b)));
    all.messages.push_back(float(ties.messages(a, b)));
}

}  // namespace

Ties::Ties(std::span<const Contact> contacts) {
    const double half = double(contacts.size()) / 2;
    double since = double(contacts.size());
    for (const Contact& one : contacts) {
        const double weight = std::exp2(-(--since) / half);
        for (Sum* sum : {&pairs_[key(one.from, one.to)], &people_[one.from], &people_[one.to]}) {
            sum->faded += weight;
            ++sum->messages;
        }
        all_ += weight;
    }
}

std::uint64_t Ties::key(Node a, Node b) {
    constexpr unsigned bits = 32;
    return std::uint64_t{std::min(a, b)} << bits | std::max(a, b);
}

const Ties::Sum* Ties::between(Node a, Node b) const {
    const auto found = pairs_.find(key(a, b));
    return found == pairs_.end() ? nullptr : &found->second;
}

double Ties::said(Node a, Node b) const {
    const Sum* sum = between(a, b);
    return sum ? sum->faded : 0;
}

double Ties::expected(Node a, Node b) const {
    const auto one = people_.find(a), other = people_.find(b);
    if (one == people_.end() || other == people_.end()) return 0;
    return one->second.faded * other->second.faded / (2 * all_);
}

double Ties::lift(Node a, Node b) const {
    const double by_chance = expected(a, b);
    return by_chance > 0 ? said(a, b) / by_chance : 0;
}

double Ties::closeness(Node a, Node b) const {
    constexpr double of_strangers = 0.1;
    const double by_chance = expected(a, b);
    return std::sqrt(by_chance * (said(a, b) + of_strangers * by_chance));
}

std::size_t Ties::messages(Node a, Node b) const {
    const Sum* sum = between(a, b);
    return sum ? sum->messages : 0;
}

double Ties::degree_product(Node a, Node b) const {
    const auto one = people_.find(a), other = people_.find(b);
    if (one == people_.end() || other == people_.end()) return 0;
    return double(one->second.messages) * double(other->second.messages);
}

std::vector<Ties::Pair> Ties::known() const {
    constexpr unsigned bits = 32;
    std::vector<std::uint64_t> keys;
    keys.reserve(pairs_.size());
    for (const auto& [one, _] : pairs_) keys.push_back(one);
    std::sort(keys.begin(), keys.end());
    std::vector<Pair> pairs;
    pairs.reserve(keys.size());
    for (const std::uint64_t one : keys) pairs.push_back({Node(one >> bits), Node(one)});
    return pairs;
}

std::vector<Node> Ties::people() const {
    std::vector<Node> all;
    all.reserve(people_.size());
    for (const auto& [one, _] : people_) all.push_back(one);
    std::sort(all.begin(), all.end());
    return all;
}

Foretold foretell_known(std::span<const Contact> contacts, double share) {
    const std::size_t end = end_of_first(contacts.size(), share);
    const Ties ties{contacts.first(end)};
    const Pairs later = pairs_in(contacts.subspan(end));
    Foretold all;
    for (const Ties::Pair& one : ties.known()) tell(all, ties, one.a, one.b, later.contains({one.a, one.b}));
    return all;
}

Foretold foretell_all(std::span<const Contact> contacts, double share, std::size_t most, std::uint32_t seed) {
    const std::size_t end = end_of_first(contacts.size(), share);
    const Ties ties{contacts.first(end)};
    const Pairs later = pairs_in(contacts.subspan(end));
    const std::vector<Node> people = ties.people();
    Foretold all;
    const auto knows = [&](Node one) { return std::binary_search(people.begin(), people.end(), one); };
    for (const auto& [a, b] : later)
        if (knows(a) && knows(b)) tell(all, ties, a, b, true);
    const std::size_t talked = all.talked.size();
    const std::size_t pairs = people.size() * (people.size() - std::min<std::size_t>(1, people.size())) / 2;
    // By chance only where what is wanted is found soon.
    if (pairs - talked <= 2 * most || pairs <= 2 * talked) {
        for (std::size_t i = 0; i < people.size(); ++i)
            for (std::size_t k = i + 1; k < people.size(); ++k)
                if (!later.contains({people[i], people[k]})) tell(all, ties, people[i], people[k], false);
        return all;
    }
    std::mt19937 random{seed};
    Pairs taken;
    while (taken.size() < most) {
        const auto [a, b] = std::minmax(people[random() % people.size()], people[random() % people.size()]);
        if (a == b || later.contains({a, b}) || !taken.insert({a, b}).second) continue;
        tell(all, ties, a, b, false);
    }
    return all;
}

}  // namespace rapport::network
