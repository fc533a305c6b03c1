#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rapport::replay {

/// Where the first byte stands that is not UTF-8 (RFC 3629: no overlong forms, no surrogates, up to
/// U+10FFFF); nothing if all is well.
std::optional<std::size_t> first_invalid_utf8(std::string_view text);

/// Shortens valid UTF-8 to at most `limit` bytes without cutting through what a reader sees as one character.
/// A single "character" of more than half the limit (a flood of combining marks) is cut between code points.
void cut_to(std::string& text, std::size_t limit);

/// The longest prefix of at most `limit` bytes that ends between two code points.
std::string_view prefix(std::string_view text, std::size_t limit);

/// What Event::raw keeps of a line, in bytes.
inline constexpr std::size_t raw_limit = 4096;

}  // namespace rapport::replay
