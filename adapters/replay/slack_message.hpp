#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "adapters/replay/slack_directory.hpp"

namespace rapport::replay {

/// What one record of a day file becomes.
struct SlackRecord {
    std::vector<Event>
        events{};            ///< A message and its reactions, an edit or a deletion. Only `body` is filled.
    Time at{};               ///< When it happened.
    std::int64_t order = 0;  ///< The same in microseconds: what messages are sorted by.
    bool notice = false;     ///< Known and passed over: joins, topics, tombstones.
    std::string problem{};   ///< Not empty: it cannot be read, and this says why.
};

/// Reads one record of a channel's day. Pure but for `directory`, which learns people of other workspaces
/// from it.
///
/// Messages are those without subtype and file_share, thread_broadcast, me_message, bot_message. `via_app` is
/// set where a program posted with a person's token (a user together with bot_id, app_id or bot_profile). An
/// export keeps only the last text of an edited message; message_changed and message_deleted are read where
/// retention kept them. The time of a reaction is not in an export: it gets its message's.
SlackRecord read_slack_record(const boost::json::value& record, const Channel& channel,
                              SlackDirectory& directory);

}  // namespace rapport::replay
