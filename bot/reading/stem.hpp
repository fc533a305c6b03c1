#pragma once

// Words of a text cut down to what their forms have in common, to find out whether two texts are about the
// same thing: "proxies" and "proxy", "mirroring" and "mirrors".

#include <set>
#include <string>
#include <string_view>

namespace rapport::reading {

/// `folded`, a word as the scanner folds it, without its endings. The commonest ones of English and its
/// neighbours go, one after another, as long as four letters stay (three before a plain "s"); words with
/// digits and those of other scripts stay whole.
std::string_view stem(std::string_view folded);

/// The stems of all words of `text`.
std::set<std::string, std::less<>> stems_of(std::string_view text);

/// Whether a text is about `topic` (one word or several): all its words have the stem of one of the text's.
/// In scripts without blanks between words: whether it stands in it. `stems`: those of `text`.
bool is_about(std::string_view text, const std::set<std::string, std::less<>>& stems, std::string_view topic);

}  // namespace rapport::reading
