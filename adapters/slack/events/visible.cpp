#include <utf8proc.h>

#include <algorithm>

#include "adapters/slack/events/text.hpp"

namespace rapport::slack::events {
namespace {

using CodePoint = utf8proc_int32_t;

constexpr int most_marks = 4;
constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr std::string_view zero_width_space = "\xE2\x80\x8B";
constexpr CodePoint non_joiner = 0x200C;
constexpr CodePoint joiner = 0x200D;
constexpr CodePoint black_flag = 0x1F3F4;

/// Takes one code point off the front; -1 for a byte that is no UTF-8.
CodePoint take(std::string_view& text) noexcept {
    CodePoint code_point = -1;
    const auto bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                        static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    text.remove_prefix(bytes > 0 ? static_cast<std::size_t>(bytes) : 1);
    return bytes > 0 ? code_point : -1;
}

bool control(CodePoint c) noexcept {
    return (c >= 0 && c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F);
}

/// Characters that turn the direction, or that nobody sees: good for tricks only (Unicode TR 36).
bool unseen(CodePoint c) noexcept {
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           c == 0xAD || c == 0x34F || c == 0x61C || c == 0x115F || c == 0x1160 || c == 0x17B4 ||
           c == 0x17B5 || (c >= 0x180B && c <= 0x180F) || c == 0x3164 || c == 0xFEFF || c == 0xFFA0 ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool tag(CodePoint c) noexcept {
    return c >= 0xE0020 && c <= 0xE007F;
}

bool mark(CodePoint c) noexcept {
    const auto category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/// Copies what may stay.
class Filter {
public:
    explicit Filter(std::size_t room) { out_.reserve(room); }

    void see(CodePoint c, std::string_view bytes) {
        if (c < 0) {
            out_ += replacement;
        } else if (c == 0x2028 || c == 0x2029 || c == '\r') {
            out_ += '\n';
        } else if (control(c) || (unseen(c) && !needed(c))) {
            return;
        } else if (!mark(c) || marks_++ < most_marks) {
            out_ += bytes;
        } else {
            return;
        }
        if (!mark(c)) marks_ = 0;
        in_flag_ = c == black_flag || (in_flag_ && tag(c));
        before_ = c;
    }
    std::string taken() { return std::move(out_); }

private:
    /// Joiners belong in emoji and in scripts from Hebrew on, once; tags in the flags of regions.
    bool needed(CodePoint c) const noexcept {
        if (tag(c)) return in_flag_;
        return (c == joiner || c == non_joiner) && before_ >= 0x590 && !unseen(before_);
    }

    std::string out_{};
    CodePoint before_ = ' ';
    int marks_ = 0;
    bool in_flag_ = false;
};

bool plain_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t'; });
}

bool blank(char c) noexcept {
    return c == ' ' || c == '\n' || c == '\t';
}

std::string_view trimmed(std::string_view text) noexcept {
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    return text;
}

/// Where the last whole grapheme within `most` bytes ends; a grapheme longer than half of it is cut between
/// code points. `text` is valid.
std::size_t grapheme_edge(std::string_view text, std::size_t most) noexcept {
    std::string_view rest = text;
    std::size_t edge = 0;
    std::size_t point = 0;
    CodePoint before = -1;
    CodePoint state = 0;
    while (!rest.empty()) {
        const std::size_t here = text.size() - rest.size();
        if (here > most) break;
        point = here;
        const CodePoint c = take(rest);
        if (before < 0 || utf8proc_grapheme_break_stateful(before, c, &state)) edge = here;
        before = c;
    }
    return edge < most / 2 ? point : edge;
}

}  // namespace

std::string visible(std::string_view text, std::size_t most) {
    std::string filtered;
    if (!plain_ascii(text)) {
        Filter filter{text.size()};
        while (!text.empty()) {
            const std::string_view here = text;
            const CodePoint c = take(text);
            if (c == '\r' && text.starts_with('\n')) continue;
            filter.see(c, here.substr(0, here.size() - text.size()));
        }
        filtered = filter.taken();
        text = filtered;
    }
    text = trimmed(text);
    if (text.size() > most) text = trimmed(text.substr(0, grapheme_edge(text, most)));
    return std::string{text};
}

std::string escape(std::string_view plain) {
    std::string out;
    out.reserve(plain.size() + 16);
    for (std::size_t i = 0; i < plain.size(); ++i) {
        const char c = plain[i];
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
        if (c != '@') continue;
        const std::string_view word = plain.substr(i + 1);
        if (word.starts_with("here") || word.starts_with("channel") || word.starts_with("everyone"))
            out += zero_width_space;
    }
    return out;
}

}  // namespace rapport::slack::events
