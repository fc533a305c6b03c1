#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <optional>
#include <string>

#include "adapters/net/http.hpp"
#include "adapters/slack/api/oauth.hpp"

namespace rapport::slack {

/// The two pages by which somebody installs the app in their workspace (docs.slack.dev, "Installing with
/// OAuth"): /slack/install sends them to Slack, /slack/oauth takes them back. Lives on one executor; not
/// thread-safe.
class Installer {
public:
    struct Options {
        OAuthConfig oauth{};
        bool secure = true;  ///< The pages are reached over https: the cookie is for that alone.
        Timing timing = Timing::real();
        std::function<std::string()> random{};  ///< A text of 32 or more that nobody can guess. Required.
        /// Told of a new installation that is durable; returns what to add on the page ("It starts ...").
        std::function<std::string(const StoredInstallation&)> installed{};
        std::function<void(const std::string&)> log{};  ///< Never holds a token. May be empty.
    };
    /// `api` (which needs no token) and `store` must outlive it.
    Installer(Options options, WebApi& api, TokenStore& store);

    /// Nothing: that path is not ours.
    boost::asio::awaitable<std::optional<net::Response>> answer(const net::Request& request);

private:
    net::Response begin();
    boost::asio::awaitable<net::Response> finish(std::string query, std::string cookie);

    Options options_;
    WebApi& api_;
    TokenStore& store_;
    OAuthStates states_{};
};

}  // namespace rapport::slack
