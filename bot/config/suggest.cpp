#include "bot/config/suggest.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

namespace rapport::config_file {

namespace {

constexpr std::size_t longest = 64;
constexpr std::size_t most_listed = 10;

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

}  // namespace

unsigned edit_distance(std::string_view a, std::string_view b) {
    a = a.substr(0, longest);
    b = b.substr(0, longest);
    // Three rows of the table are enough: this one, the one above, and the one above that for swaps.
    std::array<std::array<unsigned, longest + 1>, 3> rows{};
    for (unsigned column = 0; column <= b.size(); ++column) rows[0][column] = column;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto& row = rows[i % 3];
        const auto& above = rows[(i + 2) % 3];
        const auto& before = rows[(i + 1) % 3];
        row[0] = static_cast<unsigned>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const char x = lower(a[i - 1]);
            const char y = lower(b[j - 1]);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (x == y ? 0 : 1)});
            if (i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
    }
    return rows[a.size() % 3][b.size()];
}

const std::string* nearest(std::string_view word, std::span<const std::string> candidates) {
    const std::string* best = nullptr;
    unsigned best_distance = static_cast<unsigned>(std::max<std::size_t>(1, word.size() / 3)) + 1;
    for (const std::string& candidate : candidates) {
        const unsigned distance = edit_distance(word, candidate);
        if (distance >= best_distance || distance >= candidate.size()) continue;
        best = &candidate;
        best_distance = distance;
    }
    return best;
}

std::string suggest(std::string_view word, std::span<const std::string> candidates) {
    if (const std::string* meant = nearest(word, candidates))
        return fmt::format("Did you mean \"{}\"?", *meant);
    if (candidates.empty()) return {};
    std::string list = "Known here: ";
    for (std::size_t i = 0; i < std::min(candidates.size(), most_listed); ++i) {
        if (i > 0) list += ", ";
        list += candidates[i];
    }
    return list + (candidates.size() > most_listed ? ", ..." : ".");
}

}  // namespace rapport::config_file
