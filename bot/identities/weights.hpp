#pragma once

// The model: a weighted sum of traits, made a probability by the logistic function.

#include <string>
#include <string_view>

#include "adapters/net/error.hpp"
#include "bot/identities/likeness.hpp"

namespace rapport::identities {

struct Weights {
    Traits traits{};
    double bias = 0;
    std::string provenance{};  ///< From which data it was computed, and their licences.
};

/// 0 to 1.
double confidence(const Weights& weights, const Traits& traits);

/// JSON, the same bytes for the same weights.
std::string to_json(const Weights& weights);
/// rejected: it is no such file, or of another version.
Result<Weights> from_json(std::string_view text);

/// Those that are built in.
const Weights& shipped_weights();

}  // namespace rapport::identities
