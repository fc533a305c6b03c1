#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/net/pool.hpp"
#include "adapters/slack/api/addresses.hpp"
#include "adapters/slack/api/api_error.hpp"
#include "adapters/slack/api/methods.hpp"
#include "adapters/slack/api/timing.hpp"

namespace rapport::slack {

/// Gives the token to be used now; a rotating one may have to be refreshed first.
using TokenSource = std::function<boost::asio::awaitable<Result<std::string>>()>;
TokenSource fixed_token(std::string token);

/// Which token a call carries, always in the Authorization header and nowhere else.
enum class Token {
    bot,    ///< "xoxb-..."
    app,    ///< "xapp-...", for apps.connections.open.
    given,  ///< CallOptions::secret.
    basic,  ///< HTTP Basic with CallOptions::secret, "client_id:client_secret"; for OAuth.
    none,
};

struct CallOptions {
    Token token = Token::bot;
    std::string secret{};
    std::optional<Priority> priority{};  ///< Empty: the method's own.
    /// For all of it: waiting in the queue, being repeated, the answer. Past it the call ends with an error.
    std::chrono::milliseconds deadline{30'000};
};

struct WebApiConfig {
    ApiBase base{};
    TokenSource bot{};  ///< Empty: calls with Token::bot are refused.
    TokenSource app{};
    std::vector<std::string> loopback{};  ///< See AllowedHosts; beside the base's own host.
    Profile profile = Profile::standard;
    std::size_t waiting = 1000;   ///< Calls that wait for their turn, in all.
    std::size_t per_queue = 200;  ///< Of them, for one method (and channel).
    std::size_t at_once = 6;      ///< Requests under way; clicks may use two more.
    /// Told of every HTTP answer before it is read, for what stands in its headers (X-OAuth-Scopes, Date).
    std::function<void(const std::string& method, const net::Response&)> answered{};
};

/// Calls Slack's Web API for one workspace. Each method (and channel, where Slack counts so) has a queue of
/// its own with Slack's limit; 429 stops that queue alone, for as long as Slack says. What failed is done
/// again, within the deadline, if Slack certainly did not do it (no connection, 429), or if doing it twice is
/// like doing it once (reads, views.publish, chat.update ...): never chat.postMessage after it may have
/// arrived. Redirects are not followed. Lives on one executor; not thread-safe; `pool` must outlive it, and
/// it its calls.
class WebApi {
public:
    WebApi(WebApiConfig config, net::Pool& pool, Timing timing = Timing::real());
    ~WebApi();

    /// The whole answer, `ok` being true. Throws only when cancelled; a call that was still waiting then is
    /// out of its queue.
    boost::asio::awaitable<ApiResult<boost::json::object>> call(std::string method,
                                                                boost::json::object params = {},
                                                                CallOptions options = {});

    /// Posts `message` to a response_url (5 times within 30 minutes of the click; no token). Refuses
    /// addresses that are not Slack's.
    boost::asio::awaitable<ApiResult<>> respond(std::string response_url, boost::json::object message,
                                                std::chrono::milliseconds deadline = std::chrono::seconds{
                                                    10});

    /// Posts a file's bytes to the address that files.getUploadURLExternal gave (no token). Refuses addresses
    /// that are not Slack's. With an unknown outcome, ask for another address: nobody sees a file before it
    /// is completed.
    boost::asio::awaitable<ApiResult<>> upload(std::string upload_url, std::string bytes,
                                               CallOptions options = {});

    /// Which addresses out of payloads may be called.
    const AllowedHosts& allowed() const noexcept;
    Profile profile() const noexcept;
    /// Calls waiting for their turn.
    std::size_t waiting() const noexcept;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::slack
