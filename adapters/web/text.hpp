#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// What visitors type, made safe to keep and show. Input is valid UTF-8: the JSON parser refuses anything
// else.

namespace rapport::web {

/// Code points in a text.
std::size_t characters(std::string_view utf8) noexcept;
/// Without control characters (tab and line feed stay), and without blanks at both ends. CR LF becomes LF.
std::string clean_text(std::string_view utf8);
/// `clean_text` on one line, cut to `most` code points.
std::string clean_name(std::string_view utf8, std::size_t most);

/// 13 digits of milliseconds, '-', and 8 to 24 lower-case letters or digits: the message ids that browsers
/// make.
bool valid_message_id(std::string_view id) noexcept;
/// 8 to 64 letters, digits or '-': ids of presses.
bool valid_action_id(std::string_view id) noexcept;
/// 32 lower-case hex digits: a visitor's secret, or a visitor's id.
bool valid_hex_id(std::string_view id) noexcept;

/// Compares in a time that does not tell how much is alike.
bool same_secret(std::string_view a, std::string_view b);

}  // namespace rapport::web
