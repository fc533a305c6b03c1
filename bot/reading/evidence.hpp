#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "bot/reading/brands.hpp"
#include "bot/reading/lexicon.hpp"
#include "bot/reading/topics.hpp"

namespace rapport::reading {

/// What one pass over a text found, before anything is concluded from it.
struct Evidence {
    std::uint32_t roles = 0;  ///< Every Role that some word or phrase has.
    unsigned words = 0;
    unsigned filler_words = 0;  ///< Of them, fillers, greetings and thanks.
    unsigned question_marks = 0;
    unsigned exclamations = 0;
    unsigned leads = 0;     ///< "how do", "is there", a sentence that begins with "why".
    unsigned requests = 0;  ///< "could you".
    unsigned failures = 0;  ///< "does not work".
    unsigned shouted = 0;
    unsigned spam_words = 0;
    bool has_number = false;   ///< Five digits or more: a telephone number, a code, an amount.
    bool own_trouble = false;  ///< A problem next to "i" or "we": theirs, not one in general.
    bool has_link = false;
    bool mentions_brand = false;
    float valence = 0;  ///< Sum over words; negation and boosters are in it.
    std::array<std::uint32_t, script_count> script_bytes{};
    std::array<std::uint32_t, language_count> language_points{};
    Topics topics{};

    bool has(std::uint32_t any) const noexcept { return (roles & any) != 0; }
};

/// Goes over `text` once (a few more times for scripts without spaces).
void gather(std::string_view text, const Lexicon& lexicon, const Brands& brands, Evidence& into);

/// The script that most of the text is in; Japanese, which mixes three, counts as hiragana.
Script main_script(const Evidence& evidence);

/// The code of the language, or "unknown".
std::string_view language_of(const Evidence& evidence, std::string_view text);

}  // namespace rapport::reading
