#pragma once

// How the weights are found, and how good they are for messages that they have not seen.

#include <cstdint>
#include <string>
#include <vector>

#include "bot/heads/labelled.hpp"
#include "bot/heads/weights.hpp"

namespace rapport::heads {

struct Example {
    Labelled said{};
    Features features{};
};

/// The labelled messages, by where they come from.
struct Material {
    std::vector<Example> emotions{};   ///< goemotions: `labels`.
    std::vector<Example> messages{};   ///< spam_sms: `yes` if spam.
    std::vector<Example> chat{};       ///< irc_reply: no label; taken as honest where spam is learnt.
    std::vector<Example> tweets{};     ///< sentiment_vader: `gold`, -4 to 4.
    std::vector<Example> reviews{};    ///< sentiment_vader: `gold`, -4 to 4.
    std::vector<Example> technical{};  ///< sentiment_se: `label`, "negative", "neutral" or "positive".
    std::vector<Example> support{};    ///< needs_reply: `yes` if it needs one.
};

/// With the features of each.
std::vector<Example> with_features(std::vector<Labelled> labelled, Extractor& extractor);

/// One line of the table that shows how good the weights are.
struct Figure {
    std::string task{}, split{}, figures{};
};

struct Learnt {
    Weights weights{};
    /// Of five folds, each judged by weights from the other four. Whether a sum is a yes was chosen on all of
    /// them.
    std::vector<Figure> figures{};
};

/// Every part of `material` but `chat` must have some examples. The same of it and of seed give the same
/// weights.
Learnt learn(const Material& material, std::uint32_t seed);

}  // namespace rapport::heads
