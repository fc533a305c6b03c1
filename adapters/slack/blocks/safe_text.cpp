#include "adapters/slack/blocks/safe_text.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>

namespace rapport::slack::blocks {
namespace {

using CodePoint = utf8proc_int32_t;

constexpr int max_marks = 4;
constexpr int max_points_of_grapheme = 16;                // A family of four with skin tones has eleven.
constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view ellipsis = "…";
constexpr std::string_view zero_width_space = "\xE2\x80\x8B";
constexpr std::string_view first_strong_isolate = "\xE2\x81\xA8";
constexpr std::string_view pop_isolate = "\xE2\x81\xA9";
constexpr CodePoint zero_width_joiner = 0x200D;
constexpr CodePoint black_flag = 0x1F3F4;

/// Takes one code point off the front; -1 for a byte that is not UTF-8.
CodePoint take(std::string_view& text) {
    CodePoint code_point = -1;
    const auto bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                        static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    text.remove_prefix(bytes > 0 ? static_cast<std::size_t>(bytes) : 1);
    return bytes > 0 ? code_point : -1;
}

bool is_control(CodePoint c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}
bool is_line_end(CodePoint c) {
    return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x0B || c == 0x0C || c == 0x85;
}
bool is_noncharacter(CodePoint c) {
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}
bool is_tag(CodePoint c) {
    return c >= 0xE0020 && c <= 0xE007F;
}

/// Direction marks, overrides and isolates, zero-width and other characters that nobody sees.
bool is_invisible(CodePoint c) {
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           c == 0xAD || c == 0x34F || c == 0x61C || c == 0x115F || c == 0x1160 || c == 0x17B4 ||
           c == 0x17B5 || (c >= 0x180B && c <= 0x180F) || c == 0x3164 || c == 0xFEFF || c == 0xFFA0 ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

/// Joiners are needed in emoji and in scripts from Hebrew on, once, and are a trick among Latin letters.
bool belongs(CodePoint invisible, CodePoint before, bool in_flag) {
    if (is_tag(invisible)) return in_flag;
    return (invisible == 0x200C || invisible == zero_width_joiner) && before >= 0x590 &&
           (before < 0x2000 || before > 0x206F);
}

bool is_mark(CodePoint c) {
    const auto category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

bool is_blank(char c) {
    return c == ' ' || c == '\n';
}

void trim(std::string& text) {
    while (!text.empty() && is_blank(text.back())) text.pop_back();
    text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), is_blank));
}

/// Walks over a text and writes what may stay.
class Tamer {
public:
    Tamer(Lines lines, std::size_t room) : lines_(lines) { out_.reserve(room); }

    void see(CodePoint c, std::string_view bytes) {
        if (is_line_end(c))
            out_ += lines_ == Lines::keep ? '\n' : ' ';
        else if (c == '\t' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000)
            out_ += ' ';
        else if (c < 0)
            out_ += replacement;
        else if (is_control(c) || is_noncharacter(c) || (is_invisible(c) && !belongs(c, before_, in_flag_)))
            return;
        else if (is_mark(c) && marks_++ >= max_marks)
            return;
        else
            out_ += bytes;
        if (!is_mark(c)) marks_ = 0;
        in_flag_ = c == black_flag || (in_flag_ && is_tag(c));
        before_ = c;
    }

