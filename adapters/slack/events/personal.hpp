#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <string_view>

#include "adapters/slack/events/directory.hpp"
#include "adapters/slack/slack.hpp"

namespace rapport::slack::events {

/// Why a message is not the personal words of a staffer, in the order in which it is looked at.
enum class Impersonal {
    no,             ///< It is personal.
    other_subtype,  ///< Neither plain, nor with files, nor /me, nor a reply also sent to the channel.
    hidden,         ///< Slack says that nobody sees it.
    no_user,        ///< Nobody in particular said it.
    our_bot,        ///< We did.
    slackbot,       ///< Slack did.
    via_app,        ///< A tool did, maybe with their token.
    not_staff,      ///< Somebody else did.
};
std::string_view to_string(Impersonal why) noexcept;

/// Posted by a tool: bot_id, app_id or bot_profile stands in it, even if `user` is a person.
bool via_app(const boost::json::object& message) noexcept;

/// Whether a message, as Slack sends it, is a staffer's own. `staff` is asked for the author's account with
/// their home realm. With `app_posts_count`, what a tool posts with a person's token counts as theirs.
/// The program decides the same from Message::via_app, Account::bot and the roster.
Impersonal personal(const boost::json::object& message, const Installation& installation,
                    Directory& directory, const std::function<bool(const AccountKey&)>& staff,
                    bool app_posts_count = false);

}  // namespace rapport::slack::events
