#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/net/error.hpp"

namespace rapport::net {

/// Bounds of one WebSocket. Past them the socket is closed with a code that says why; nothing grows without
/// end.
struct WebSocketLimits {
    std::size_t message = 256 * 1024;     ///< Longest message taken, in bytes (close code 1009).
    std::size_t queue = 4 * 1024 * 1024;  ///< Bytes waiting to be written.
    std::chrono::milliseconds idle{
        60'000};  ///< Silence after which the other side counts as gone; pinged at half.
    std::chrono::milliseconds close{2'000};  ///< How long the closing handshake may take.
};

/// Close codes of RFC 6455, section 7.4.1, that we send. 4000 and above are an application's own.
enum class CloseCode : std::uint16_t {
    normal = 1000,
    going_away = 1001,
    protocol_error = 1002,
    policy = 1008,
    too_big = 1009,
    internal_error = 1011,
    try_again_later = 1013,
};

/// A message as it came.
struct WebSocketMessage {
    std::string text{};
    bool binary = false;  ///< Its bytes are no text.
};

/// One open WebSocket, on either side, carrying text messages. Lives on one executor; not thread-safe. One
/// coroutine reads at a time; any number may send. Destroying it cuts the connection without a goodbye.
class WebSocket {
public:
    struct Impl;
    explicit WebSocket(std::shared_ptr<Impl> impl) noexcept;
    WebSocket(WebSocket&&) noexcept;
    WebSocket& operator=(WebSocket&&) noexcept;
    ~WebSocket();

    /// The next message. An error means that the socket is closed, and says by whom and why. Throws when
    /// cancelled; a cancelled read loses nothing, so `read() || timer` may be repeated.
    boost::asio::awaitable<Result<std::string>> read();

    /// Like `read`, for those who must live with binary messages: `read` closes the socket for one (code
    /// 1003).
    boost::asio::awaitable<Result<WebSocketMessage>> read_any();

    /// Sends a ping with `body` (at most 125 bytes; the rest is cut). False: closed, or another ping is being
    /// written.
    bool try_ping(std::string body);

    /// Has `heard` called with the body of each pong. They are seen only while somebody reads.
    void on_pong(std::function<void(std::string_view)> heard);

    /// Queues `text` if the queue has room for it. False: closed, or the other side reads too slowly; nothing
    /// was queued. Messages are written in the order of the calls, several in one write where they wait
    /// together.
    bool try_send(std::string text);

    /// Waits until the queue has room, then queues `text`: the back-pressure for senders that can wait.
    boost::asio::awaitable<Result<>> send(std::string text);

    /// Says goodbye after what is queued and waits for the answer, for at most `WebSocketLimits::close`. Does
    /// nothing if already closed. `reason` is cut to the 123 bytes that a close frame can carry.
    boost::asio::awaitable<void> close(std::uint16_t code, std::string reason);
    boost::asio::awaitable<void> close(CloseCode code = CloseCode::normal, std::string reason = {});

    /// Cuts the connection now, without waiting or goodbye; `read` then returns an error. For readers that
    /// are too slow, and for callers that cannot wait.
    void cut() noexcept;

    /// The code that the other side gave when it closed; 0 while open, or if it went without one.
    std::uint16_t close_code() const noexcept;

private:
    std::shared_ptr<Impl> impl_;
};

}  // namespace rapport::net
