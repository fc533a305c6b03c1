#pragma once

// What `rapport train` made of annotated channels (config/models/links.json), built into the program.

#include <string_view>

#include "bot/models/asset.hpp"

namespace rapport::links {

using models::Asset;

/// "links.json"; null for any other name.
const Asset* find_asset(std::string_view name) noexcept;

}  // namespace rapport::links
