#pragma once

// Topics that a team defines by examples.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bot/topics/example.hpp"

namespace rapport::topics {

/// What a text is about, of the topics of the examples.
struct Prediction {
    std::string_view topic{};  ///< Empty: unknown. Lives as long as the classifier.
    double score = 0;          ///< 0 to 1: how sure, next to the other topics.
};

/// Words, stems, neighbours, words near one another and runs of letters, weighed by how rare they are; one
/// logistic regression for each topic against the rest (AdaGrad, Duchi, Hazan and Singer 2011), to whose sum
/// that of a naive Bayes model is added (in the spirit of Wang and Manning 2012), which is better while there
/// are few examples. Immutable once made.
class Classifier {
public:
    static constexpr std::size_t most_topics = 200;
    static constexpr std::size_t most_features = 300'000;
    static constexpr double default_least_score = 0.2;

    /// The same examples and seed give the same classifier. A text below `least_score`, or with nothing in it
    /// that any example has, is unknown. What is past `most_topics` and
    /// `most_features` is left out.
    explicit Classifier(std::span<const Example> examples, std::uint32_t seed = 1,
                        double least_score = default_least_score);

    Prediction predict(std::string_view text) const;
    const std::vector<std::string>& topics() const noexcept { return topics_; }

private:
    struct Feature {
        std::uint32_t index = 0;
        float value = 0;
    };
    using Features = std::vector<Feature>;

    void count(std::span<const Example> examples, const std::vector<std::uint32_t>& topic);
    Features features_of(std::string_view text) const;
    void learn(const std::vector<Features>& texts, const std::vector<std::uint32_t>& topic,
               std::uint32_t seed);
    std::vector<double> sums(const Features& features) const;

    std::vector<std::string> topics_{};
    std::unordered_map<std::uint64_t, std::uint32_t> index_{};  ///< Of each feature of the examples.
    std::vector<float> rarity_{};                               ///< By feature.
    std::vector<float> weights_{};  ///< By feature and topic; what both models make of it.
    double least_score_;
};

}  // namespace rapport::topics
