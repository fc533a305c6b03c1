#pragma once

#include <string_view>

namespace rapport::models {

/// A file of config/models, built into the program (cmake/embed.cmake).
struct Asset {
    std::string_view name;
    std::string_view type;
    std::string_view etag;
    std::string_view content;
};

}  // namespace rapport::models
