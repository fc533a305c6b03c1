#include "bot/reading/code_points.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace rapport::reading {

namespace {

struct Range {
    char32_t first;
    char32_t last;
    Sort sort;
    Script script;
};

// Blocks of the Unicode standard, as far as a reader must tell them apart; sorted. What is in no range is
// asked of utf8proc.
constexpr Range ranges[] = {
    {0x80, 0xA0, Sort::separator, Script::none},
    {0xA1, 0xA1, Sort::stop, Script::none},  // the Spanish sign before an exclamation
    {0xA2, 0xA9, Sort::separator, Script::none},
    {0xAD, 0xAD, Sort::silent, Script::none},
    {0xBF, 0xBF, Sort::question, Script::none},
    {0xC0, 0xD6, Sort::letter, Script::latin},
    {0xD7, 0xD7, Sort::separator, Script::none},
    {0xD8, 0xF6, Sort::letter, Script::latin},
    {0xF7, 0xF7, Sort::separator, Script::none},
    {0xF8, 0x24F, Sort::letter, Script::latin},
    {0x250, 0x2AF, Sort::letter, Script::latin},
    {0x2BC, 0x2BC, Sort::apostrophe, Script::none},
    {0x300, 0x36F, Sort::silent, Script::none},
    {0x37E, 0x37E, Sort::question, Script::none},  // the Greek question mark
    {0x386, 0x3FF, Sort::letter, Script::greek},
    {0x400, 0x52F, Sort::letter, Script::cyrillic},
    {0x591, 0x5C7, Sort::silent, Script::hebrew},
    {0x5D0, 0x5EA, Sort::letter, Script::hebrew},
    {0x60C, 0x60D, Sort::separator, Script::none},
    {0x61B, 0x61B, Sort::stop, Script::none},
    {0x61C, 0x61C, Sort::silent, Script::none},
    {0x61F, 0x61F, Sort::question, Script::none},
    {0x620, 0x63F, Sort::letter, Script::arabic},
    {0x640, 0x640, Sort::silent, Script::arabic},
    {0x641, 0x64A, Sort::letter, Script::arabic},
    {0x64B, 0x65F, Sort::silent, Script::arabic},
    {0x660, 0x669, Sort::digit, Script::none},
    {0x670, 0x670, Sort::silent, Script::arabic},
    {0x671, 0x6D3, Sort::letter, Script::arabic},
    {0x750, 0x77F, Sort::letter, Script::arabic},
    {0x900, 0x963, Sort::letter, Script::devanagari},
    {0x964, 0x965, Sort::stop, Script::none},
    {0xE01, 0xE3A, Sort::letter, Script::thai},
    {0xE40, 0xE4E, Sort::letter, Script::thai},
    {0x1100, 0x11FF, Sort::letter, Script::hangul},
    {0x1E00, 0x1EFF, Sort::letter, Script::latin},
    {0x1F00, 0x1FFE, Sort::letter, Script::greek},
    {0x2000, 0x200A, Sort::separator, Script::none},
    {0x200B, 0x200F, Sort::silent, Script::none},
    {0x2010, 0x2018, Sort::separator, Script::none},
    {0x2019, 0x2019, Sort::apostrophe, Script::none},
    {0x201A, 0x2029, Sort::separator, Script::none},
    {0x202A, 0x202E, Sort::silent, Script::none},
    {0x2047, 0x2049, Sort::question, Script::none},
    {0x2060, 0x206F, Sort::silent, Script::none},
    {0x2600, 0x27BF, Sort::emoji, Script::none},
    {0x3001, 0x3001, Sort::separator, Script::none},
    {0x3002, 0x3002, Sort::stop, Script::none},
    {0x3005, 0x3005, Sort::letter, Script::han},
    {0x3041, 0x309F, Sort::letter, Script::hiragana},
    {0x30A1, 0x30FA, Sort::letter, Script::katakana},
    {0x30FC, 0x30FF, Sort::letter, Script::katakana},
    {0x3131, 0x318E, Sort::letter, Script::hangul},
    {0x3400, 0x4DBF, Sort::letter, Script::han},
    {0x4E00, 0x9FFF, Sort::letter, Script::han},
    {0xAC00, 0xD7FB, Sort::letter, Script::hangul},
    {0xF900, 0xFAFF, Sort::letter, Script::han},
    {0xFE00, 0xFE0F, Sort::silent, Script::none},
    {0xFEFF, 0xFEFF, Sort::silent, Script::none},
    {0xFF01, 0xFF01, Sort::exclamation, Script::none},
    {0xFF10, 0xFF19, Sort::digit, Script::none},
    {0xFF1F, 0xFF1F, Sort::question, Script::none},
    {0xFF21, 0xFF3A, Sort::letter, Script::latin},
    {0xFF41, 0xFF5A, Sort::letter, Script::latin},
    {0xFF66, 0xFF9D, Sort::letter, Script::katakana},
    {0x1F000, 0x1FAFF, Sort::emoji, Script::none},
    {0x20000, 0x2FA1F, Sort::letter, Script::han},
    {0xE0000, 0xE007F, Sort::silent, Script::none},
};

void classify(CodePoint& point) {
    const auto* const range =
        std::upper_bound(std::begin(ranges), std::end(ranges), point.value,
                         [](char32_t value, const Range& each) { return value <= each.last; });
    if (range != std::end(ranges) && range->first <= point.value) {
        point.sort = range->sort;
        point.script = range->script;
        return;
    }
    const utf8proc_category_t category = utf8proc_category(static_cast<utf8proc_int32_t>(point.value));
    if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) {
        point.sort = Sort::letter;
        point.script = Script::other;
    } else if (category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_CF) {
        point.sort = Sort::silent;
    } else if (category == UTF8PROC_CATEGORY_ND) {
        point.sort = Sort::digit;
    }
}

