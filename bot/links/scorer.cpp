#include "bot/links/scorer.hpp"

#include <algorithm>

namespace rapport::links {

namespace {

/// Adds rows to `inner`, some numbers at a time: so many that the processor holds them in registers until all
/// rows are added.
template <class Rows>
void add_rows(const Part& part, const Rows& rows, Inner& inner) {
    constexpr std::size_t block = 16;
    for (std::size_t begin = 0; begin < width; begin += block) {
        std::array<float, block> sums;
        for (std::size_t i = 0; i < block; ++i) sums[i] = inner[begin + i];
        for (const std::uint16_t row : rows) {
            const float* const from = part.rows[row].data() + begin;
            for (std::size_t i = 0; i < block; ++i) sums[i] += from[i];
        }
        for (std::size_t i = 0; i < block; ++i) inner[begin + i] = sums[i];
    }
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
