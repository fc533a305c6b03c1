#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rapport::reading {

/// The writing systems that a reading tells apart.
enum class Script : std::uint8_t {
    none,
    latin,
    cyrillic,
    greek,
    hebrew,
    arabic,
    devanagari,
    thai,
    han,
    hiragana,
    katakana,
    hangul,
    other
};
inline constexpr std::size_t script_count = 13;

/// Whether words of `script` are written without spaces between them.
constexpr bool runs_together(Script script) {
    return script == Script::han || script == Script::hiragana || script == Script::katakana ||
           script == Script::thai;
}

/// What a code point is to a reader of words.
enum class Sort : std::uint8_t {
    separator,  ///< Ends a word.
    letter,
    digit,
    apostrophe,
    silent,  ///< Zero-width characters, direction marks, combining accents: as if they were not there.
    emoji,
    question,  ///< Any question mark.
    exclamation,
    stop,  ///< Ends a sentence.
};

struct CodePoint {
    char32_t value = 0;
    std::uint32_t length = 1;  ///< Bytes in the text, at least 1.
    Sort sort = Sort::separator;
    Script script = Script::none;
};

/// The code point at `at`, which must be inside `text`. A byte that is not valid UTF-8 is a separator of
/// length 1.
CodePoint code_point_at(std::string_view text, std::size_t at);

/// Appends `letter` to a word for comparing: lower case, Latin letters without accents. At most 4 bytes;
/// returns how many.
std::size_t fold(const CodePoint& letter, char* out);

/// `text` in lower case, accents kept, silent characters left out. For words to be shown.
std::string lower_case(std::string_view text);

}  // namespace rapport::reading
