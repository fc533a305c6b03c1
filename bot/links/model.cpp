#include "bot/links/model.hpp"

#include <cmath>

namespace rapport::links {

int word_row(const Vocabulary& vocabulary, WordRole role, int learned) {
    return cue::rows + int(role) * vocabulary.learned_words() + learned;
}

int row_count(const Vocabulary& vocabulary) {
    return cue::rows + 3 * vocabulary.learned_words();
}

float word_weight(std::size_t count) {
    return count == 0 ? 0 : 1 / std::sqrt(float(count));
}

void add_words(const Part& part, const Vocabulary& vocabulary, WordRole role, const std::vector<int>& learned,
               Inner& inner) {
    const float weight = word_weight(learned.size());
    for (const int word : learned)
        add(inner, part.rows[std::size_t(word_row(vocabulary, role, word))], weight);
}

float output(const Part& part, const Inner& inner) {
    // Four sums side by side: their order is fixed, and the compiler may still do them at once.
    std::array<float, 4> sums{};
    for (std::size_t i = 0; i < width; i += sums.size())
        for (std::size_t k = 0; k < sums.size(); ++k) {
            const float value = inner[i + k];
            sums[k] += part.out[i + k] * (value > 0 || i + k == width - 1 ? value : 0);
        }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace rapport::links
