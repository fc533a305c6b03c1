#pragma once

// The model: a small network that gives each candidate, and starting something, a score. The highest wins.
//
// Cues are yes or no, so the inner layer is a sum of rows: those of the message, those of the pair, and those
// of the words of both. Its numbers below zero count as zero, but for the last, which goes on as it is. A
// model has one or more parts, trained apart; their scores are added.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/net/error.hpp"
#include "bot/links/cues.hpp"

namespace rapport::links {

using Inner = std::array<float, width>;

struct Part {
    std::vector<Inner> rows{};
    Inner bias{}, out{};
};

struct Model {
    Vocabulary vocabulary{};
    std::vector<Part> parts{};
    std::string provenance{};  ///< From which data it was computed, and their licences.
};

/// In a message's words, a word has a row for each of the three things that it can speak for.
enum class WordRole { starting, answering, candidate };
int word_row(const Vocabulary& vocabulary, WordRole role, int learned);
/// How many rows a part has.
int row_count(const Vocabulary& vocabulary);

/// The inner layer gets the rows of these words, the longer the text the less of each.
void add_words(const Part& part, const Vocabulary& vocabulary, WordRole role, const std::vector<int>& learned,
               Inner& inner);
float output(const Part& part, const Inner& inner);
/// By how much each of `count` words weighs.
float word_weight(std::size_t count);

inline void add(Inner& to, const Inner& row, float times = 1) {
    for (std::size_t i = 0; i < width; ++i) to[i] += times * row[i];
}

/// JSON, the same bytes for the same model; weights to 16 bits.
std::string to_json(const Model& model);
/// rejected: it is no such file, of another version, or incomplete.
Result<Model> from_json(std::string_view text);

/// The one that is built in.
const Model& shipped_model();

}  // namespace rapport::links
