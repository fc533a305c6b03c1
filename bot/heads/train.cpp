#include "bot/heads/train.hpp"

#include "bot/heads/train_parts.hpp"

namespace rapport::heads {

std::vector<Example> with_features(std::vector<Labelled> labelled, Extractor& extractor) {
    std::vector<Example> examples;
    examples.reserve(labelled.size());
    for (Labelled& one : labelled) {
        Example example{std::move(one), {}};
        extractor.extract(example.said.text, example.features);
        examples.push_back(std::move(example));
    }
    return examples;
}

Learnt learn(const Material& material, std::uint32_t seed) {
    Learnt learnt;
    learn_yes_or_no(material, seed, learnt);
    learn_sentiment(material, seed, learnt);
    learn_asking(material, seed, learnt);
    return learnt;
}

}  // namespace rapport::heads
