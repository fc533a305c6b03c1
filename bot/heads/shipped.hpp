#pragma once

// What `rapport train` made of labelled messages (config/models/reading.json), built into the program.

#include <string_view>

#include "bot/models/asset.hpp"

namespace rapport::heads {

using models::Asset;

/// "reading.json"; null for any other name.
const Asset* find_asset(std::string_view name) noexcept;

}  // namespace rapport::heads
