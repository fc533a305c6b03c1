#pragma once

// Block Kit's pieces, each within Slack's limits whatever it is given. Nothing here is ever mrkdwn, so no
// words can become mark-up.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/event.hpp"

namespace rapport::slack::blocks {

/// plain_text of one line; never empty: `instead` where nothing is left of the words.
boost::json::object plain(std::string_view words, std::size_t limit, std::string_view instead = "…");
/// plain_text that keeps its lines. The words are tamed and not longer than `limit` already, or cut.
boost::json::object plain_lines(std::string_view words, std::size_t limit);

/// An https or http address that Slack takes in links and buttons.
bool usable_link(std::string_view url);
/// An https address of a picture.
bool usable_picture(std::string_view url);
boost::json::object image(std::string_view url, std::string_view alternative);

// Pieces of rich_text. Words are tamed, isolated and cut by the callers' `limit`; empty words give an empty
// array.
boost::json::object words_element(std::string words, bool bold = false);
boost::json::object emoji_element(std::string_view name);
/// Shown in the reader's own time zone.
boost::json::object date_element(Time at);
boost::json::object link_element(std::string_view url, std::string_view words);
boost::json::object rich_section(boost::json::array elements);
boost::json::object rich_quote(boost::json::array elements);

boost::json::object header(std::string_view words);
boost::json::object section(boost::json::object text);
/// Small and grey: a remark.
boost::json::object remark(std::string_view words);
boost::json::object rich_text(boost::json::array elements);

/// "2026-11-22 14:30 UTC"
std::string utc_words(Time at);
/// Slack's token for a moment in mrkdwn, in the reader's own zone.
std::string date_token(Time at);

/// Options of a menu: as a list, or in groups if there are more than a hundred.
struct Options {
    boost::json::array list{};
    boost::json::array groups{};
    std::size_t left_out = 0;  ///< Too many, or with values longer than Slack takes.
    bool empty() const noexcept { return list.empty() && groups.empty(); }
    /// The option with that value, exactly as it stands in the menu; nothing if there is none.
    const boost::json::object* find(std::string_view value) const;
};
/// At most `bytes` of labels and values. `grouped`: whether there may be more than a hundred.
Options options(const std::vector<Option>& all, std::size_t bytes, bool grouped);
/// Puts the options into a menu.
void put(boost::json::object& menu, const Options& options);

/// What to press, as an element for `actions`; nothing if Slack could not carry it (an id, an address or all
/// options are too long).
std::optional<boost::json::object> press(const Button& button, std::string action_id,
                                         const std::string& value);

}  // namespace rapport::slack::blocks
