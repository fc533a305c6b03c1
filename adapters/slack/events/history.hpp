#pragma once

// What was missed: answers of conversations.history and conversations.replies become the same events, marked
// as late.

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "adapters/slack/events/parse.hpp"

namespace rapport::slack::events {

struct HistoryPage {
    std::vector<Event> events{};             ///< Oldest first; `late` is set.
    std::vector<OwnMessageSeen> ours{};      ///< With their metadata: settles posts of unknown outcome.
    std::vector<DirectMessageToUs> to_us{};  ///< In our bot's own direct messages; oldest first.
    std::vector<Id> threads{};     ///< Roots whose latest reply is newer than `after`: ask for replies.
    std::vector<Broken> broken{};  ///< Messages that were not understood.
    Id newest{};                   ///< The newest ts on the page; empty if there is none.
    Id oldest{};
    std::string next_cursor{};  ///< Empty: that was the last page.
};

/// Reads a page of conversations.history of `channel`. `after`: what was read last time; threads with newer
/// replies are told, and messages up to it are left out. (History leaves replies out, and a thread that
/// started before `after` is only found by asking for older pages.)
HistoryPage read_history(const boost::json::object& answer, const Id& channel, const Id& after,
                         const Knowledge& knowledge);
/// Reads a page of conversations.replies: the root first, then its replies; only what is newer than `after`.
HistoryPage read_replies(const boost::json::object& answer, const Id& channel, const Id& after,
                         const Knowledge& knowledge);
/// What Slack must be asked for before either can be read well.
Needs what_history_needs(const boost::json::object& answer, const Id& channel,
                         const Installation& installation, const Directory& directory);

}  // namespace rapport::slack::events
