#pragma once

#include <string_view>

namespace rapport::test::slack {

/// A file of tests/doubles/slack/assets, built in by cmake/embed.cmake.
struct Asset {
    std::string_view name;
    std::string_view type;  ///< Content-Type
    std::string_view etag;
    std::string_view data;
};

/// The file of that name, or nullptr.
const Asset* find_asset(std::string_view name) noexcept;

}  // namespace rapport::test::slack
