#pragma once

// What a text says, as the linker sees it: words, names, questions.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/links/authors.hpp"
#include "bot/links/vocabulary.hpp"

namespace rapport::links {

/// What stands in a text, one thing after the other: words in lower case, "0" for numbers, "<url>" for
/// addresses, ":)" and ":(" for faces, and marks like "?", "!", ".." (twice or more).
struct Token {
    std::string text{};
    std::uint32_t itself = 0;  ///< Of a number of three digits or more, or an address: its own hash. Else 0.
    /// Marks that say nothing by themselves.
    bool only_a_mark() const { return text == "," || text == "." || text == ":" || text == "/"; }
};
std::vector<Token> tokens_of(std::string_view text_in_lower_case);

struct WeighedWord {
    std::uint32_t word = 0;  ///< Its hash.
    float rarity = 0;
    auto operator<=>(const WeighedWord&) const = default;
};

struct Words {
    static constexpr std::size_t most_learned = 40, most_telling = 24, most_numbers = 8, most_named = 3;

    std::vector<int> learned{};            ///< Numbers in the vocabulary, ascending.
    std::vector<WeighedWord> telling{};    ///< Words that are not everywhere, ascending by hash.
    std::vector<std::uint32_t> numbers{};  ///< Numbers and addresses, ascending by hash.
    std::array<AuthorSlot, most_named> named{nobody, nobody, nobody};
    int named_count = 0;
    AuthorSlot addressed = nobody;   ///< Whose name stands first.
    bool addresses_unknown = false;  ///< A word and a colon stand first, and it is no author's name.
    bool has_question_mark = false;
    bool begins_like_question = false;
    int length = 0;  ///< In steps: up to 2, 4, 7, 12, 20, 40 words, more.

    bool names(AuthorSlot author) const;
    /// Whom it speaks to, as far as it says so.
    AuthorSlot target() const { return addressed != nobody ? addressed : named[0]; }
};

Words read_words(std::string_view text, const Vocabulary& vocabulary, const Authors& authors);

/// The first step that `value` does not exceed; their count if it exceeds all.
template <std::size_t count>
int step(std::int64_t value, const int (&steps)[count]) {
    int i = 0;
    for (const int one : steps) {
        if (value <= one) return i;
        ++i;
    }
    return i;
}

}  // namespace rapport::links
