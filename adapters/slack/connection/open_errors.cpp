#include "adapters/slack/connection/open_errors.hpp"

#include <array>
#include <string>

namespace rapport::slack {
namespace {

struct Words {
    std::string_view code;
    std::string_view what;
};

constexpr std::string_view token_page =
    "(api.slack.com/apps, your app, \"Basic Information\", \"App-Level Tokens\")";

// docs.slack.dev, apps.connections.open, "Errors".
constexpr std::array known_answers{
    Words{"missing_scope", "the app token lacks the scope connections:write: make one that has it "},
    Words{"not_allowed_token_type",
          "this is not an app-level token: SLACK_APP_TOKEN starts with \"xapp-\"; make one with the scope "
          "connections:write "},
    Words{"invalid_auth",
          "Slack does not know the app token: copy SLACK_APP_TOKEN again, or make a new one "},
    Words{"not_authed", "no app token was sent: set SLACK_APP_TOKEN "},
    Words{"token_revoked", "the app token was revoked: make a new one and set SLACK_APP_TOKEN "},
    Words{"account_inactive",
          "the app was removed from the workspace, or the account that made the token was switched off: "
          "install the app again, then make a new app token "},
    Words{"user_removed_from_team",
          "the person who made the app token left the workspace: let somebody else make a new one "},
    Words{"team_disabled",
          "Slack switched this workspace off: its owner can ask Slack why; a new app token is made there "
          "later "},
};

}  // namespace

std::optional<Error> fatal_open_error(std::string_view code) {
    for (const Words& known : known_answers) {
        if (known.code != code) continue;
        return Error{ErrorKind::unauthorized,
                     "Slack refuses a Socket Mode connection: " + std::string{known.what} +
                         std::string{token_page} + " [" + std::string{code} + "]"};
    }
    return std::nullopt;
}

}  // namespace rapport::slack
