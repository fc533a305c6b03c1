#pragma once

// What `rapport train` made of titles and of ordinary talk (config/models/topics.json), built into the
// program.

#include <string_view>

namespace rapport::topics {

struct Asset {
    std::string_view name;
    std::string_view type;
    std::string_view etag;
    std::string_view content;
};

/// "topics.json"; null for any other name.
const Asset* find_asset(std::string_view name) noexcept;

}  // namespace rapport::topics
