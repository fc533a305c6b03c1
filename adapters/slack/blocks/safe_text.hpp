#pragma once

// Texts that anybody may have written, made fit for Slack: valid, visible, and not longer than there is room.
// Lengths are code points, as Slack counts them.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::slack::blocks {

enum class Lines { keep, join };

/// Valid UTF-8 without control characters, direction overrides, isolates, zero-width and other invisible
/// characters, and without floods of combining marks. Joiners stay where scripts and emoji need them.
/// Trimmed.
std::string tame(std::string_view text, Lines lines);

/// What somebody is about to edit: valid UTF-8 without control characters (line feeds stay). Nothing else is
/// changed, since it comes back.
std::string editable(std::string_view text);

/// Tamed words between isolates if they hold letters that run from right to left, so that they cannot turn
/// around what stands beside them.
std::string isolated(std::string words);

std::size_t length(std::string_view utf8) noexcept;

/// How many code points a text takes once it is mrkdwn.
std::size_t escaped_length(std::string_view utf8) noexcept;

/// `&` first, then `<` and `>`; and U+200B after `@`, so that "@here" calls nobody (docs.slack.dev,
/// "Formatting message text", section "Escaping text").
std::string escape(std::string_view utf8);

/// At most `limit` code points, cut on a grapheme with "…". A "grapheme" of more than 16 code points is a
/// trick, and is cut between them.
std::string cut(std::string_view utf8, std::size_t limit);

/// The same for a text that is going to be escaped: it fits after `escape`.
std::string cut_for_escape(std::string_view utf8, std::size_t limit);

/// `cut`, but says how much is left out: "… (38,500 more characters)".
std::string cut_and_tell(std::string_view utf8, std::size_t limit);

/// Pieces of at most `limit` code points, broken at line feeds or blanks where possible. At most `most`
/// pieces: the last one tells how much is left out.
std::vector<std::string> split(std::string_view utf8, std::size_t limit, std::size_t most);

/// 1,234
std::string number(std::size_t count);

}  // namespace rapport::slack::blocks
