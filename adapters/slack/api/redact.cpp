#include <array>

#include "adapters/slack/api/addresses.hpp"

namespace rapport::slack {
namespace {

bool token_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '%' || c == '~' || c == '+';
}

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool begins(std::string_view text, std::string_view with) noexcept {
    if (text.size() < with.size()) return false;
    for (std::size_t i = 0; i < with.size(); ++i) {
        if (lower(text[i]) != with[i]) return false;
    }
    return true;
}

/// How many characters at the beginning of `text` name the kind of a secret that follows; 0 if none does.
std::size_t secret_begins(std::string_view text) noexcept {
    static constexpr std::array<std::string_view, 5> kinds{"xapp-", "xwfp-", "ticket=", "xapp%2d", "xwfp%2d"};
    for (const std::string_view kind : kinds) {
        if (begins(text, kind)) return kind.size();
    }
    // "xoxb-", "xoxp-", "xoxe-", "xoxe.xoxb-": whatever letter Slack thinks of next.
    const bool xox = begins(text, "xox") && text.size() > 4 && token_letter(text[3]) &&
                     (text[4] == '-' || text[4] == '.' || text[4] == '%');
    return xox ? 5 : 0;
}

}  // namespace

std::string redact(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t kind = secret_begins(text);
        if (kind == 0) {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        std::size_t end = kind;
        while (end < text.size() && token_letter(text[end])) ++end;
        out += text.substr(0, kind);
        if (end > kind) out += "[removed]";  // "begins with xoxb-" is no secret
        text.remove_prefix(end);
    }
    return out;
}

}  // namespace rapport::slack
