#include "bot/links/scorer.hpp"

#include <algorithm>

namespace rapport::links {

namespace {

template <class Rows>
void add_rows(const Part& part, const Rows& rows, Inner& inner) {
    for (const std::uint16_t row : rows) add(inner, part.rows[row]);
}

}  // namespace

void Scorer::add_scores(const Part& part, std::size_t place, const Vocabulary& vocabulary,
                        const Channel& channel, const Said& said, const Cues& cues,
                        std::vector<float>& scores) {
    inner_.resize(cues.candidates.size() + 1);
    Inner& starting = inner_[0] = part.bias;
    add_rows(part, cues.starting, starting);
    add_words(part, vocabulary, WordRole::starting, said.words.learned, starting);
    scores[0] += output(part, starting);
    Inner answering = part.bias;
    add_rows(part, cues.answering, answering);
    add_words(part, vocabulary, WordRole::answering, said.words.learned, answering);
    for (std::size_t i = 0; i < cues.candidates.size(); ++i) {
        const Candidate& candidate = cues.candidates[i];
        Inner inner = answering;
        add_rows(part, candidate.rows, inner);
        const float* words = channel[candidate.number].as_candidate.data() + place * width;
        for (std::size_t k = 0; k < width; ++k) inner[k] += words[k];
        scores[i + 1] += output(part, inner);
        inner_[i + 1] = inner;
    }
}

void read_as_candidate(const Model& model, Said& said) {
    said.as_candidate.clear();
    for (const Part& part : model.parts) {
        Inner inner{};
        add_words(part, model.vocabulary, WordRole::candidate, said.words.learned, inner);
        said.as_candidate.insert(said.as_candidate.end(), inner.begin(), inner.end());
    }
}

}  // namespace rapport::links
