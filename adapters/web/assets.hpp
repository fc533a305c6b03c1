#pragma once

#include <string_view>

namespace rapport::web {

/// A file of adapters/web/assets, built into the program by cmake/embed.cmake.
struct Asset {
    std::string_view name;  ///< "chat.js"
    std::string_view type;  ///< Content-Type
    std::string_view etag;  ///< With its quotes.
    std::string_view data;
};

/// The file of that name, or nullptr.
const Asset* find_asset(std::string_view name) noexcept;

}  // namespace rapport::web
