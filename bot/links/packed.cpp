#include "bot/links/packed.hpp"

#include "bot/models/base64.hpp"

namespace rapport::links {

std::string packed(std::span<const std::int16_t> values) {
    std::vector<std::uint8_t> bytes;
    bytes.reserve(2 * values.size());
    for (const std::int16_t value : values) {
        bytes.push_back(std::uint8_t(std::uint16_t(value) & 255U));
        bytes.push_back(std::uint8_t(std::uint16_t(value) >> 8U));
    }
    return models::to_base64(bytes);
}

std::optional<std::vector<std::int16_t>> unpacked(std::string_view text) {
    std::vector<std::uint8_t> bytes;
    if (!models::from_base64(text, bytes) || bytes.size() % 2 != 0) return std::nullopt;
    std::vector<std::int16_t> values;
    values.reserve(bytes.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); i += 2)
        values.push_back(std::int16_t(std::uint16_t(bytes[i] | bytes[i + 1] << 8U)));
    return values;
}

}  // namespace rapport::links
