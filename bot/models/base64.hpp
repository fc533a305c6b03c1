#pragma once

// Bytes as base64 (RFC 4648, with padding, without line breaks): how weights stand in the files of models.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::models {

std::string to_base64(std::span<const std::uint8_t> bytes);
/// Appends what `text` stands for; false if it is not what `to_base64` writes.
bool from_base64(std::string_view text, std::vector<std::uint8_t>& into);

}  // namespace rapport::models
