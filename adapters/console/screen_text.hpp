#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::console {

/// What becomes of line breaks.
enum class Breaks { keep, join };

/// Text from outside, made harmless for a terminal: control characters (ESC, C0, C1, DEL) become U+FFFD, so
/// no sequence of theirs can act; direction overrides and isolates, zero-width and invisible characters are
/// taken out (joiners stay where scripts and emoji need them); more than four combining marks on one letter
/// are dropped; bytes that are not UTF-8 become U+FFFD. Tabs become a space. Idempotent.
std::string tame(std::string_view text, Breaks breaks);

/// How many columns a terminal needs for tamed text without line breaks.
int columns(std::string_view text);

/// At most `width` columns of it: cut between graphemes, with `ellipsis` as its last column if something was
/// cut.
std::string fit(std::string_view text, int width, std::string_view ellipsis = "…");

/// Lines of at most `width` (>= 2) columns: broken at spaces where there are any, else between graphemes; at
/// most `max_lines`, the last one ending in `ellipsis` if something was left out. Keeps line breaks.
std::vector<std::string> wrap(std::string_view text, int width, std::size_t max_lines,
                              std::string_view ellipsis = "…");

/// Tamed text for a terminal without UTF-8: each grapheme that is not ASCII becomes '?'.
std::string to_ascii(std::string_view text);

}  // namespace rapport::console
