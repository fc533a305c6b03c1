#include "adapters/replay/utf8.hpp"

#include <utf8proc.h>

namespace rapport::replay {

std::optional<std::size_t> first_invalid_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
            continue;
        }
        utf8proc_int32_t code_point = 0;
        const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                             static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
        if (length <= 0) return at;
        at += static_cast<std::size_t>(length);
    }
    return std::nullopt;
}

std::string_view prefix(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
    return text.substr(0, limit);
}

void cut_to(std::string& text, std::size_t limit) {
    if (text.size() <= limit) return;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    std::size_t at = 0, boundary = 0;
    utf8proc_int32_t previous = -1, code_point = 0, state = 0;
    while (at <= limit) {
        const auto length =
            utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
        if (length <= 0) break;
        if (previous < 0 || utf8proc_grapheme_break_stateful(previous, code_point, &state)) boundary = at;
        previous = code_point;
        at += static_cast<std::size_t>(length);
    }
    if (boundary < limit / 2) boundary = prefix(text, limit).size();
    text.resize(boundary);
}

}  // namespace rapport::replay
