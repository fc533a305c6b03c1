#pragma once

// Slack's text to plain text, and back.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/slack/slack.hpp"

namespace rapport::slack::events {

/// How ids become names. Each may be empty or give an empty string: then the label in the text is taken, or
/// the id.
struct Names {
    std::function<std::string(const Id&)> user{};     ///< What stands after '@'.
    std::function<std::string(const Id&)> channel{};  ///< What stands after '#'.
    std::function<std::string(const Id&)> group{};    ///< A user group's handle, without '@'.
};

struct Plain {
    std::string text{};          ///< `visible` and trimmed.
    std::vector<Id> users{};     ///< Mentioned, each once, in order.
    std::vector<Id> groups{};    ///< User groups mentioned, each once.
    std::vector<Id> channels{};  ///< Channels named, each once.
    bool everyone = false;       ///< @here, @channel or @everyone was called.
};

/// Reads mrkdwn as Slack sends it: `<...>` first, then `&amp;`, `&lt;` and `&gt;`, and nothing else
/// (docs.slack.dev, "Formatting message text", "Retrieving messages").
Plain from_mrkdwn(std::string_view mrkdwn, const Names& names);

/// Reads rich_text and the words of all other blocks.
Plain from_blocks(const boost::json::array& blocks, const Names& names);

/// What a message says: its text; if that is empty, its blocks; if they are empty too, its attachments; else
/// the titles of its files.
Plain text_of(const boost::json::object& message, const Names& names);

/// The text as people see it: valid UTF-8 without control characters (line feeds and tabs stay), without
/// characters that turn the direction or have no width (joiners stay where emoji and scripts need them), with
/// at most 4 marks on a letter, and at most `most` bytes, cut on a grapheme. What is shown elsewhere, matched
/// by rules and searched is then one and the same.
std::string visible(std::string_view text, std::size_t most = max_text);

/// Plain text to mrkdwn that says just that: `&` first, then `<` and `>`; a zero-width space parts the '@' of
/// @here, @channel and @everyone from the word, so that a quote calls nobody.
std::string escape(std::string_view plain);

}  // namespace rapport::slack::events
