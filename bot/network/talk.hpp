#pragma once

// Who talks with whom, about what: messages added up to a network of people.

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "adapters/event.hpp"
#include "bot/network/ties.hpp"

namespace rapport::network {

struct Talker {
    std::string id{};    ///< Unique: "slack:T1:U1", or a staffer's name.
    std::string name{};  ///< What people call them.
    bool staff = false;
};

/// What one has said to another; not what came back.
struct Exchange {
    Node from = 0, to = 0;  ///< Numbers of talkers, as `Talk::person` gave them.
    std::uint32_t messages = 0;
    Time last{};
    double lift = 0, closeness = 0;  ///< Of the two, whoever said it (ties.hpp).
    /// Words or phrases with how many messages they were in; the most frequent first, of equals by the
    /// alphabet.
    std::vector<std::pair<std::string, std::uint32_t>> topics{};
};

/// Of two people so many topics are counted; more are not taken.
inline constexpr std::size_t max_topics_of_two = 200;

class Talk {
public:
    /// The number of that talker; the first word about them counts.
    Node person(const Talker& talker);
    /// Somebody said something to somebody. What people say to themselves is not talk.
    void said(Node from, Node to, Time at, std::span<const std::string> topics);

    const std::vector<Talker>& people() const { return people_; }
    /// In the order of `from`, then `to`.
    std::vector<Exchange> exchanges() const;
    std::size_t pairs() const { return pairs_.size(); }
    /// All that was said, in the order in which it was told.
    std::span<const Contact> contacts() const { return contacts_; }

private:
    struct Sum {
        std::uint32_t messages = 0;
        Time last{};
        std::map<std::string, std::uint32_t, std::less<>> topics{};
    };
    std::vector<Talker> people_{};
    std::unordered_map<std::string, Node> numbers_{};
    std::map<std::pair<Node, Node>, Sum> pairs_{};
    std::vector<Contact> contacts_{};
};

/// The network of the exchanges, weighted by messages. Its nodes bear the talkers' ids; whoever talked with
/// nobody is not in it.
Graph graph_of(const std::vector<Talker>& people, std::span<const Exchange> exchanges);
/// The same, weighted by closeness.
Graph graph_of_closeness(const std::vector<Talker>& people, std::span<const Exchange> exchanges);

}  // namespace rapport::network
