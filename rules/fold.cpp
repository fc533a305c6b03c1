#include "rules/fold.hpp"

#include <algorithm>

#include "rules/utf8.hpp"

namespace rapport::rules {
namespace {

// The letters of U+00C0-00FF and U+0100-017F without case and accents; '.' stands for "leave it" and, where
// two letters are needed, a capital stands for the pair in `pairs`.
constexpr std::string_view latin_1 =
    "aaaaaaAceeeeiiii"   // C0-CF
    "dnooooo.ouuuuyTS"   // D0-DF
    "aaaaaaAceeeeiiii"   // E0-EF
    "dnooooo.ouuuuyTy";  // F0-FF
constexpr std::string_view latin_a =
    "aaaaaaccccccccdd"   // 100-10F
    "ddeeeeeeeeeegggg"   // 110-11F
    "gggghhhhiiiiiiii"   // 120-12F
    "iiJJjjkkklllllll"   // 130-13F
    "lllnnnnnnnnnoooo"   // 140-14F
    "ooOOrrrrrrssssss"   // 150-15F
    "ssttttttuuuuuuuu"   // 160-16F
    "uuuuwwyyyzzzzzzs";  // 170-17F
static_assert(latin_1.size() == 64 && latin_a.size() == 128);

constexpr std::string_view pair_of(char capital) {
    switch (capital) {
        case 'A':
            return "ae";
        case 'T':
            return "th";
        case 'S':
            return "ss";
        case 'J':
            return "ij";
        default:
            return "oe";
    }
}

bool append_letter(std::string& out, char letter) {
    if (letter == '.') return false;
    if (letter >= 'A' && letter <= 'Z')
        out += pair_of(letter);
    else
        out += letter;
    return true;
}

void append_code_point(std::string& out, char32_t value) {  // U+0080-07FF, all that is ever made here
    out += static_cast<char>(0xC0 | value >> 6);
    out += static_cast<char>(0x80 | (value & 0x3F));
}

// Greek and Cyrillic: capitals to small letters, and the accented letters to plain ones.
char32_t fold_greek_cyrillic(char32_t c) {
    if (c >= 0x410 && c <= 0x42F) c += 0x20;
    if (c == 0x401 || c == 0x451) return 0x435;  // io is often written as ie
    if (c == 0x419 || c == 0x439) return 0x439;
    if (c >= 0x400 && c <= 0x40F) return c + 0x50;
    if (c >= 0x391 && c <= 0x3A9 && c != 0x3A2) c += 0x20;
    switch (c) {
        case 0x386:
        case 0x3AC:
            return 0x3B1;
        case 0x388:
        case 0x3AD:
            return 0x3B5;
        case 0x389:
        case 0x3AE:
            return 0x3B7;
        case 0x38A:
        case 0x3AF:
        case 0x390:
        case 0x3AA:
        case 0x3CA:
            return 0x3B9;
        case 0x38C:
        case 0x3CC:
            return 0x3BF;
        case 0x38E:
        case 0x3CD:
        case 0x3AB:
        case 0x3B0:
        case 0x3CB:
            return 0x3C5;
        case 0x38F:
        case 0x3CE:
            return 0x3C9;
        case 0x3C2:
            return 0x3C3;  // final sigma
        default:
            return c;
    }
}

/// Appends what `value` folds to, or says that it stays.
bool append_folded(std::string& out, char32_t value) {
    if (value >= 0xC0 && value <= 0xFF) return append_letter(out, latin_1[value - 0xC0]);
    if (value >= 0x100 && value <= 0x17F) return append_letter(out, latin_a[value - 0x100]);
    if (value >= 0x300 && value <= 0x36F) return true;
    if (value >= 0x386 && value <= 0x45F) {
        append_code_point(out, fold_greek_cyrillic(value));
        return true;
    }
    // Signs that are letters: Kelvin, Angstrom, Ohm.
    if (value == 0x212A) return append_letter(out, 'k');
    if (value == 0x212B) return append_letter(out, 'a');
    if (value == 0x2126) {
        append_code_point(out, 0x3C9);
        return true;
    }
    return false;
}

constexpr bool ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}
constexpr bool capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/// Appends `text`, which is all ASCII, in small letters.
void append_ascii(std::string& out, std::string_view text) {
    const std::size_t begin = out.size();
    out += text;
    for (std::size_t i = begin; i < out.size(); ++i)
        out[i] = static_cast<char>(out[i] + (capital(out[i]) ? 'a' - 'A' : 0));
}

}  // namespace

bool is_folded(std::string_view text) noexcept {
    bool folded = true;  // without an early end, the compiler looks at sixteen at a time
    for (const char c : text) folded &= ascii(c) && !capital(c);
    return folded;
}

void fold_into(std::string& out, std::string_view text) {
    out.reserve(out.size() + text.size());
    while (!text.empty()) {
        const auto plain = static_cast<std::size_t>(std::ranges::find_if_not(text, ascii) - text.begin());
        append_ascii(out, text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) break;
        const CodePoint point = first_code_point(text);
        if (!point.valid || !append_folded(out, point.value)) out += text.substr(0, point.size);
        text.remove_prefix(point.size);
    }
}

std::string fold(std::string_view text) {
    std::string folded;
    fold_into(folded, text);
    return folded;
}

}  // namespace rapport::rules
