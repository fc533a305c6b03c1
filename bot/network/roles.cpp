#include "bot/network/roles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "bot/network/communities.hpp"

namespace rapport::network {

namespace {

using std::chrono::duration_cast;
using Days = std::chrono::days;

constexpr std::array<std::string_view, role_count> role_names{"helper",  "connector", "newcomer",
                                                              "waiting", "rising",    "leaving"};

/// What is known of one person after all lines.
struct Life {
    std::size_t lines = 0, lately = 0, questions = 0;
    std::set<Node> helped{}, met{};
    Time first{}, last{};
    std::chrono::milliseconds longest_silence{};
    std::vector<Time> open{};     ///< Questions that nobody has answered.
    std::optional<Time> asked{};  ///< Their last question that opened a talk.
};

std::vector<Life> lives_of(std::span<const Line> lines, std::size_t people, Time since) {
    std::vector<Life> lives(people);
    for (const Line& line : lines) {
        Life& life = lives[line.from];
        if (life.lines++ == 0)
            life.first = line.at;
        else
            life.longest_silence = std::max(life.longest_silence, line.at - life.last);
        life.last = line.at;
        life.lately += line.at >= since ? 1 : 0;
        if (line.to != nobody && line.to != line.from) {
            Life& other = lives[line.to];
            if (other.asked && line.at - *other.asked <= Days{1}) life.helped.insert(line.to);
            other.open.clear();
            life.met.insert(line.to);
            other.met.insert(line.from);
        }
        if (line.opens()) {
            ++life.questions;
            life.asked = line.at;
        }
        if (line.asks) life.open.push_back(line.at);
    }
    return lives;
}

/// The communities of those who talk, by person; those who talk with nobody have none.
std::vector<std::uint32_t> circles_of(std::span<const Line> lines, std::size_t people) {
    constexpr std::uint32_t none = UINT32_MAX;
    std::vector<Link> links;
    for (const Line& line : lines)
        if (line.to != nobody && line.to != line.from)
            links.push_back({std::to_string(line.from), std::to_string(line.to), 1});
    std::vector<std::uint32_t> circle(people, none);
    const Graph graph{links, false};
    const Communities found = communities_of(graph);
    for (Node node = 0; node < graph.size(); ++node)
        circle[std::size_t(std::stoul(graph.name(node)))] = found.of[node];
    return circle;
}

class Judge {
public:
    Judge(std::span<const Line> lines, std::size_t people, Time now)
        : now_(now),
          begin_(lines.empty() ? now : lines.front().at),
          lives_(lives_of(lines, people, now - lately)),
          circle_(circles_of(lines, people)) {}

    std::vector<SuggestedRole> run() {
        for (Node who = 0; who < lives_.size(); ++who) {
            if (lives_[who].lines == 0) continue;
            helper(who);
            connector(who);
            newcomer(who);
            waiting(who);
            rising(who);
            leaving(who);
        }
        std::stable_sort(all_.begin(), all_.end(), [](const SuggestedRole& a, const SuggestedRole& b) {
            return a.role != b.role ? a.role < b.role : a.score > b.score;
        });
        return std::move(all_);
    }

private:
    void helper(Node who) {
        constexpr std::size_t fewest = 3, times = 3;
        const Life& life = lives_[who];
        if (life.helped.size() < fewest || life.helped.size() < times * life.questions) return;
        add({who, Role::helper, double(life.helped.size()), life.helped.size(), life.questions, {}});
    }

    void connector(Node who) {
        constexpr std::size_t fewest = 5, fewest_in_circle = 2;
        constexpr double least_participation = 0.4;
        const Life& life = lives_[who];
        if (life.met.size() < fewest) return;
        std::map<std::uint32_t, std::size_t> by_circle;
        for (const Node other : life.met) ++by_circle[circle_[other]];
        double same = 0;
        std::size_t circles = 0;
        for (const auto& [circle, count] : by_circle) {
            const double share = double(count) / double(life.met.size());
            same += share * share;
            circles += count >= fewest_in_circle ? 1 : 0;
        }
        if (circles < 2 || 1 - same < least_participation) return;
        add({who, Role::connector, (1 - same) * double(life.met.size()), circles, life.met.size(), {}});
    }

    void newcomer(Node who) {
        const Life& life = lives_[who];
        if (begin_ >= now_ - lately || life.first < now_ - lately) return;
        add({who, Role::newcomer, double(life.lines), life.lines, 0, life.first});
    }

    void waiting(Node who) {
        std::vector<Time> open = lives_[who].open;
        std::erase_if(open, [&](Time at) { return at > now_ - waits_from || at < now_ - waits_until; });
        if (open.empty()) return;
        const double hours = double(duration_cast<std::chrono::minutes>(now_ - open.front()).count()) / 60;
        add({who, Role::waiting, hours, open.size(), 0, open.front()});
    }

    void rising(Node who) {
        constexpr std::size_t fewest = 10;
        constexpr double deviations = 3;
        const Life& life = lives_[who];
        const auto before = (now_ - lately) - std::max(begin_, life.first);
        if (life.lately < fewest || before < lately) return;
        const double periods =
            double(before.count()) / double(duration_cast<std::chrono::milliseconds>(lately).count());
        const double usual = double(life.lines - life.lately) / periods;
        const double rise = 2 * (std::sqrt(double(life.lately)) - std::sqrt(usual));
        if (rise < deviations) return;
        add({who, Role::rising, rise, life.lately, std::size_t(std::lround(usual)), {}});
    }

    void leaving(Node who) {
        constexpr std::size_t fewest = 10;
        constexpr Days least{14};
        const Life& life = lives_[who];
        const auto silence = now_ - life.last;
        if (life.lines < fewest || silence < least || silence < life.longest_silence * 3 / 2) return;
        add({who, Role::leaving, double(life.lines), std::size_t(duration_cast<Days>(silence).count()),
             std::size_t(duration_cast<Days>(life.longest_silence).count()), life.last});
    }

    void add(const SuggestedRole& role) { all_.push_back(role); }

    Time now_;
    Time begin_;
    std::vector<Life> lives_;
    std::vector<std::uint32_t> circle_;
    std::vector<SuggestedRole> all_{};
};

std::string counted_as(std::size_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace

std::string_view name_of(Role role) noexcept {
    return role_names[std::size_t(role)];
}

std::vector<SuggestedRole> roles_of(std::span<const Line> lines, std::size_t people, Time now) {
    return Judge{lines, people, now}.run();
}

std::string reason_of(const SuggestedRole& role, std::string (*date)(std::string_view zone, Time at),
                      std::string_view zone) {
    switch (role.role) {
        case Role::helper:
            return fmt::format("answered questions of {}, asked {}",
                               counted_as(role.count, "person", "people"), role.compare);
        case Role::connector:
            return fmt::format("talks with {} of {} that else hardly talk with one another",
                               counted_as(role.compare, "person", "people"),
                               counted_as(role.count, "circle", "circles"));
        case Role::newcomer:
            return fmt::format("first seen {}, {} since", date(zone, role.since),
                               counted_as(role.count, "message", "messages"));
        case Role::waiting:
            return fmt::format("{} without an answer since {}",
                               counted_as(role.count, "question", "questions"), date(zone, role.since));
        case Role::rising:
            return fmt::format("{} in the last {} days, where {} would be usual",
                               counted_as(role.count, "message", "messages"), lately.count(), role.compare);
        case Role::leaving:
            return fmt::format("silent for {} since {}, never before for more than {}",
                               counted_as(role.count, "day", "days"), date(zone, role.since), role.compare);
    }
    return {};
}

}  // namespace rapport::network
