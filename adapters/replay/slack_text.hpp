#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/replay/slack_directory.hpp"

namespace rapport::replay {

/// A Slack text as a person reads it, and whom it mentions.
struct PlainText {
    std::string text{};
    std::vector<AccountKey> mentions{};  ///< Each account once, in the order of the text.
};

/// Slack's mark-up (`<@U1>`, `<#C1|name>`, `<!here>`, `<https://...|label>`) to plain text. `&amp;` `&lt;`
/// `&gt;` are undone after the `<...>` have been found, once, and nothing else is.
PlainText plain_text(std::string_view slack, const SlackDirectory& directory);

/// The text of `blocks` of type rich_text or section, in Slack's mark-up, for messages whose `text` is empty.
std::string text_of_blocks(const boost::json::value& blocks);

}  // namespace rapport::replay
