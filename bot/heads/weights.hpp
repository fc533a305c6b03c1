#pragma once

// The model of all heads, as it is shipped: buckets as whole numbers of eight bits, the rest as it is.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/net/error.hpp"
#include "bot/heads/asking.hpp"
#include "bot/heads/features.hpp"
#include "bot/heads/linear.hpp"
#include "bot/heads/net.hpp"

namespace rapport::heads {

/// What is learnt from hashed features. The first three and spam are logistic, `mood` is a number, the last
/// three are what technical text sounds like; `sentiment` is made of all of them.
enum class Head : std::uint8_t {
    gratitude,
    complaint,  ///< Anger, annoyance, disappointment, disapproval, disgust, fear, grief, sadness, ...
    pleased,    ///< Admiration, joy, love, ...
    spam,
    mood,  ///< -4 to 4, of tweets and reviews.
    technical_glad,
    technical_sad,
    technical,  ///< Talk about software rather than anything else.
    count
};
inline constexpr std::size_t head_count = static_cast<std::size_t>(Head::count);
std::string_view name_of(Head head) noexcept;
/// By head; above 0 or above `Weights::least`: yes.
using Sums = std::array<float, head_count>;

struct Weights {
    std::vector<std::array<std::int8_t, head_count>> rows{};  ///< bucket_count, in units of `units`.
    Sums units{};
    std::array<Traits, head_count> traits{};
    Sums least{};                  ///< From which sum on the answer is yes.
    std::vector<Net> sentiment{};  ///< Their mean is the sentiment. At least one.
    AskingWeights asking{};
    std::string provenance{};  ///< From which data it was computed, and their licences.
};

/// The numbers that nets of sentiment see: traits, then sums / 3.
inline constexpr std::size_t sentiment_inputs = trait_count + head_count;
std::array<float, sentiment_inputs> sentiment_input(const Features& features, const Sums& sums);

Sums sums_of(const Weights& weights, const Features& features);
/// How sure `which` is of a yes, 0 to 1; 0.5 from `least` on.
float sureness(const Weights& weights, const Sums& sums, Head which);
/// -4 to 4.
float sentiment_of(const Weights& weights, const Features& features, const Sums& sums);

/// Rounds `head` to eight bits and puts it into `weights`.
void put(Weights& weights, Head which, const Linear& head);

/// JSON, the same bytes for the same weights.
std::string to_json(const Weights& weights);
/// rejected: it is no such file, or of another version, or incomplete.
Result<Weights> from_json(std::string_view text);

/// From -0.5 to 0.5 a sentiment is neutral: technical text is learnt so that this is right most often.
inline constexpr float neutral_until = 0.5F;

/// Those that are built in.
const Weights& shipped_weights();

}  // namespace rapport::heads
