#include "rules/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace rapport::rules {
namespace {

constexpr std::size_t longest_word = 64;  // longer ones are no slips of the pen

/// Edit distance where swapping two neighbours counts as one.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
    std::iota(previous.begin(), previous.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        current[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = previous[j - 1] + (a[i - 1] != b[j - 1]);
            current[j] = std::min({previous[j] + 1, current[j - 1] + 1, change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                current[j] = std::min(current[j], before[j - 2] + 1);
        }
        std::swap(before, previous);
        std::swap(previous, current);
    }
    return previous[b.size()];
}

}  // namespace

std::string to_string(const Diagnostic& diagnostic) {
    const char* separator = diagnostic.suggestion.empty() ? "" : ": ";
    return fmt::format("{}:{}:{}: {}{}{}", diagnostic.file, diagnostic.line, diagnostic.column,
                       diagnostic.message, separator, diagnostic.suggestion);
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
    if (word.empty() || word.size() > longest_word) return {};
    std::string_view best;
    std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t here = distance(word, candidate);
        if (here < best_distance) {
            best = candidate;
            best_distance = here;
        }
    }
    return best.empty() ? std::string{} : fmt::format("did you mean {}?", best);
}

Position position_at(std::string_view source, std::size_t offset) noexcept {
    const std::string_view before = source.substr(0, std::min(offset, source.size()));
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    const auto is_start = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    return {1 + static_cast<int>(std::ranges::count(before, '\n')),
            1 + static_cast<int>(std::ranges::count_if(before.substr(line_start), is_start))};
}

}  // namespace rapport::rules
