#pragma once

// What the heads see of a text: buckets of hashed words, word pairs and runs of characters, and a few dozen
// numbers (traits) about feelings, marks and shape. One scan for words, one for characters.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "bot/heads/feelings.hpp"
#include "bot/reading/lexicon.hpp"

namespace rapport::heads {

/// Of a longer text only the beginning is looked at.
inline constexpr std::size_t longest_read = 4000;
inline constexpr std::size_t bucket_bits = 17;
inline constexpr std::size_t bucket_count = std::size_t{1} << bucket_bits;

/// The numbers, most of them between -1 and 1. "Feeling" is the sum of what the words and signs feel like,
/// boosted, turned and weighed as their surroundings say; what follows a "but" counts three times as much as
/// what stands before it. Sums are bounded by s / sqrt(s * s + a), which Hutto and Gilbert 2014 introduced.
enum class Trait : std::uint8_t {
    one,  ///< Always 1.
    feeling,
    feeling_keen,  ///< Bounded more narrowly.
    feeling_wide,  ///< Less.
    gladness,      ///< Only what feels good; bounded.
    sorrow,
    feeling_by_root,  ///< By the square root of the number of words.
    feeling_by_words,
    gladdest,
    saddest,
    last_feeling,
    first_feeling,
    plain_feeling,  ///< As if there were no "but".
    has_but,
    after_but,
    before_but,
    exclamations,
    questions,
    length,
    negations,
    turned,  ///< Feelings under a negation.
    faces,
    shouted,
    drawn_out,  ///< "sooo"
    self,
    other,
    glad_words,
    sad_words,
    mixed,
    no_feeling,
    handles,
    hashtags,
    code,
    links,
    long_numbers,
    numbers,
    thanks,       ///< A word of thanks that is none of "no thanks", "thank god", "thanks to".
    appreciates,  ///< "appreciate", "grateful", "thankful".
    fillers,
    money,
    sentences,
    glad_exclaimed,
    sad_exclaimed,
    count
};
inline constexpr std::size_t trait_count = static_cast<std::size_t>(Trait::count);
using Traits = std::array<float, trait_count>;

struct Features {
    std::vector<std::uint32_t> buckets{};  ///< Each once, below bucket_count.
    Traits traits{};
};

/// Finds the features of texts. The same text always has the same features. Keeps room for its work, so each
/// thread needs its own.
class Extractor {
public:
    Extractor();
    /// `text` may be any bytes. `into` is overwritten.
    void extract(std::string_view text, Features& into);

private:
    void take(std::uint64_t hash, Features& into) {
        const auto bucket = static_cast<std::uint32_t>((hash * 0x9E3779B97F4A7C15U) >> (64U - bucket_bits));
        std::uint64_t& bits = seen_[bucket >> 6U];
        const std::uint64_t bit = std::uint64_t{1} << (bucket & 63U);
        if ((bits & bit) != 0) return;
        bits |= bit;
        into.buckets.push_back(bucket);
    }
    void runs_of_characters(std::string_view text, Features& into);

    friend class Noter;
    reading::Lexicon lexicon_{};
    Feelings feelings_{};
    std::vector<std::uint64_t> seen_ = std::vector<std::uint64_t>(bucket_count / 64);
    std::vector<char> plain_{};
};

}  // namespace rapport::heads
