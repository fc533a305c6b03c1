#pragma once

// Bytes as base64 (RFC 4648, with padding).

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::heads {

std::string packed(std::span<const std::uint8_t> bytes);
/// Appends what `text` stands for; false if it is no base64.
bool unpack(std::string_view text, std::vector<std::uint8_t>& into);

}  // namespace rapport::heads
