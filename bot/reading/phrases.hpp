#pragma once

#include <cstdint>
#include <string_view>

#include "bot/reading/code_points.hpp"

namespace rapport::reading {

/// The roles that turns of phrase in `text` have, for scripts whose words cannot be looked up one by one
/// because nothing stands between them or endings grow on them: Japanese, Chinese, Korean, Arabic, Thai.
/// Looked for as they stand in the text. `valence` gets how they sound, in tenths.
std::uint32_t phrase_roles(std::string_view text, Script script, int& valence);

}  // namespace rapport::reading
