#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/reading/scan.hpp"

namespace rapport::reading {

/// Finds brand names in a text word by word, while it is scanned.
class Brands {
public:
    explicit Brands(const std::vector<std::string>& names);

    /// Whether any name could begin with a word of this hash: nearly always no, and that is one test of a
    /// bit.
    bool may_begin(std::uint64_t hash) const noexcept { return (filter_ >> (hash & 63U) & 1U) != 0; }
    /// Whether a name begins with `word` and goes on in the words of `text` after it.
    bool begins_at(std::string_view text, const Word& word) const;
    /// Whether a name stands in `text` that is written in a script without spaces.
    bool inside(std::string_view text) const;

private:
    std::vector<std::vector<std::uint64_t>> names_{};  ///< The hashes of each name's words.
    std::vector<std::string> unspaced_{};
    std::uint64_t filter_ = 0;
};

}  // namespace rapport::reading
