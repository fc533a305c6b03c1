#include "doubles/slack/form.hpp"

#include <fmt/format.h>

namespace rapport::test::slack {

namespace {

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decoded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
            result += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            result += text[i] == '+' ? ' ' : text[i];
        }
    }
    return result;
}

}  // namespace

Params parse_form(std::string_view text) {
    Params result;
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        const std::size_t equals = pair.find('=');
        if (pair.empty()) continue;
        const std::string_view value =
            equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        result[decoded(pair.substr(0, equals))] = decoded(value);
    }
    return result;
}

Params parse_query(std::string_view target) {
    const std::size_t mark = target.find('?');
    return mark == std::string_view::npos ? Params{} : parse_form(target.substr(mark + 1));
}

std::string percent_encoded(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '_' || c == '.' || c == '~';
        if (plain) {
            result += c;
        } else {
            result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return result;
}

std::string encode_form(const Params& fields) {
    std::string result;
    for (const auto& [name, value] : fields) {
        if (!result.empty()) result += '&';
        result += percent_encoded(name) + "=" + percent_encoded(value);
    }
    return result;
}

std::string from_base64(std::string_view text) {
    static constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string result;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        const std::size_t at = letters.find(c);
        if (at == std::string_view::npos) break;
        bits = (bits << 6U) | static_cast<unsigned>(at);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        result += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
    }
    return result;
}

}  // namespace rapport::test::slack