/// U+00C0 to U+017F without accents; '*' stands for two letters that `fold` writes out.
constexpr std::string_view latin_folded =
    "aaaaaa*ceeeeiiiidnooooo*ouuuuy**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
    "lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(latin_folded.size() == 0x180 - 0xC0);

std::string_view two_letters(char32_t value) {
    switch (value) {
        case 0xC6:
        case 0xE6:
            return "ae";
        case 0xDF:
            return "ss";
        case 0xDE:
        case 0xFE:
            return "th";
        case 0x132:
        case 0x133:
            return "ij";
        case 0x152:
        case 0x153:
            return "oe";
        default:
            return "x";
    }
}

std::size_t encode(char32_t value, char* out) {
    return static_cast<std::size_t>(
        utf8proc_encode_char(static_cast<utf8proc_int32_t>(value), reinterpret_cast<utf8proc_uint8_t*>(out)));
}

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t at) {
    CodePoint point;
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::uint32_t length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
    if (length == 1 || at + length > text.size()) return point;
    char32_t value = lead & (0xFFU >> (length + 1));
    for (std::uint32_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xC0U) != 0x80U) return point;
        value = (value << 6U) | (byte & 0x3FU);
    }
    const bool too_long = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (too_long || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return point;
    point.value = value;
    point.length = length;
    classify(point);
    return point;
}

std::size_t fold(const CodePoint& letter, char* out) {
    const char32_t value = letter.value;
    if (value >= 0xC0 && value < 0x180) {
        const char base = latin_folded[value - 0xC0];
        out[0] = base;
        if (base != '*') return 1;
        const std::string_view two = two_letters(value);
        std::copy(two.begin(), two.end(), out);
        return two.size();
    }
    if (value >= 0xFF10 && value <= 0xFF5A) {  // full-width forms: lower case and digits of ASCII
        const auto ascii = static_cast<char>(value - 0xFEE0);
        out[0] = ascii >= 'A' && ascii <= 'Z' ? static_cast<char>(ascii + 32) : ascii;
        return 1;
    }
    if (letter.script == Script::cyrillic && value < 0x430) {
        return encode(value < 0x410 ? value + 0x50 : value + 0x20, out);
    }
    if (letter.script == Script::arabic && (value == 0x622 || value == 0x623 || value == 0x625)) {
        return encode(0x627, out);  // alef with hamza or madda is often written without
    }
    const bool has_case = letter.script != Script::arabic && letter.script < Script::han;
    return encode(
        has_case ? static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(value))) : value,
        out);
}

std::string lower_case(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char byte = text[at];
        if (static_cast<unsigned char>(byte) < 0x80) {
            result += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
            ++at;
            continue;
        }
        const CodePoint point = code_point_at(text, at);
        at += point.length;
        // Combining accents stay with their letter; what nobody can see goes.
        const bool accent = point.value >= 0x300 && point.value <= 0x36F;
        if (point.value == 0 || (point.sort == Sort::silent && !accent)) continue;
        std::array<char, 4> bytes{};
        const auto lower = utf8proc_tolower(static_cast<utf8proc_int32_t>(point.value));
        result.append(bytes.data(), encode(static_cast<char32_t>(lower), bytes.data()));
    }
    return result;
}

}  // namespace rapport::reading
