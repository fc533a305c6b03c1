#pragma once

#include <cstddef>

// Slack's limits in code points, less five per cent: escaping makes texts longer, and Slack does not say what
// it counts (docs.slack.dev, "Block Kit reference", each block, element and composition object).

namespace rapport::slack::blocks::limits {

constexpr std::size_t roomy(std::size_t slacks_own) {
    return slacks_own * 95 / 100;
}

inline constexpr std::size_t header = roomy(150);
inline constexpr std::size_t section = roomy(3000);
inline constexpr std::size_t button = roomy(75);
inline constexpr std::size_t option_text = roomy(75);
inline constexpr std::size_t option_value = roomy(150);
inline constexpr std::size_t options = 100;
inline constexpr std::size_t groups = 100;
inline constexpr std::size_t actions = 25;
inline constexpr std::size_t url = roomy(3000);
inline constexpr std::size_t view_title = roomy(24);
inline constexpr std::size_t label = roomy(2000);
inline constexpr std::size_t placeholder = roomy(150);
inline constexpr std::size_t input = roomy(3000);
inline constexpr std::size_t confirm_title = roomy(100);
inline constexpr std::size_t confirm_text = roomy(300);
inline constexpr std::size_t confirm_button = roomy(30);
inline constexpr std::size_t alt_text = roomy(2000);
inline constexpr std::size_t message_text = roomy(3800);
inline constexpr std::size_t message_blocks = 50;
inline constexpr std::size_t view_blocks = 100;
inline constexpr std::size_t view_bytes = roomy(250'000);

/// All texts of a message's blocks together. Not documented: chat.postMessage answers msg_blocks_too_long
/// from about 11,300 to 13,200 on, depending on the blocks (github.com/slackapi/bolt-js, issues 2509 and
/// 2867).
inline constexpr std::size_t message_weight = 9'500;

}  // namespace rapport::slack::blocks::limits
