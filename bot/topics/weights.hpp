#pragma once

// The model of key phrases: how common words are in ordinary talk, how well they tell topics apart, which
// words belong together, and what each of this counts.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/net/error.hpp"

namespace rapport::topics {

/// What speaks for a word or phrase as a topic of its text.
enum class Trait : std::size_t {
    telling,  ///< How well it told topics apart where they were known, 0 to 1.
    untold,   ///< Nothing is known of that.
    common,   ///< In ordinary talk, 0 to 1, by the logarithm.
    rare,     ///< Hardly ever there.
    capital,  ///< Begins with one, and not a sentence.
    shouted,  ///< "SVN"
    mixed,    ///< "DataSet"
    digit,    ///< "python3"
    first,    ///< Begins the text.
    last,     ///< Ends it.
    led_in,   ///< After "in", "with", "using".
    tiny,     ///< Up to three letters.
    lengthy,  ///< Seven letters or more.
    repeated,
    several_words,  ///< "visual studio"
    usage,          ///< How often it is used in this community, 0 to 1, by the logarithm.
    unusual,        ///< By how much that is more than in ordinary talk, 0 to 1.
    count
};
inline constexpr std::size_t trait_count = std::size_t(Trait::count);
using Traits = std::array<double, trait_count>;

/// As in the file of weights: "led_in".
std::string_view name_of(Trait trait);

/// What is known of a word, by its stem; levels of 0 to 63.
struct Known {
    std::uint8_t common = 0;
    std::uint8_t telling = 0;
    bool told = false;  ///< `telling` was measured.
};
inline constexpr unsigned most_level = 63;

struct Weights {
    std::unordered_map<std::uint32_t, Known> words{};  ///< By `short_hash`.
    std::vector<std::string> pairs{};                  ///< "visual studio": words that belong together.
    Traits alone{};                                    ///< For a text of which the community is not known.
    Traits among{};                                    ///< For one of which it is.
    std::string provenance{};  ///< From which data it was computed, and their licences.
};

/// 30 bits of the hash of a stem.
constexpr std::uint32_t short_hash(std::uint64_t stem) {
    return std::uint32_t((stem * 0x9E3779B97F4A7C15U) >> 34U);
}

/// JSON, the same bytes for the same weights.
std::string to_json(const Weights& weights);
/// rejected: it is no such file, or of another version.
Result<Weights> from_json(std::string_view text);

/// Those that are built in.
const Weights& shipped_weights();

}  // namespace rapport::topics
