#include "adapters/slack/connection/form.hpp"

#include <charconv>

namespace rapport::slack {
namespace {

std::optional<std::string> decode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            decoded += ' ';
        } else if (text[i] != '%') {
            decoded += text[i];
        } else {
            const std::string_view digits = text.substr(i + 1, 2);
            unsigned byte = 0;
            const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
            if (digits.size() != 2 || ec != std::errc{} || end != digits.data() + 2) return std::nullopt;
            decoded += static_cast<char>(byte);
            i += 2;
        }
    }
    return decoded;
}

}  // namespace

std::optional<FormFields> decode_form(std::string_view body) {
    FormFields fields;
    while (!body.empty()) {
        const auto end = body.find('&');
        const std::string_view pair = body.substr(0, end);
        body = end == std::string_view::npos ? std::string_view{} : body.substr(end + 1);
        if (pair.empty()) continue;
        const auto middle = pair.find('=');
        std::optional<std::string> name = decode(pair.substr(0, middle));
        std::optional<std::string> value =
            middle == std::string_view::npos ? std::string{} : decode(pair.substr(middle + 1));
        if (!name || !value) return std::nullopt;
        fields.emplace_back(std::move(*name), std::move(*value));
    }
    return fields;
}

const std::string* form_field(const FormFields& fields, std::string_view name) {
    for (const auto& [key, value] : fields) {
        if (key == name) return &value;
    }
    return nullptr;
}

}  // namespace rapport::slack
