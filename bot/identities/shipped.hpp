#pragma once

// What `rapport train` made of published accounts (config/models/identities.json), built into the program.

#include <string_view>

#include "bot/models/asset.hpp"

namespace rapport::identities {

using models::Asset;

/// "identities.json"; null for any other name.
const Asset* find_asset(std::string_view name) noexcept;

}  // namespace rapport::identities
