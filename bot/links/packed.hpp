#pragma once

// Weights as text: 16 bits each, little end first, in base64.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::links {

std::string packed(std::span<const std::int16_t> values);
/// Nothing if it is not of that form.
std::optional<std::vector<std::int16_t>> unpacked(std::string_view text);

}  // namespace rapport::links