    std::string taken() {
        trim(out_);
        return std::move(out_);
    }

private:
    Lines lines_;
    std::string out_{};
    CodePoint before_ = ' ';
    int marks_ = 0;
    bool in_flag_ = false;
};

std::size_t plain_weight(CodePoint) {
    return 1;
}
std::size_t escaped_weight(CodePoint c) {
    if (c == '&') return 5;
    if (c == '<' || c == '>') return 4;
    return c == '@' ? 2 : 1;
}

template <class Weight>
std::size_t weigh(std::string_view text, Weight weight) {
    std::size_t total = 0;
    while (!text.empty()) total += weight(take(text));
    return total;
}

/// Bytes of the longest beginning that weighs at most `limit` and ends with a grapheme.
template <class Weight>
std::size_t fitting(std::string_view text, std::size_t limit, Weight weight) {
    std::string_view rest = text;
    std::size_t weighs = 0, at_grapheme = 0;
    int points = 0;  // Of the grapheme that is being read.
    CodePoint previous = -1, state = 0;
    while (!rest.empty()) {
        const std::size_t here = text.size() - rest.size();
        const CodePoint c = take(rest);
        const bool begins = previous < 0 || c < 0 || utf8proc_grapheme_break_stateful(previous, c, &state);
        if (begins) at_grapheme = here;
        points = begins ? 0 : points + 1;
        weighs += weight(c);
        if (weighs > limit) return points > max_points_of_grapheme ? here : at_grapheme;
        previous = c;
    }
    return text.size();
}

template <class Weight>
std::string cut_by(std::string_view text, std::size_t limit, Weight weight) {
    if (weigh(text, weight) <= limit) return std::string{text};
    std::string out{text.substr(0, fitting(text, limit > 0 ? limit - 1 : 0, weight))};
    trim(out);
    if (limit > 0) out += ellipsis;
    return out;
}

bool runs_right_to_left(CodePoint c) {
    if (c < 0x590) return false;
    const auto direction = utf8proc_get_property(c)->bidi_class;
    return direction == UTF8PROC_BIDI_CLASS_R || direction == UTF8PROC_BIDI_CLASS_AL ||
           direction == UTF8PROC_BIDI_CLASS_AN;
}

/// Where to break so that no word is cut, if that loses no more than half of the room.
std::size_t good_break(std::string_view text, std::size_t fits) {
    if (fits == text.size()) return fits;
    const auto good = [&](std::size_t at) { return at != std::string_view::npos && at >= fits / 2; };
    if (const auto line = text.substr(0, fits).rfind('\n'); good(line)) return line + 1;
    if (const auto word = text.substr(0, fits).rfind(' '); good(word)) return word + 1;
    return fits;
}

}  // namespace

std::string tame(std::string_view text, Lines lines) {
    Tamer tamer{lines, text.size()};
    while (!text.empty()) {
        const std::string_view here = text;
        const CodePoint c = take(text);
        if (c == '\r' && text.starts_with('\n')) continue;
        tamer.see(c, here.substr(0, here.size() - text.size()));
    }
    return tamer.taken();
}

std::string editable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::string_view here = text;
        const CodePoint c = take(text);
        if (c < 0)
            out += replacement;
        else if (!is_control(c) || c == '\n')
            out += here.substr(0, here.size() - text.size());
    }
    return out;
}

std::string isolated(std::string words) {
    std::string_view rest = words;
    while (!rest.empty())
        if (runs_right_to_left(take(rest)))
            return std::string{first_strong_isolate}.append(words).append(pop_isolate);
    return words;
}

std::size_t length(std::string_view utf8) noexcept {
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::size_t escaped_length(std::string_view utf8) noexcept {
    return weigh(utf8, escaped_weight);
}

std::string escape(std::string_view utf8) {
    std::string out;
    out.reserve(utf8.size() + 16);
    for (const char c : utf8) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
        if (c == '@') out += zero_width_space;
    }
    return out;
}

std::string cut(std::string_view utf8, std::size_t limit) {
    return cut_by(utf8, limit, plain_weight);
}

std::string cut_for_escape(std::string_view utf8, std::size_t limit) {
    return cut_by(utf8, limit, escaped_weight);
}

std::string number(std::size_t count) {
    std::string digits = std::to_string(count);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
    return digits;
}

std::string cut_and_tell(std::string_view utf8, std::size_t limit) {
    const std::size_t all = length(utf8);
    if (all <= limit) return std::string{utf8};
    const std::size_t note = 30;
    if (limit <= 2 * note) return cut(utf8, limit);
    const std::string kept = cut(utf8, limit - note);
    return fmt::format("{} ({} more characters)", kept, number(all - (length(kept) - 1)));
}

std::vector<std::string> split(std::string_view utf8, std::size_t limit, std::size_t most) {
    std::vector<std::string> pieces;
    while (!utf8.empty() && pieces.size() < most) {
        std::string piece;
        if (pieces.size() + 1 == most) {
            piece = cut_and_tell(utf8, limit);
            utf8 = {};
        } else {
            const std::size_t end =
                std::max<std::size_t>(good_break(utf8, fitting(utf8, limit, plain_weight)), 1);
            piece = utf8.substr(0, end);
            utf8.remove_prefix(std::min(end, utf8.size()));
        }
        trim(piece);
        if (!piece.empty()) pieces.push_back(std::move(piece));
    }
    return pieces;
}

}  // namespace rapport::slack::blocks
