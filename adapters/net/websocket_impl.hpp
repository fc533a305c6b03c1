#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/net/any_stream.hpp"
#include "adapters/net/wakeup.hpp"
#include "adapters/net/websocket.hpp"

namespace rapport::net {

/// What is behind a WebSocket. Reads and writes are chains of plain callbacks that keep this alive
/// themselves, so that cancelling a coroutine that waits for one never breaks a half-read or half-written
/// frame.
struct WebSocket::Impl {
    using Stream = boost::beast::websocket::stream<AnyStream, false>;

    Impl(AnyStream connection, WebSocketLimits bounds, boost::beast::role_type role);

    static void start_read(const std::shared_ptr<Impl>& self);
    /// Writes what is queued, one message after the other, until the queue is empty.
    static void pump(const std::shared_ptr<Impl>& self);
    /// Pings a side that was silent for half of `limits.idle`, and gives it up at the end of it. Not left to
    /// Beast, which sets a timer of the system with every frame.
    static void watch(const std::shared_ptr<Impl>& self);
    static void start_close(const std::shared_ptr<Impl>& self, std::uint16_t code, std::string reason);

    /// False: one is being written already.
    static bool ping(const std::shared_ptr<Impl>& self, std::string body);

    bool has_room(std::size_t bytes) const noexcept {
        return queue.empty() || queued + bytes <= limits.queue;
    }
    void push(std::string text);
    /// The socket is finished: remembers why (the first reason counts) and wakes everybody.
    void end(boost::system::error_code ec);
    void cut() noexcept;

    Stream stream;
    WebSocketLimits limits;
    boost::beast::flat_buffer buffer;
    std::deque<std::string> queue{};
    std::size_t queued = 0;  ///< Bytes in `queue`.
    bool reading = false;
    bool writing = false;
    bool closing = false;
    bool watching = false;
    bool pinging = false;
    std::uint64_t reads_before = 0;  ///< `stream.next_layer().reads()` at the last look.
    bool silent_before = false;      ///< Nothing had come then.
    boost::asio::steady_timer look{stream.get_executor()};
    bool takes_binary = false;
    bool arrived_binary = false;
    std::optional<std::string> arrived{};
    std::function<void(std::string_view)> on_pong{};
    std::optional<Error> ended{};
    std::uint16_t code = 0;
    Wakeup changed;  ///< A message arrived, the queue shrank, or the socket ended.
};

}  // namespace rapport::net
