#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/net/error.hpp"
#include "adapters/net/http.hpp"
#include "adapters/slack/connection/unreadable.hpp"
#include "adapters/slack/slack.hpp"

namespace rapport::slack {

struct HttpOptions {
    std::string address = "127.0.0.1";  ///< A numeric address; a proxy in front of it speaks https.
    std::uint16_t port = 3000;          ///< 0: any free one.
    /// Each path takes everything that Slack posts.
    std::vector<std::string> paths{"/slack/events", "/slack/interactive", "/slack/commands"};
    std::string signing_secret{};                   ///< Of the app, "Basic Information".
    std::size_t body = 1024 * 1024;                 ///< Longest body, in bytes (413).
    std::chrono::milliseconds request{5'000};       ///< For a request to arrive (408).
    std::chrono::milliseconds acknowledged{2'500};  ///< For it to become durable (503). Slack waits 3 s.
    std::chrono::seconds age{300};                  ///< How far Slack's time stamp may be from our clock.
    std::size_t connections = 512;                  ///< At once (503).
    OnUnreadable unreadable{};                      ///< Empty: answered 200 and forgotten.
    std::function<void(const std::string&)> log{};  ///< One line for people; never holds a secret.
    std::function<Time()> now{};                    ///< Empty: the machine's clock.
    /// Asked for all other paths (OAuth's callback); nothing: 404.
    std::function<boost::asio::awaitable<std::optional<net::Response>>(const net::Request&)> other{};
};

struct HttpMetrics {
    std::uint64_t deliveries = 0;    ///< Given to the Receiver and acknowledged.
    std::uint64_t refused = 0;       ///< Not signed by Slack, or too old (401).
    std::uint64_t overloaded = 0;    ///< The Receiver had no room (503).
    std::uint64_t too_slow = 0;      ///< Not durable in time (503).
    std::uint64_t unreadable = 0;    ///< Signed, but not understood (200).
    std::uint64_t rate_limited = 0;  ///< app_rate_limited: Slack holds deliveries back.
    std::chrono::seconds skew{};     ///< Our clock minus Slack's, at the last signed request.
};

/// Slack's Events API, interactivity and commands over HTTP: Slack calls us. (docs.slack.dev, "Verifying
/// requests from Slack", "Using the Events API".) Answers 200 only when a delivery is durable. Lives on one
/// executor; not thread-safe. Acknowledgements may outlive it; they then do nothing.
class HttpReceiver {
public:
    /// `receiver` must outlive `run`.
    HttpReceiver(HttpOptions options, Receiver& receiver);
    ~HttpReceiver();

    /// Takes the port. Errors say what to do.
    Result<> listen(boost::asio::any_io_executor executor);
    /// The port taken; 0 before `listen`.
    std::uint16_t port() const noexcept;
    /// Serves until cancelled; otherwise returns only an error, from `listen` or as there is no signing
    /// secret.
    boost::asio::awaitable<Result<>> run();

    HttpMetrics metrics() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::slack
