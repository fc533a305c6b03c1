#pragma once

// Within this folder: the two halves of understanding an inner event.

#include <boost/json/object.hpp>

#include "adapters/slack/events/message.hpp"
#include "adapters/slack/events/parse.hpp"

namespace rapport::slack::events {

/// When it happened: event_ts, else the outer event_time, else the message's ts, else 1970.
Time time_of(const boost::json::object& payload, const boost::json::object& event);
/// Whether Slack says that nobody of another company reads the channel.
bool is_unshared(const boost::json::object& payload);

/// A `message` of any subtype, or an `app_mention`.
Understood understand_message(const boost::json::object& event, const Knowledge& knowledge, Time at,
                              bool no_outsiders);
/// Everything that is no message.
Understood understand_other(std::string_view type, const boost::json::object& event,
                            const Knowledge& knowledge, Time at);
/// A message somebody wrote: MessagePosted, DirectMessageToUs or OwnMessageSeen. `late`: found in history.
Meaning posted(const boost::json::object& message, const Spot& spot, const Knowledge& knowledge, Time at,
               bool late);

}  // namespace rapport::slack::events
