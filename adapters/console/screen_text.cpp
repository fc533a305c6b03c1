#include "adapters/console/screen_text.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace rapport::console {
namespace {

constexpr int max_marks = 4;
constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

/// Takes one code point off the front; -1 for a byte that is not UTF-8.
utf8proc_int32_t take(std::string_view& text) {
    utf8proc_int32_t code_point = -1;
    const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                         static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    text.remove_prefix(length > 0 ? static_cast<std::size_t>(length) : 1);
    return length > 0 ? code_point : -1;
}

bool is_control(utf8proc_int32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

/// Direction marks, overrides and isolates, zero-width and other invisible characters, tags.
bool is_invisible(utf8proc_int32_t c) {
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
           c == 0xAD || c == 0x34F || c == 0x61C || c == 0x115F || c == 0x1160 || c == 0x17B4 ||
           c == 0x17B5 || (c >= 0x180B && c <= 0x180F) || c == 0x3164 || c == 0xFEFF || c == 0xFFA0 ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

/// Zero-width (non-)joiners are needed in emoji and in scripts from Arabic on, and are a trick among Latin
/// letters.
bool joiner_belongs(utf8proc_int32_t joiner, utf8proc_int32_t before) {
    return (joiner == 0x200C || joiner == 0x200D) && before >= 0x600;
}

bool is_mark(utf8proc_int32_t c) {
    const auto category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/// Calls `each(grapheme, columns)` for each grapheme of `text` until it returns false.
template <class Each>
void for_each_grapheme(std::string_view text, Each each) {
    std::size_t begin = 0, at = 0;
    utf8proc_int32_t previous = -1, state = 0;
    int width = 0;
    std::string_view rest = text;
    while (!rest.empty()) {
        const utf8proc_int32_t c = take(rest);
        if (previous >= 0 && (c < 0 || utf8proc_grapheme_break_stateful(previous, c, &state))) {
            if (!each(text.substr(begin, at - begin), std::min(width, 2))) return;
            begin = at;
            width = 0;
        }
        // An emoji that is asked for as such (U+FE0F) is two columns wide, whatever its base is.
        width += c == 0xFE0F ? 1 : c < 0 ? 1 : utf8proc_charwidth(c);
        previous = c < 0 ? 0xFFFD : c;
        at = text.size() - rest.size();
    }
    if (at > begin) each(text.substr(begin, at - begin), std::min(width, 2));
}

void cut_with(std::string& line, int width, std::string_view ellipsis) {
    line = fit(line, width - columns(ellipsis), "");
    while (line.ends_with(' ')) line.pop_back();
    line += ellipsis;
}

}  // namespace

std::string tame(std::string_view text, Breaks breaks) {
    std::string out;
    out.reserve(text.size());
    utf8proc_int32_t before = ' ';
    int marks = 0;
    while (!text.empty()) {
        const std::string_view here = text;
        const utf8proc_int32_t c = take(text);
        const std::string_view bytes = here.substr(0, here.size() - text.size());
        if (c == '\r' && text.starts_with('\n')) continue;
        if (c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029) {
            out += breaks == Breaks::keep ? '\n' : ' ';
        } else if (c == '\t') {
            out += ' ';
        } else if (c < 0 || is_control(c)) {
            out += replacement;
        } else if (is_invisible(c) && !joiner_belongs(c, before)) {
            continue;
        } else if (is_mark(c) && ++marks > max_marks) {
            continue;
        } else {
            if (!is_mark(c)) marks = 0;
            out += bytes;
        }
        before = c;
    }
    return out;
}

int columns(std::string_view text) {
    int total = 0;
    for_each_grapheme(text, [&](std::string_view, int width) {
        total += width;
        return true;
    });
    return total;
}

std::string fit(std::string_view text, int width, std::string_view ellipsis) {
    if (width <= 0) return {};
    const int reserve = ellipsis.empty() ? 0 : columns(ellipsis);
    int total = 0;
    std::size_t kept = 0;  ///< Bytes that leave room for the ellipsis.
    std::size_t length = 0;
    bool cut = false;
    for_each_grapheme(text, [&](std::string_view grapheme, int columns_of_it) {
        if (total + columns_of_it > width) {
            cut = true;
            return false;
        }
        total += columns_of_it;
        length += grapheme.size();
        if (total + reserve <= width) kept = length;
        return true;
    });
    if (!cut) return std::string{text};
    return std::string{text.substr(0, kept)}.append(reserve <= width ? ellipsis : "");
}

std::vector<std::string> wrap(std::string_view text, int width, std::size_t max_lines,
                              std::string_view ellipsis) {
    std::vector<std::string> lines;
    bool left_out = false;
    while (!left_out) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string_view paragraph = text.substr(0, end);
        do {
            if (lines.size() == max_lines) {
                left_out = true;
                break;
            }
            std::string line = fit(paragraph, width, "");
            if (line.size() < paragraph.size() && paragraph[line.size()] != ' ')
                if (const auto space = line.rfind(' '); space != std::string::npos && space > 0)
                    line.resize(space);
            if (line.empty() && !paragraph.empty()) line = std::string{paragraph.substr(0, 1)};
            paragraph.remove_prefix(line.size());
            while (paragraph.starts_with(' ')) paragraph.remove_prefix(1);
            lines.push_back(std::move(line));
        } while (!paragraph.empty());
        if (end == text.size()) break;
        text.remove_prefix(end + 1);
    }
    if (left_out && !lines.empty()) cut_with(lines.back(), width, ellipsis);
    return lines;
}

std::string to_ascii(std::string_view text) {
    std::string out;
    for_each_grapheme(text, [&](std::string_view grapheme, int) {
        const bool ascii = grapheme.size() == 1 && static_cast<unsigned char>(grapheme[0]) < 0x80;
        if (ascii)
            out += grapheme[0];
        else if (grapheme == "…")
            out += "...";
        else
            out += '?';
        return true;
    });
    return out;
}

}  // namespace rapport::console
