#pragma once

#include "adapters/slack/events/parse.hpp"
#include "adapters/slack/workspace.hpp"

namespace rapport::slack {

/// Asks Slack for the users, channels and bots that understanding something needs, and teaches the directory.
/// What Slack does not tell is remembered as such; what fails for the moment is left for the next time.
boost::asio::awaitable<void> look_up(Workspace& workspace, events::Directory& directory, events::Needs needs);

/// Everybody in the workspace, and the channels that we are in. An error: Slack could not be asked.
boost::asio::awaitable<Result<>> look_around(Workspace& workspace, events::Directory& directory);

/// The alert channel by its id or name, if alerts may go there: we are in it, and nobody from outside reads
/// it. Otherwise empty, and the log says why.
Id find_alert_channel(const Workspace& workspace, const events::Directory& directory);

}  // namespace rapport::slack
