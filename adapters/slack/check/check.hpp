#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "adapters/event.hpp"
#include "adapters/net/tls.hpp"
#include "adapters/slack/api/timing.hpp"

namespace rapport::slack {

enum class Verdict {
    ok,
    unknown,  ///< Could not be found out, or not without more leave; nothing is wrong for sure.
    problem,
};

/// One line of what was found, in words for whoever sets Rapport up. Never holds a token.
struct Finding {
    Verdict verdict = Verdict::ok;
    std::string words{};
    std::string to_do{};  ///< What to do about it, and where; may be empty.
};

/// What was found about one thing: a workspace, or the team.
struct Report {
    std::string about{};
    std::vector<Finding> findings{};
};

/// A token or secret, and the name of the environment variable that holds it.
struct Secret {
    std::string variable{};
    std::string value{};
};

/// One workspace as it is set up, right or wrong.
struct CheckedWorkspace {
    std::string name = "slack";
    bool desk = true;
    bool listens = true;
    std::string alert_channel{};  ///< Id or name; or empty.
    Secret bot_token{.variable = "SLACK_BOT_TOKEN"};
    Secret app_token{.variable = "SLACK_APP_TOKEN"};
    Secret signing_secret{.variable = "SLACK_SIGNING_SECRET"};
    bool http = false;
    std::string address = "127.0.0.1";  ///< With `http`.
    std::uint16_t port = 8081;
    std::string api_url = "https://slack.com/api/";
};

/// Somebody on the team, as team.yaml has them.
struct CheckedStaffer {
    std::string name{};
    std::vector<AccountKey> accounts{};  ///< Of any platform.
    bool lead = false;
};

struct CheckOptions {
    std::vector<CheckedStaffer> staff{};
    /// Also posts a line, waits for Slack to tell of it, and deletes it. Otherwise Slack is only asked.
    bool live = false;
    net::TlsContext* tls = nullptr;  ///< May be null if all addresses are plain http on this machine.
    Timing timing = Timing::real();
    std::chrono::milliseconds call{10'000};   ///< For each call.
    std::chrono::milliseconds hello{10'000};  ///< For Slack's hello over Socket Mode.
    std::chrono::milliseconds event{10'000};  ///< For the event of our own line.
};

/// Looks at everything that a set-up needs, in the order in which it is best mended: tokens, Slack in reach,
/// clock, who we are, permissions, channels, staff, the connection, events. A Rapport that runs meanwhile is
/// not disturbed: what Slack delivers here by chance is left unacknowledged and goes to it. Throws only when
/// cancelled.
boost::asio::awaitable<std::vector<Report>> check(std::vector<CheckedWorkspace> workspaces,
                                                  CheckOptions options);

std::size_t problems(const std::vector<Report>& reports);

/// For a terminal: a line for each finding, what to do below it.
std::string to_text(const std::vector<Report>& reports);
/// "ok", "not known", "problem".
std::string_view to_text(Verdict verdict);

}  // namespace rapport::slack
