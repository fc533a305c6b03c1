#pragma once

// Within this folder: one message object of Slack's, wherever it stands.

#include <boost/json/object.hpp>
#include <string_view>

#include "adapters/slack/events/parse.hpp"
#include "adapters/slack/events/text.hpp"

namespace rapport::slack::events {

/// Where a message stands and what its surroundings say.
struct Spot {
    Id channel{};               ///< As Slack calls it now.
    std::string_view type{};    ///< channel_type, or empty.
    bool no_outsiders = false;  ///< Slack says that the channel is not shared with other companies.
};

/// Whether a message of that subtype is somebody's words: plain, file_share, thread_broadcast, me_message.
/// (`bot_message` is a machine's.)
bool says_something(std::string_view subtype) noexcept;

/// app_id, or bot_profile.app_id. Never bot_id: one app has several.
bool of_our_app(const boost::json::object& message, const Installation& installation);
/// Our user, our app, or a post that we remember.
bool is_own(const boost::json::object& message, const Id& channel, const Knowledge& knowledge);
/// user_team, else team.
Id said_team(const boost::json::object& message);
/// The thread's root, unless the message is the root.
Id thread_of(const boost::json::object& message);

/// Display names of users, names of channels, handles of groups.
Names names_of(const Directory& directory);

/// The message as the program knows it. `at`: when its `ts` tells no time.
Message message_of(const boost::json::object& message, const Spot& spot, const Knowledge& knowledge, Time at);
OwnMessageSeen own_message(const boost::json::object& message, const Id& channel);
DirectMessageToUs to_us(const boost::json::object& message, Message understood, const Knowledge& knowledge);

/// Adds what must be asked for before `message` can be read.
void add_needs(Needs& needs, const boost::json::object& message, const Directory& directory);

/// Whether the author changed their words: false for copies, unfurls, and whatever bots change. `before`: the
/// message as it was, or null.
bool is_edit(const boost::json::object& message, const boost::json::object* before, const Names& names);

}  // namespace rapport::slack::events
