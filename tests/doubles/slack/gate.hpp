#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include "adapters/net/error.hpp"
#include "adapters/net/task_group.hpp"

namespace rapport::test::slack {

/// Stands between the app and the double's server and passes bytes on, so that connections can break as they
/// do in the world: freeze without closing, reset in the middle, close the handshake but not the TCP. Lives
/// on one executor.
class Gate {
public:
    explicit Gate(boost::asio::any_io_executor executor);
    ~Gate();

    Result<> listen(const std::string& address, std::uint16_t port);
    std::uint16_t port() const;
    /// Passes on to that port of 127.0.0.1 until cancelled.
    boost::asio::awaitable<void> run(std::uint16_t inner);

    /// Stops (or starts again) all bytes of the WebSocket with that ticket. Nothing is closed, whatever
    /// either side does, until it thaws.
    void freeze(const std::string& ticket, bool frozen);
    /// From now on: when the server ends a WebSocket's TCP, the app's side stays open, as with Slack.
    void keep_tcp_open(bool keep) noexcept { linger_ = keep; }
    /// Resets every WebSocket, or the one with that ticket.
    void cut(const std::string& ticket = {});

private:
    struct Pipe;
    boost::asio::awaitable<void> serve(std::shared_ptr<Pipe> pipe, std::uint16_t inner);
    boost::asio::awaitable<void> up(std::shared_ptr<Pipe> pipe);
    boost::asio::awaitable<void> down(std::shared_ptr<Pipe> pipe);

    boost::asio::any_io_executor executor_;
    std::unique_ptr<boost::asio::ip::tcp::acceptor> acceptor_{};
    using Pipes = std::set<std::shared_ptr<Pipe>>;
    /// Shared with the coroutines that serve them: their frames may be torn down after the gate.
    std::shared_ptr<Pipes> kept_pipes_ = std::make_shared<Pipes>();
    Pipes& pipes_ = *kept_pipes_;
    bool linger_ = false;
    bool stopping_ = false;
};

}  // namespace rapport::test::slack
