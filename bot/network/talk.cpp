#include "bot/network/talk.hpp"

#include <algorithm>

namespace rapport::network {

Node Talk::person(const Talker& talker) {
    const auto [at, added] = numbers_.try_emplace(talker.id, Node(people_.size()));
    if (added) people_.push_back(talker);
    return at->second;
}

void Talk::said(Node from, Node to, Time at, std::span<const std::string> topics) {
    if (from == to) return;
    Sum& sum = pairs_[{from, to}];
    ++sum.messages;
    sum.last = std::max(sum.last, at);
    for (const std::string& topic : topics) {
        const auto known = sum.topics.find(topic);
        if (known != sum.topics.end())
            ++known->second;
        else if (sum.topics.size() < max_topics_of_two)
            sum.topics.emplace(topic, 1);
    }
}

std::vector<Exchange> Talk::exchanges() const {
    std::vector<Exchange> all;
    all.reserve(pairs_.size());
    for (const auto& [who, sum] : pairs_) {
        Exchange one{who.first, who.second, sum.messages, sum.last, {sum.topics.begin(), sum.topics.end()}};
        std::stable_sort(one.topics.begin(), one.topics.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        all.push_back(std::move(one));
    }
    return all;
}

Graph graph_of(const std::vector<Talker>& people, std::span<const Exchange> exchanges) {
    std::vector<Link> links;
    links.reserve(exchanges.size());
    for (const Exchange& one : exchanges)
        links.push_back({people[one.from].id, people[one.to].id, double(one.messages)});
    return Graph{links, true};
}

}  // namespace rapport::network
