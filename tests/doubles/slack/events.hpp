#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "doubles/slack/core.hpp"

namespace rapport::test::slack {

/// Tells the app about something in a channel, once for each installation whose bot is in it. Adds channel,
/// channel_type and event_ts where they are missing.
void announce(Core& core, const Channel& channel, boost::json::object event);
/// Tells the app about something in a workspace.
void announce(Core& core, const Team& team, boost::json::object event);
/// The Events API body around an event (docs.slack.dev, Events API, event_callback).
boost::json::object wrapped(Core& core, const Team& team, boost::json::object event, bool ext_shared = false);

/// Puts a message into a channel and tells the app: replies are counted, mentions of the bot come twice.
/// `message` needs no ts. Returns the ts.
std::string post(Core& core, Channel& channel, boost::json::object message);
/// Changes text, blocks or attachments and tells the app. `by`: who; empty: nobody (an unfurl).
void change(Core& core, Channel& channel, const std::string& ts, boost::json::object changes,
            const std::string& by);
/// Deletes: message_deleted, or a tombstone if it has replies.
void erase(Core& core, Channel& channel, const std::string& ts);
/// The bot's own profile as messages bear it.
boost::json::object bot_profile(Core& core, const Team& team);
/// Fills in block_ids and action_ids that were left out, as Slack does.
void fill_ids(Core& core, boost::json::value& blocks);
/// A rich_text block of one text, as Slack adds to typed messages.
boost::json::array typed_blocks(Core& core, std::string_view text);

}  // namespace rapport::test::slack
