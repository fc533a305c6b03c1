#pragma once

// The words of a text as topics see them: "C++", "c#" and ".NET" are words, "proxies" has the stem of
// "proxy".

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/reading/lexicon.hpp"

namespace rapport::topics {

/// One word of a text.
struct Term {
    std::uint64_t word = 0;  ///< Hash of the folded word.
    std::uint64_t stem = 0;  ///< Hash of its stem.
    std::size_t begin = 0;   ///< Where it stands in the text, in bytes.
    std::size_t end = 0;
    std::size_t folded_begin = 0;  ///< Where it stands in `Terms::folded`.
    std::size_t folded_end = 0;
    bool small = false;     ///< In a word list of those that are no topics: "the", "please", "broken".
    bool leads_in = false;  ///< "in", "with", "using": what comes next is often the topic.
    bool fits = false;      ///< By script and length it can be a topic, and it is not small.
    bool capital = false;   ///< Begins with one, and not a sentence.
    bool shouted = false;
    bool mixed = false;  ///< A capital after a small letter: "DataSet".
    bool digit = false;
};

struct Terms {
    std::string folded{};  ///< All words, folded, one after another.
    std::vector<Term> all{};

    std::string_view folded_of(const Term& term) const {
        return std::string_view{folded}.substr(term.folded_begin, term.folded_end - term.folded_begin);
    }
};

inline constexpr std::size_t most_terms = 512;

/// Handles ("@ana") and links are left out. Any bytes; looks at the first `most_terms` words.
Terms terms_of(std::string_view text);

/// The hash of a sequence of words that ends with the one that has `stem`; begins with 0.
constexpr std::uint64_t joined(std::uint64_t before, std::uint64_t stem) {
    return (before ^ (before >> 29U)) * 0xBF58476D1CE4E5B9U + stem;
}

/// The hash of all words of `text`, by their stems; 0: it has none. The same for "visual-studio" and "Visual
/// Studio".
std::uint64_t key_of(std::string_view text);

}  // namespace rapport::topics
