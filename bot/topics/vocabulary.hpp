#pragma once

// Phrases that are kept together and called by one name.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "bot/topics/terms.hpp"

namespace rapport::topics {

/// Phrases of up to four words. What differs in case, accents or endings is the same phrase.
class Vocabulary {
public:
    static constexpr std::size_t most_words = 4;
    static constexpr std::size_t most_phrases = 10'000;

    /// `name` is shown wherever `spelled` stands. What was added before under that spelling stays. False: it
    /// has no words, more than four, or there are too many phrases already.
    bool add(std::string_view spelled, std::string_view name);
    bool add(std::string_view name) { return add(name, name); }

    /// A phrase as it is called, and the key of that name.
    struct Name {
        std::string text{};
        std::uint64_t key = 0;
    };
    /// The longest phrase that begins with the first of `terms`. 0 words: none.
    struct Match {
        std::size_t words = 0;
        const Name* name = nullptr;  ///< Lives as long as the vocabulary.
    };
    Match longest(std::span<const Term> terms) const;

private:
    std::unordered_map<std::uint64_t, Name> names_{};
    std::unordered_map<std::uint64_t, bool> begins_{};  ///< By first stem: whether it begins longer phrases.
};

/// Names of things that have several spellings: "Subversion" and "svn", "OS X" and "osx".
void add_known_spellings(Vocabulary& to);

}  // namespace rapport::topics
