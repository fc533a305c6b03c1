#pragma once

// What `rapport train` made of annotated channels (config/models/links.json), built into the program.

#include <string_view>

namespace rapport::links {

struct Asset {
    std::string_view name;
    std::string_view type;
    std::string_view etag;
    std::string_view content;
};

/// "links.json"; null for any other name.
const Asset* find_asset(std::string_view name) noexcept;

}  // namespace rapport::links
