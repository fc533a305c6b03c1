#include "adapters/slack/api/api_error.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "adapters/slack/api/addresses.hpp"

namespace rapport::slack {
namespace {

/// What one of Slack's error words means, and what to do.
struct Meaning {
    std::string_view code;
    ErrorKind kind;
    std::string_view words;
};

constexpr auto transient = ErrorKind::transient;
constexpr auto rate_limited = ErrorKind::rate_limited;
constexpr auto unauthorized = ErrorKind::unauthorized;
constexpr auto rejected = ErrorKind::rejected;

constexpr std::array meanings{
    Meaning{"account_inactive", unauthorized,
            "the app was removed from the workspace, or the workspace is closed. Install it again: "
            "api.slack.com/apps, your app, \"Install App\", and copy the new token"},
    Meaning{"token_revoked", unauthorized,
            "the token was revoked. Install the app again: api.slack.com/apps, your app, \"Install App\", "
            "\"Reinstall to Workspace\", and copy the new token"},
    Meaning{
        "token_expired", unauthorized,
        "the token has expired. Install the app again (api.slack.com/apps, your app, \"Install App\"), or "
        "switch token rotation off there under \"OAuth & Permissions\""},
    Meaning{"no_permission", unauthorized,
            "the token lacks a permission for this. Compare the scopes at api.slack.com/apps, your app, "
            "\"OAuth & Permissions\", with the manifest, then reinstall the app"},
    Meaning{"access_denied", unauthorized,
            "an administrator of the workspace does not allow this to the app"},
    Meaning{"ekm_access_denied", unauthorized,
            "an administrator has suspended access with Slack's key manager"},
    Meaning{"org_login_required", unauthorized,
            "the workspace is being moved into an organisation. Install the app again afterwards"},
    Meaning{"team_access_not_granted", unauthorized,
            "the app was not granted this workspace. An administrator of the organisation adds it under "
            "\"Manage apps\""},
    Meaning{"enterprise_is_restricted", unauthorized, "the organisation does not allow this to apps"},
    Meaning{"user_removed_from_team", unauthorized,
            "whoever installed the app has left the workspace. Somebody else must install it again"},
    Meaning{"team_disabled", unauthorized, "the workspace is closed"},
    Meaning{"accesslimited", unauthorized, "an administrator limits access to this workspace"},
    Meaning{"two_factor_setup_required", unauthorized,
            "whoever installed the app must first set up two-factor authentication in Slack"},
    Meaning{"invalid_refresh_token", unauthorized,
            "the refresh token is used up. Somebody must install the app again"},
    Meaning{"bad_client_secret", unauthorized,
            "the client secret is wrong. Copy it again: api.slack.com/apps, your app, \"Basic Information\", "
            "\"App Credentials\""},
    Meaning{
        "invalid_client_id", unauthorized,
        "the client id is wrong. Copy it again: api.slack.com/apps, your app, \"Basic Information\", \"App "
        "Credentials\""},
    Meaning{"bad_redirect_uri", rejected,
            "the redirect address is not one of those that the app names: api.slack.com/apps, your app, "
            "\"OAuth & Permissions\", \"Redirect URLs\""},
    Meaning{"invalid_code", rejected, "this installation took too long or was done before. Start it again"},
    Meaning{"code_already_used", rejected, "this installation was done before. Start it again"},

    Meaning{"file_uploads_disabled", rejected, "this workspace allows no uploads. An admin can allow them"},
    Meaning{"file_not_found", rejected, "Slack does not know the file, or has shown it before"},
    Meaning{"not_in_channel", rejected,
            "the app is not a member of this channel. Type \"/invite @rapport\" in it"},
    Meaning{
        "channel_not_found", rejected,
        "there is no such channel, or it is private and the app is not in it. Check the id (in Slack: the "
        "channel's name, \"About\", at the bottom) and type \"/invite @rapport\" in it"},
    Meaning{"is_archived", rejected, "the channel is archived. Unarchive it, or choose another one"},
    Meaning{"restricted_action", rejected,
            "an administrator lets only some people post there. Allow the app in the channel's settings, or "
            "choose another channel"},
    Meaning{"restricted_action_read_only_channel", rejected, "the channel is read-only. Choose another one"},
    Meaning{"restricted_action_thread_only_channel", rejected, "in this channel only replies are allowed"},
    Meaning{"method_not_supported_for_channel_type", rejected, "this cannot be done in this kind of channel"},
    Meaning{"external_channel_migrating", transient,
            "the channel is just being shared with another workspace"},
    Meaning{"thread_not_found", rejected, "the thread is not there any more"},
    Meaning{"message_not_found", rejected, "the message is not there any more"},
    Meaning{"cant_update_message", rejected, "the app may change its own messages only"},
    Meaning{"edit_window_closed", rejected, "the message is too old to be changed here"},
    Meaning{"msg_too_long", rejected, "the text is too long for one message"},
    Meaning{"no_text", rejected, "the message has neither text nor blocks"},
    Meaning{"too_many_attachments", rejected, "the message has too many attachments"},
    Meaning{"invalid_blocks", rejected, "Slack does not accept the message's blocks"},
    Meaning{"invalid_blocks_format", rejected, "the message's blocks are not valid JSON"},
    Meaning{"invalid_arguments", rejected, "something in the request is not as Slack wants it"},
    Meaning{"invalid_metadata_format", rejected, "the message's metadata are not as Slack wants them"},
    Meaning{"metadata_too_large", rejected, "the message's metadata are too large"},
    Meaning{"user_not_found", rejected, "there is no such person in Slack, or the app may not see them"},
    Meaning{"users_not_found", rejected, "there is no such person in Slack, or the app may not see them"},
    Meaning{"user_not_visible", rejected, "the app may not see this person"},
    Meaning{"user_disabled", rejected, "this person's account is deactivated"},
    Meaning{"user_not_in_channel", rejected, "this person is not in the channel"},
    Meaning{"cannot_dm_bot", rejected, "one cannot write to a bot"},
    Meaning{"messages_tab_disabled", rejected,
            "the app takes no direct messages. Allow them: api.slack.com/apps, your app, \"App Home\", "
            "\"Messages Tab\""},
    Meaning{
        "not_enabled", rejected,
        "the app's Home is switched off. Switch it on: api.slack.com/apps, your app, \"App Home\", \"Home "
        "Tab\""},
    Meaning{"no_such_subteam", rejected, "there is no such user group"},
    Meaning{"subteam_not_found", rejected, "there is no such user group"},
    Meaning{"hash_conflict", rejected, "somebody changed this view in the meantime"},
    Meaning{"view_too_large", rejected, "the view is too large for Slack"},
    Meaning{"push_limit_reached", rejected, "three views are open already"},
    Meaning{"not_found", rejected, "it is not there any more"},
    Meaning{"expired_trigger_id", rejected,
            "more than three seconds have passed since the click. Click again"},
    Meaning{"trigger_expired", rejected, "more than three seconds have passed since the click. Click again"},
    Meaning{"exchanged_trigger_id", rejected, "this click has opened something already. Click again"},
    Meaning{"trigger_exchanged", rejected, "this click has opened something already. Click again"},
    Meaning{"invalid_trigger_id", rejected, "Slack does not know this click (any more). Click again"},
    Meaning{"used_url", rejected, "this click was answered five times, which is all that Slack takes"},
    Meaning{"expired_url", rejected, "the click is more than 30 minutes old"},
    Meaning{"invalid_cursor", rejected, "the place in the list is no longer valid. Start from its beginning"},
    Meaning{"unknown_method", rejected, "this Slack does not know the call"},
    Meaning{"method_deprecated", rejected, "Slack no longer offers this call. Update Rapport"},
    Meaning{"deprecated_endpoint", rejected, "Slack no longer offers this call. Update Rapport"},

    Meaning{"ratelimited", rate_limited, "too many calls just now"},
    Meaning{"rate_limited", rate_limited, "too many calls just now"},
    Meaning{"message_limit_exceeded", rate_limited, "the workspace has posted too many messages just now"},
    Meaning{"internal_error", transient, "something went wrong at Slack"},
    Meaning{"fatal_error", transient, "something went wrong at Slack"},
    Meaning{"service_unavailable", transient, "Slack is not available just now"},
    Meaning{"request_timeout", transient, "Slack received only a part of the request"},
    Meaning{"team_added_to_org", transient, "the workspace is being moved into an organisation"},
};

/// The app's own token is for Socket Mode alone; all else uses the bot's.
bool uses_app_token(std::string_view method) {
    return method == "apps.connections.open";
}

std::string token_words(std::string_view method) {
    if (uses_app_token(method)) {
        return "api.slack.com/apps, your app, \"Basic Information\", \"App-Level Tokens\": it begins with "
               "xapp- "
               "and goes into SLACK_APP_TOKEN";
    }
    return "api.slack.com/apps, your app, \"OAuth & Permissions\", \"Bot User OAuth Token\": it begins with "
           "xoxb- and goes into SLACK_BOT_TOKEN";
}

std::string missing_scope(const ApiError& error, std::string_view method) {
    const std::string scope = error.needed.empty() ? "a permission" : "the permission " + error.needed;
    if (uses_app_token(method)) {
        return "the app-level token lacks " + scope +
               ". At api.slack.com/apps, your app, \"Basic Information\", \"App-Level Tokens\", generate one "
               "with "
               "the scope connections:write and put it into SLACK_APP_TOKEN";
    }
    return "the app lacks " + scope +
           ". At api.slack.com/apps, your app, \"OAuth & Permissions\", \"Bot Token Scopes\", add it, then "
           "\"Reinstall to Workspace\"" +
           (error.provided.empty() ? "" : " (it has: " + error.provided + ")");
}

/// Those whose words depend on the call; empty for all others.
std::string words_of_call(const ApiError& error, std::string_view method) {
    if (error.code == "missing_scope") return missing_scope(error, method);
    if (error.code == "invalid_auth" || error.code == "not_authed") {
        return "Slack does not accept the token. Copy it again from " + token_words(method);
    }
    if (error.code == "not_allowed_token_type") {
        return "this call takes another kind of token. The right one is at " + token_words(method);
    }
    return {};
}

}  // namespace

void put_into_words(ApiError& error, const std::string& method) {
    std::string words = words_of_call(error, method);
    if (!words.empty()) {
        error.kind = unauthorized;
    } else {
        const auto found = std::find_if(meanings.begin(), meanings.end(),
                                        [&](const Meaning& it) { return it.code == error.code; });
        error.kind = found == meanings.end() ? rejected : found->kind;
        words = found == meanings.end() ? "Slack gives no other reason" : std::string{found->words};
    }
    error.what = method + ": " + words + " (Slack says: " + error.code + ")";
    for (const std::string& message : error.messages) error.what += "; " + message;
    error.what = redact(error.what);
}

}  // namespace rapport::slack
