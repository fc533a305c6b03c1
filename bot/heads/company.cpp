#include "bot/heads/company.hpp"

#include <algorithm>
#include <array>

#include "bot/reading/scan.hpp"

namespace rapport::heads {

namespace {

/// Who is addressed by so many and addresses so many different people answers many. Customers are addressed
/// by those two who take turns, but do not address three.
constexpr std::size_t many_ask = 2, many_answered = 3;
/// A question is taken as answered or forgotten after so many lines.
constexpr std::size_t asked_lately = 12;

bool in_name(char byte) {
    return (byte >= '0' && byte <= '9') || ((byte | 32) >= 'a' && (byte | 32) <= 'z') || byte == '_' ||
           byte == '-' || static_cast<unsigned char>(byte) >= 0x80;
}

/// Case does not matter. Never 0.
std::uint64_t name_hash(std::string_view name) {
    std::array<char, 64> small{};
    const std::size_t length = std::min(small.size(), name.size());
    for (std::size_t i = 0; i < length; ++i)
        small[i] = name[i] >= 'A' && name[i] <= 'Z' ? static_cast<char>(name[i] + 32) : name[i];
    return reading::word_hash({small.data(), length}) | 1U;
}

std::string_view name_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && in_name(text[end])) ++end;
    return text.substr(at, end - at);
}

/// Different values of `take(line)` that are not 0 among lines for which `fits(line)`, up to three.
template <class Lines, class Fits, class Take>
std::size_t different(const Lines& lines, const Fits& fits, const Take& take) {
    std::array<std::uint64_t, many_answered> found{};
    std::size_t count = 0;
    for (const auto& line : lines) {
        if (!fits(line)) continue;
        const std::uint64_t value = take(line);
        const auto end = found.begin() + static_cast<std::ptrdiff_t>(count);
        if (value == 0 || std::find(found.begin(), end, value) != end) continue;
        found[count++] = value;
        if (count == found.size()) break;
    }
    return count;
}

}  // namespace

Company::Room& Company::room_of(std::string_view channel) {
    const std::uint64_t key = reading::word_hash(channel);
    if (!rooms_.contains(key) && rooms_.size() >= channels_kept) {
        rooms_.erase(std::min_element(rooms_.begin(), rooms_.end(), [](const auto& a, const auto& b) {
            return a.second.last < b.second.last;
        }));
    }
    return rooms_[key];
}

Standing Company::hear(std::string_view channel, std::string_view author, std::string_view text, bool asks) {
    Room& room = room_of(channel);
    room.last = ++lines_;
    const std::uint64_t who = author.empty() ? 0 : name_hash(author);

    // "karllekko: how do I", "karllekko how do I", "thanks @karllekko"
    std::uint64_t addressed = 0;
    const std::size_t sign = text.find('@');
    const std::string_view first = name_at(text, 0);
    if (sign != std::string_view::npos && (sign == 0 || text[sign - 1] == ' ')) {
        const std::string_view name = name_at(text, sign + 1);
        if (!name.empty()) addressed = name_hash(name);
    } else if (!first.empty()) {
        const std::uint64_t hash = name_hash(first);
        const bool known = std::any_of(room.lines.begin(), room.lines.end(),
                                       [&](const Heard& line) { return line.author == hash; });
        if (known && hash != who) addressed = hash;
    }

    Standing standing;
    standing.addresses = addressed != 0;
    if (who != 0) {
        const auto& lines = room.lines;
        standing.helper = different(
                              lines, [&](const Heard& l) { return l.addressed == who; },
                              [](const Heard& l) { return l.author; }) >= many_ask &&
                          different(
                              lines, [&](const Heard& l) { return l.author == who; },
                              [](const Heard& l) { return l.addressed; }) >= many_answered;
        const std::size_t from = lines.size() - std::min(lines.size(), asked_lately);
        for (std::size_t i = from; i < lines.size(); ++i) {
            const Heard& line = lines[i];
            if (line.addressed == who && line.asks && line.author != who) standing.was_asked = true;
        }
    }
    room.lines.push_back({who, addressed, asks});
    if (room.lines.size() > lines_kept) room.lines.pop_front();
    return standing;
}

float weighed(float score, const Standing& standing, bool asks, bool closes) {
    constexpr float helper_share = 0.3F, answer_least = 0.6F;
    if (standing.helper && !asks) return score * helper_share;
    if (standing.was_asked && !closes) return std::max(score, answer_least);
    return score;
}

}  // namespace rapport::heads
