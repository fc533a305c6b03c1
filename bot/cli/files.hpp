#pragma once

// Files that commands are told to read.

#include <filesystem>
#include <fstream>

namespace rapport::cli {

/// Stops with words if it cannot be opened.
std::ifstream opened(const std::filesystem::path& path);

}  // namespace rapport::cli
