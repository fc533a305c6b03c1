#pragma once

#include <optional>
#include <vector>

#include "bot/links/model.hpp"
#include "bot/links/scorer.hpp"

namespace rapport::links {

/// Looks for the parent of a message among the last ones of its channel. Keeps room for its work, so each
/// thread needs its own.
class Chooser {
public:
    /// `model` outlives it and has at least one part.
    explicit Chooser(const Model& model) : model_(model) {}

    struct Choice {
        std::optional<Number> parent{};  ///< Nothing: it starts something.
        double confidence = 1;           ///< 0 to 1, as the model sees it.
    };
    /// `said` has arrived in `channel`, and is not kept yet.
    Choice choose(const Channel& channel, const Said& said);

private:
    const Model& model_;
    CueFinder finder_{};
    Scorer scorer_{};
    Cues cues_{};
    std::vector<float> scores_{};
};

}  // namespace rapport::links
