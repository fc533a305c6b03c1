#pragma once

// The key phrases of a text: what it is about, best first.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bot/topics/vocabulary.hpp"
#include "bot/topics/weights.hpp"

namespace rapport::topics {

/// How often words are used in one community: by the stem, counted as texts come.
class Usage {
public:
    static constexpr std::size_t most_words = 100'000;

    /// Counts each word of `text` once. Past `most_words` different ones all counts are halved, and what is
    /// rare is forgotten.
    void add(std::string_view text);
    /// In how many of the texts, 0 to 1.
    double rate(std::uint64_t stem) const;
    /// Whether there were enough texts for rates to mean something.
    bool tells() const noexcept { return texts_ >= 200; }

private:
    std::unordered_map<std::uint64_t, std::uint32_t> counts_{};
    double texts_ = 0;
};

struct Phrase {
    std::string text{};     ///< In lower case, or as the vocabulary has it.
    double score = 0;       ///< 0 to 1: its share among all of the text; 1 for the team's own.
    std::uint64_t key = 0;  ///< `key_of`: the same for all forms of the phrase.
};

/// What could be a key phrase, with what speaks for it.
struct Candidate {
    std::uint64_t key = 0;
    const Vocabulary::Name* name = nullptr;  ///< Null: as it stands in the text.
    std::size_t begin = 0;
    std::size_t end = 0;
    bool team = false;  ///< A phrase of the team's vocabulary.
    Traits traits{};
};

/// Finds key phrases. Immutable; what it is given outlives it.
class KeyPhrases {
public:
    /// `team`: phrases that the team lists; they come first. May be null.
    explicit KeyPhrases(const Weights& weights, const Vocabulary* team = nullptr);

    /// At most `most`, best first, of equals the earlier. `usage`: of this community, if it is known.
    std::vector<Phrase> find(std::string_view text, std::size_t most, const Usage* usage = nullptr) const;

    /// All that could be key phrases, in the order of the text; at most 64.
    std::vector<Candidate> candidates(std::string_view text, const Usage* usage = nullptr) const;

private:
    const Weights& weights_;
    const Vocabulary* team_;
    Vocabulary book_{};
};

/// The key phrases of one text by the shipped weights: at most `most`, best first.
std::vector<std::string> key_phrases(std::string_view text, std::size_t most = 5);

}  // namespace rapport::topics
