#pragma once

// What both processes of the Slack benchmark know.

#include <cstdint>
#include <string>
#include <string_view>

namespace rapport::bench {

inline constexpr std::string_view slack_team = "T0HOME0001";
inline constexpr std::string_view slack_bot_user = "U0RAPPORT1";
inline constexpr std::string_view slack_bot_token = "xoxb-bench";
/// Alerts go to so many people in turn, each in a direct message of their own.
inline constexpr std::uint32_t slack_desks = 16;
/// Rapport keeps to Slack's limits by itself (one message a second and channel, 50 conversations.open a
/// minute). So that they are not all that is measured, its Web API client's clock runs so many times faster
/// than the world's.
inline constexpr int slack_haste = 20;

/// The account of the one at that desk.
std::string slack_staffer(std::uint32_t desk);
/// The words, in no other message, with which that desk is asked.
std::string slack_alarm(std::uint32_t desk);

}  // namespace rapport::bench
