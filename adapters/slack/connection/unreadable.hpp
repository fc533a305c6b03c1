#pragma once

#include <functional>
#include <string>

#include "adapters/slack/slack.hpp"

namespace rapport::slack {

/// Something that certainly comes from Slack and that cannot be understood. It is to be kept for a person to
/// look at, and then acknowledged: Slack would only repeat it.
struct Unreadable {
    std::string raw{};  ///< As it came, cut to `max_unreadable` bytes.
    std::string why{};
    Acknowledge acknowledge{};  ///< To be called once it is kept. Nothing to do if it is not `pending()`.
};

inline constexpr std::size_t max_unreadable = 4096;

/// Takes what is unreadable. Must return soon.
using OnUnreadable = std::function<void(Unreadable)>;

}  // namespace rapport::slack
