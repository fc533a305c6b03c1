#include "bot/models/base64.hpp"

#include <algorithm>
#include <array>

namespace rapport::models {

namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::uint8_t no_digit = 64;

constexpr std::array<std::uint8_t, 256> digit_values() {
    std::array<std::uint8_t, 256> values{};
    values.fill(no_digit);
    for (std::size_t i = 0; i < digits.size(); ++i)
        values[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
    return values;
}

}  // namespace

std::string to_base64(std::span<const std::uint8_t> bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t here = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t three = std::uint32_t{bytes[i]} << 16U;
        if (here > 1) three |= std::uint32_t{bytes[i + 1]} << 8U;
        if (here > 2) three |= bytes[i + 2];
        for (std::size_t k = 0; k < 4; ++k) text += k <= here ? digits[three >> (18 - 6 * k) & 63U] : '=';
    }
    return text;
}

bool from_base64(std::string_view text, std::vector<std::uint8_t>& into) {
    static constexpr std::array<std::uint8_t, 256> values = digit_values();
    if (text.size() % 4 != 0) return false;
    std::size_t missing = 0;
    while (missing < 2 && text.ends_with('=')) {
        text.remove_suffix(1);
        ++missing;
    }
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char byte : text) {
        const std::uint8_t value = values[static_cast<unsigned char>(byte)];
        if (value == no_digit) return false;
        bits = bits << 6U | value;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        into.push_back(static_cast<std::uint8_t>(bits >> count & 255U));
    }
    return (bits & ((1U << count) - 1)) == 0;  // what is left over stands for nothing
}

}  // namespace rapport::models
