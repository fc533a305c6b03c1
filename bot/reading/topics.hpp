#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/reading/scan.hpp"

namespace rapport::reading {

/// The telling words of one text: noun-like as far as form shows it, the repeated and the conspicuous first.
/// Looks at the first `most_candidates` different ones.
class Topics {
public:
    /// `word` is in no word list; `opens` tells whether it begins a sentence, where a capital says nothing.
    void offer(const Word& word, bool opens) {
        if (!fits(word)) return;
        for (std::size_t i = 0; i < size_; ++i) {
            if (candidates_[i].hash == word.hash) {
                candidates_[i].weight += 4;
                return;
            }
        }
        if (size_ == most_candidates) return;
        const unsigned weight = 4U + (word.capital && !opens ? 2U : 0U) +
                                (word.shouted || word.digit ? 2U : 0U) + (word.folded.size() >= 7 ? 1U : 0U);
        candidates_[size_++] = {word.hash, static_cast<std::uint32_t>(word.begin),
                                static_cast<std::uint32_t>(word.end), weight};
    }

    /// At most five, in lower case, the heaviest first and of equals the earlier.
    std::vector<std::string> best(std::string_view text) const;

private:
    static constexpr std::size_t most_candidates = 32;
    struct Candidate {
        std::uint64_t hash;
        std::uint32_t begin;
        std::uint32_t end;
        unsigned weight;
    };

    static bool fits(const Word& word) {
        const std::size_t bytes = word.folded.size();
        if (word.cut || bytes > 32) return false;
        switch (word.script) {
            case Script::latin: {
                const char first = word.folded.front();
                return first >= 'a' && first <= 'z' &&
                       (bytes >= 4 || (bytes >= 2 && (word.shouted || word.digit)));
            }
            case Script::han:
                return bytes >= 6 && bytes <= 24;
            case Script::katakana:
                return bytes >= 9;
            case Script::hangul:
                return bytes >= 6;
            case Script::hiragana:
            case Script::thai:
            case Script::none:
                return false;
            default:
                return bytes >= 8;
        }
    }

    std::array<Candidate, most_candidates> candidates_;  // NOLINT: only the first size_ are ever read
    std::size_t size_ = 0;
};

}  // namespace rapport::reading
