#pragma once

// What one workspace looks like while it is being checked. Private to this folder.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "adapters/net/pool.hpp"
#include "adapters/slack/api/calls.hpp"
#include "adapters/slack/check/check.hpp"

namespace rapport::slack {

/// Calls that the steps share, and what earlier steps found out for later ones. Refers to what outlives it.
struct Look {
    Look(const CheckedWorkspace& checked, const CheckOptions& with, const ApiBase& base, Report& into);

    void ok(std::string words) { report.findings.push_back({Verdict::ok, std::move(words)}); }
    void unknown(std::string words, std::string to_do = {}) {
        report.findings.push_back({Verdict::unknown, std::move(words), std::move(to_do)});
    }
    void problem(std::string words, std::string to_do = {}) {
        report.findings.push_back({Verdict::problem, std::move(words), std::move(to_do)});
    }

    const CheckedWorkspace& workspace;
    const CheckOptions& options;
    Report& report;
    net::Pool pool;
    std::string base_url;
    std::string granted{};       ///< X-OAuth-Scopes of the last answer to the bot's token.
    bool granted_known = false;  ///< Slack has sent that header.
    WebApi api;
    Installation who{};  ///< Once auth.test has answered.
    Id alert_channel{};  ///< If alerts may go there.
};

/// Whether Slack answers at all, and what time it has. False: nothing more can be found out.
boost::asio::awaitable<bool> look_for_slack(Look& look);
/// Who the bot's token is, and what it may do. False: the token is of no use.
boost::asio::awaitable<bool> look_at_bot(Look& look);
boost::asio::awaitable<void> look_at_channels(Look& look);
boost::asio::awaitable<void> look_at_staff(Look& look);
/// How Slack reaches us; with `CheckOptions::live`, whether it does. `bot`: its token works.
boost::asio::awaitable<void> look_at_socket_mode(Look& look, bool bot);
boost::asio::awaitable<void> look_at_http(Look& look);

/// With a capital at its beginning and a full stop at its end.
std::string sentence(std::string words);
/// "#alerts" or "C0123ABCD", as people should read it.
std::string channel_name(const std::string& id_or_name);

}  // namespace rapport::slack
