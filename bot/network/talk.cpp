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
    contacts_.push_back({from, to});
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
    const Ties ties{contacts_};
    for (const auto& [who, sum] : pairs_) {
        Exchange one{who.first,
                     who.second,
                     sum.messages,
                     sum.last,
                     ties.lift(who.first, who.second),
                     ties.closeness(who.first, who.second),
                     {sum.topics.begin(), sum.topics.end()}};
        std::stable_sort(one.topics.begin(), one.topics.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        all.push_back(std::move(one));
    }
    return all;
}

namespace {

Graph weighted(const std::vector<Talker>& people, std::span<const Exchange> exchanges,
               double (*weight)(const Exchange&)) {
    std::vector<Link> links;
    links.reserve(exchanges.size());
    for (const Exchange& one : exchanges)
        links.push_back({people[one.from].id, people[one.to].id, weight(one)});
    return Graph{links, true};
}

}  // namespace

Graph graph_of(const std::vector<Talker>& people, std::span<const Exchange> exchanges) {
    return weighted(people, exchanges, [](const Exchange& one) { return double(one.messages); });
}

Graph graph_of_closeness(const std::vector<Talker>& people, std::span<const Exchange> exchanges) {
    return weighted(people, exchanges, [](const Exchange& one) { return one.closeness; });
}

}  // namespace rapport::network
