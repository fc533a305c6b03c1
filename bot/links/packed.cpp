#include "bot/links/packed.hpp"

#include <array>

namespace rapport::links {

namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<int, 256> values_of_digits = [] {
    std::array<int, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < digits.size(); ++i) values[static_cast<unsigned char>(digits[i])] = int(i);
    return values;
}();

}  // namespace

std::string packed(std::span<const std::int16_t> values) {
    std::string text;
    std::uint32_t bits = 0;
    int waiting = 0;
    const auto give = [&](std::uint32_t byte) {
        bits = (bits << 8) | byte;
        for (waiting += 8; waiting >= 6; waiting -= 6) text += digits[(bits >> (waiting - 6)) & 63U];
    };
    for (const std::int16_t value : values) {
        give(std::uint16_t(value) & 255U);
        give(std::uint16_t(value) >> 8U);
    }
    if (waiting > 0) text += digits[(bits << (6 - waiting)) & 63U];
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

std::optional<std::vector<std::int16_t>> unpacked(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
    std::vector<std::int16_t> values;
    std::uint32_t bits = 0, value = 0;
    int waiting = 0;
    bool half = false;
    for (const char c : text) {
        const int digit = values_of_digits[static_cast<unsigned char>(c)];
        if (digit < 0) return std::nullopt;
        bits = (bits << 6) | std::uint32_t(digit);
        waiting += 6;
        if (waiting < 8) continue;
        waiting -= 8;
        const std::uint32_t byte = (bits >> waiting) & 255U;
        if (half) values.push_back(std::int16_t(std::uint16_t(value | byte << 8U)));
        value = byte;
        half = !half;
    }
    if (half || (bits & ((1U << waiting) - 1)) != 0) return std::nullopt;
    return values;
}

}  // namespace rapport::links
