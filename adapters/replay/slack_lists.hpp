#pragma once

#include "adapters/replay/slack_directory.hpp"
#include "adapters/replay/zip_archive.hpp"

namespace rapport::replay {

/// Reads the lists at the top of an export. `top` is the folder in the archive that holds them ("" or
/// "export/"). users.json is needed, and at least one of the lists of channels. `fallback_realm` is used if
/// no user has a team id.
Result<SlackDirectory> read_slack_lists(const ZipArchive& archive, const std::filesystem::path& path,
                                        std::string_view top, const std::string& fallback_realm);

}  // namespace rapport::replay
