#pragma once

#include <cstddef>
#include <string_view>

namespace rapport::rules {

/// A code point and how many bytes it took; an invalid byte stands for itself, with `valid` false and size 1.
struct CodePoint {
    char32_t value = 0;
    std::size_t size = 1;
    bool valid = true;
};

/// The code point at the start of `text`, which is not empty. Overlong forms and surrogates are invalid.
CodePoint first_code_point(std::string_view text) noexcept;

/// The offset of the first invalid byte, or npos.
std::size_t find_invalid_utf8(std::string_view text) noexcept;

/// The longest start of `text` of at most `bytes` bytes that ends between two characters.
std::string_view cut(std::string_view text, std::size_t bytes) noexcept;

}  // namespace rapport::rules
