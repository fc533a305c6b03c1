#include "bot/links/lessons.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <random>

namespace rapport::links {

namespace {

/// A channel with fewer annotated lines is seldom heard, so it is heard more often.
constexpr std::size_t few_lines = 2000;
constexpr int repeats = 3;
constexpr float weight_of_few = 2;
/// Chances of 1000 for a conversation to stay in a thinned copy.
constexpr std::array<std::uint32_t, 4> chances{100, 200, 350, 600};
constexpr std::size_t shortest_lesson = 6;
/// Of the notices, every such one stays.
constexpr std::uint32_t notices_kept = 4;

class Groups {
public:
    explicit Groups(std::size_t size) : above_(size) { std::iota(above_.begin(), above_.end(), 0); }
    std::size_t find(std::size_t i) {
        while (above_[i] != i) i = above_[i] = above_[above_[i]];
        return i;
    }
    void join(std::size_t a, std::size_t b) { above_[find(a)] = find(b); }

private:
    std::vector<std::size_t> above_;
};

/// The seconds of messages whose times are whole minutes: at random, in order.
void give_seconds(std::vector<Marked>& lines, std::mt19937& random) {
    for (std::size_t begin = 0; begin < lines.size();) {
        std::size_t end = begin;
        while (end < lines.size() && lines[end].message.at == lines[begin].message.at) ++end;
        std::vector<std::int64_t> seconds;
        for (std::size_t i = begin; i < end; ++i) seconds.push_back(random() % 60);
        std::sort(seconds.begin(), seconds.end());
        for (std::size_t i = begin; i < end; ++i)
            if (lines[i].message.at) *lines[i].message.at += seconds[i - begin];
        begin = end;
    }
}

bool annotated(const Marked& line) {
    return !line.parents.empty();
}

}  // namespace

Dialogue thinned(const Dialogue& dialogue, std::uint32_t keep, std::uint32_t seed) {
    std::mt19937 random{seed};
    const std::vector<Marked>& lines = dialogue.lines;
    Groups groups{lines.size()};
    for (std::size_t i = 0; i < lines.size(); ++i)
        for (const std::size_t parent : lines[i].parents) groups.join(i, parent);
    std::map<std::size_t, bool> kept;
    std::map<std::size_t, std::size_t> place;
    Dialogue thin{dialogue.name, {}};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto [found, fresh] = kept.try_emplace(groups.find(i));
        if (fresh) found->second = random() % 1000 < keep;
        if (!found->second || (lines[i].message.notice && random() % notices_kept != 0)) continue;
        place[i] = thin.lines.size();
        Marked line{lines[i].message, {}};
        for (const std::size_t parent : lines[i].parents)
            if (const auto there = place.find(parent); there != place.end())
                line.parents.push_back(there->second);
        thin.lines.push_back(std::move(line));
    }
    give_seconds(thin.lines, random);
    return thin;
}

Lessons::Lessons(std::span<const Dialogue> dialogues, int copies, std::uint32_t seed) {
    std::map<std::string, std::size_t> lines;
    const auto channel_of = [](const Dialogue& one) {
        return one.lines.empty() ? std::string{} : one.lines.front().message.channel;
    };
    for (const Dialogue& one : dialogues)
        lines[channel_of(one)] += std::size_t(std::count_if(one.lines.begin(), one.lines.end(), annotated));
    std::size_t number = 0;
    for (const Dialogue& one : dialogues) {
        ++number;
        if (lines[channel_of(one)] < few_lines) {
            for (int i = 0; i < repeats; ++i) lessons_.push_back({&one, weight_of_few});
            continue;
        }
        lessons_.push_back({&one, 1});
        for (int i = 0; i < copies; ++i) {
            Dialogue thin = thinned(one, chances[(number + std::size_t(i)) % chances.size()],
                                    seed + std::uint32_t(lessons_.size()));
            if (thin.lines.size() < shortest_lesson) continue;
            lessons_.push_back({&thinned_.emplace_back(std::move(thin)), 1});
        }
    }
}

}  // namespace rapport::links
