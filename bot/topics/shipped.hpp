#pragma once

// What `rapport train` made of titles and of ordinary talk (config/models/topics.json), built into the
// program.

#include <string_view>

#include "bot/models/asset.hpp"

namespace rapport::topics {

using models::Asset;

/// "topics.json"; null for any other name.
const Asset* find_asset(std::string_view name) noexcept;

}  // namespace rapport::topics
