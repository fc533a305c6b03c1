#pragma once

#include <string>
#include <string_view>

namespace rapport::rules {

/// Appends `text` as it is compared: lower case and without accents.
///
/// Covers ASCII, Latin-1 and Latin Extended-A with their accents ("É" is "e", "ß" is "ss", "Ł" is "l"),
/// combining accents U+0300-036F (dropped), and the case of Greek and Cyrillic. Everything else, invalid
/// bytes too, stays as it is. Works code point by code point, so a part of a text folds to a part of the
/// folded text.
void fold_into(std::string& out, std::string_view text);

std::string fold(std::string_view text);

/// Whether folding would change nothing: ASCII without capitals.
bool is_folded(std::string_view text) noexcept;

}  // namespace rapport::rules
