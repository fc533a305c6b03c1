#pragma once

// What `rapport train` made of labelled messages (config/models/reading.json), built into the program.

#include <string_view>

namespace rapport::heads {

struct Asset {
    std::string_view name;
    std::string_view type;
    std::string_view etag;
    std::string_view content;
};

/// "reading.json"; null for any other name.
const Asset* find_asset(std::string_view name) noexcept;

}  // namespace rapport::heads
