#pragma once

#include "adapters/replay/source.hpp"

namespace rapport::replay {

/// Messages, one JSON object a line: `id`, `ts`, `channel`, `author`, `text`, and if known `parent` (or
/// `parents`, of which the first that is not the message itself counts), `role`, `name`, `thread`. `"sys": 1`
/// marks the network's own notices (joins, parts), which are passed over. Other members are ignored.
///
/// `seen` never steps back even where the file's clock does; `Message::at` is the file's time. The cursor is
/// the number of lines consumed.
Result<std::unique_ptr<EventSource>> open_json_lines(const std::filesystem::path& path,
                                                     const Options& options);

}  // namespace rapport::replay
