#pragma once

// What is known of a message when its parent is looked for.

#include <cstdint>
#include <optional>
#include <string>

namespace rapport::links {

struct Message {
    std::string id{};
    std::string channel{};
    std::string author{};  ///< Empty: nobody knows who; all of these are taken for one.
    std::string text{};
    std::optional<std::int64_t> at{};  ///< Seconds since 1970; none: as late as the last one there.
    bool notice = false;               ///< The network's own: somebody came or went. Answers nothing.
    std::string reply_to{};            ///< The id of its parent, where the platform says so.
};

}  // namespace rapport::links
