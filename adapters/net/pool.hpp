#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/system/result.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "adapters/net/client.hpp"

namespace rapport::net {

/// Why no answer came, and whether the other side may have received the request all the same.
struct Unanswered : Error {
    Unanswered() = default;
    Unanswered(Error error, bool maybe) : Error(std::move(error)), maybe_received(maybe) {}
    bool maybe_received =
        false;  ///< False: it certainly did not (no connection, or the request was cut off).
};

struct PoolLimits {
    std::size_t per_host = 4;  ///< Idle connections kept to one host and port.
    std::size_t in_all = 32;   ///< Idle connections kept at all; the one that rested longest goes first.
    std::chrono::milliseconds idle{20'000};  ///< How long one is kept without use.
};

/// Sends requests like `fetch`, but keeps HTTP/1.1 connections for the next request to the same scheme, host
/// and port. Follows no redirects. Lives on one executor; not thread-safe; must outlive its calls, and be
/// gone before the executor's context.
class Pool {
public:
    /// `options.tls` must outlive the pool.
    explicit Pool(ClientOptions options = {}, PoolLimits limits = {});
    ~Pool();

    struct Send {
        bool repeatable = false;  ///< Twice is like once: a kept connection that turns out to be dead before
                                  ///< a byte of the answer came is replaced and the request sent again.
        std::optional<std::chrono::milliseconds> limit{};  ///< For all of it; beside the pool's own limits.
    };

    /// Whatever the server answers, 500 included. Throws when cancelled; the connection is closed then.
    boost::asio::awaitable<boost::system::result<Response, Unanswered>> send(std::string url, Request request,
                                                                             Send how);

    /// Connections kept just now.
    std::size_t idle() const noexcept;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::net
