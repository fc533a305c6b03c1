#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "adapters/event.hpp"

namespace rapport::replay {

/// Who and where in a Slack export: what users.json, channels.json, groups.json, dms.json and mpims.json say.
/// Plain data; filled once, except that people from other workspaces are learned as their messages are read.
struct SlackDirectory {
    std::string realm{};                                    ///< The workspace's team id.
    std::unordered_map<std::string, Account> users{};       ///< By user id.
    std::map<std::string, Channel, std::less<>> folders{};  ///< By the folder that holds the channel's days.
    std::map<std::string, std::string, std::less<>> channel_names{};  ///< By channel id, without '#'.

    /// The account of a user id; of one nobody has heard of: in this workspace, without names.
    Account account(std::string_view user_id) const;

    /// How people call that user: display name, else real name, else the id.
    std::string name_of(std::string_view user_id) const;
};

}  // namespace rapport::replay
