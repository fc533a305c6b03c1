#pragma once

#include "adapters/replay/source.hpp"

namespace rapport::replay {

/// A Slack workspace export (.zip): users.json, channels.json, and if there groups.json, dms.json,
/// mpims.json, and FOLDER/YYYY-MM-DD.json for each channel and day. All channels are merged in the order of
/// time; at most one day of each channel is in memory. The whole archive is unpacked once and checked before
/// the first event.
///
/// The realm is the team id that most users have; without one, Options::realm. The cursor counts events.
Result<std::unique_ptr<EventSource>> open_slack_export(const std::filesystem::path& path,
                                                       const Options& options);

}  // namespace rapport::replay
