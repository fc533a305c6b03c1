#pragma once

// Installing the app in more than one workspace (docs.slack.dev, "Installing with OAuth", "Token rotation").

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/slack/api/token_store.hpp"
#include "adapters/slack/api/web_api.hpp"

namespace rapport::slack {

struct OAuthConfig {
    std::string client_id{};
    std::string client_secret{};
    std::string authorize_url = "https://slack.com/oauth/v2/authorize";
    std::string redirect_uri{};  ///< As the app's settings name it.
    std::vector<std::string> scopes{};
};

/// The `state` of each installation that was begun: good once, for 10 minutes, and only for the browser that
/// holds the cookie. Remembers at most 1,000; the oldest gives way.
class OAuthStates {
public:
    /// `state` and `cookie` are random texts of 32 characters or more, made by the caller.
    void begin(const std::string& state, const std::string& cookie, Time now);
    /// Uses the state up. An error says in words why it is not good.
    Result<> finish(const std::string& state, const std::string& cookie, Time now);
    std::size_t size() const noexcept { return states_.size(); }

private:
    struct Begun {
        std::string cookie{};
        Time at{};
    };
    std::map<std::string, Begun> states_{};
};

/// Where to send somebody who wants to install the app.
std::string authorize_url(const OAuthConfig& config, const std::string& state);

/// What a good oauth.v2.access answers, as it is kept. `now` dates the expiry.
ApiResult<StoredInstallation> read_installation(const boost::json::object& answer, Time now);

/// oauth.v2.access: exchanges the callback's `code`, once, for an installation; nothing is stored yet. `api`
/// needs no token of its own.
boost::asio::awaitable<ApiResult<StoredInstallation>> exchange_code(WebApi& api, OAuthConfig config,
                                                                    std::string code, Timing timing);

/// Gives out the bot token of each installation, refreshed when less than two hours are left. One refresh at
/// a time for each installation; the new pair is durable before it is used. `api` and `store` must outlive
/// it.
class TokenKeeper {
public:
    TokenKeeper(OAuthConfig config, WebApi& api, TokenStore& store, Timing timing);
    ~TokenKeeper();

    /// The token to use now for the installation `key` (TokenStore::key_of). unauthorized: somebody must
    /// install the app anew, and `what` says so.
    boost::asio::awaitable<Result<std::string>> bot_token(std::string key);
    /// The same as a source for WebApiConfig::bot; this must outlive it.
    TokenSource source(std::string key);

    /// tokens_revoked and app_uninstalled, in whatever order: no more work for this installation; what is
    /// known of it stays. True if it was such an event and concerned the bot.
    boost::asio::awaitable<Result<bool>> heard(std::string key, boost::json::object event);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::slack
