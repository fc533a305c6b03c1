#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/value.hpp"

namespace rapport::rules {

/// Told of a mistake: byte offset in the condition, message, suggestion.
using Problem = std::function<void(std::size_t, std::string, std::string)>;

enum class TokenKind { word, number, duration, quoted, regex, symbol, end };

/// A piece of a condition. `text` is without quotes and escapes.
struct Token {
    TokenKind kind = TokenKind::end;
    std::string text{};
    std::size_t begin = 0;
    std::size_t end = 0;
    double number = 0;         ///< Of a number; of a duration: milliseconds.
    bool ignore_case = false;  ///< Of a regex: /.../i.

    bool is(std::string_view symbol_or_word) const noexcept {
        return (kind == TokenKind::symbol || kind == TokenKind::word) && text == symbol_or_word;
    }
};

/// Cuts a condition into tokens; the last one is `end`. What cannot be read is told to `problem` and passed
/// over.
std::vector<Token> tokenize(std::string_view condition, const Problem& problem);

/// "30s", "15m", "2h", "3d", "1w", also joined: "1h30m" or "1h 30m". At most ten years.
std::optional<Duration> parse_duration(std::string_view text) noexcept;

/// A whole number or a decimal, as in "12", "-1.5".
std::optional<double> parse_number(std::string_view text) noexcept;

}  // namespace rapport::rules
