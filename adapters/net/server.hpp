#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "adapters/net/error.hpp"
#include "adapters/net/http.hpp"
#include "adapters/net/websocket.hpp"

namespace rapport::net {

struct ServerConfig {
    std::string address = "127.0.0.1";      ///< A numeric IPv4 or IPv6 address.
    std::uint16_t port = 8080;              ///< 0: any free one; `Server::port` tells which.
    std::size_t header = 16 * 1024;         ///< Longest request head, in bytes (answer 431).
    std::size_t body = 1024 * 1024;         ///< Longest request body, in bytes (answer 413).
    std::size_t sockets = 512;              ///< Open at once (answer 503).
    std::size_t sockets_per_address = 256;  ///< Open at once from one address (answer 503).
    std::chrono::milliseconds request{
        10'000};  ///< For a whole request to arrive, and for its answer to be taken.
    std::chrono::milliseconds idle{30'000};  ///< Between requests on one connection.
    WebSocketLimits websocket{};
};

/// What a server does with what comes in. Called on the server's executor, for many connections in turn.
class HttpHandler {
public:
    virtual ~HttpHandler() = default;

    /// Answers one plain request. An exception other than cancellation becomes a 500.
    virtual boost::asio::awaitable<Response> handle(Request request) = 0;

    /// Asked before an upgrade: a response refuses it.
    virtual std::optional<Response> refuse_upgrade(const Request& request) = 0;

    /// Serves one WebSocket until it returns; then it is closed with 1000, or with 1001 if the server stops
    /// (the coroutine is cancelled). The server owns `socket` and keeps it until this returns.
    virtual boost::asio::awaitable<void> websocket(Request request, WebSocket& socket) = 0;
};

/// An HTTP/1.1 server with WebSocket upgrade. Lives on one executor; not thread-safe.
class Server {
public:
    /// `handler` must outlive the server.
    Server(ServerConfig config, HttpHandler& handler);
    ~Server();

    /// Takes the port. Errors say what to do: port in use, address that this machine does not have.
    Result<> listen(boost::asio::any_io_executor executor);
    /// The port taken; 0 before `listen`.
    std::uint16_t port() const noexcept;
    /// Connections open now.
    std::size_t open() const noexcept;

    /// Serves until cancelled (calls `listen` if nobody has). Then, one after the other: takes no more
    /// connections, cancels the handlers, closes the WebSockets with 1001, waits for all of it, and throws
    /// operation_aborted like every cancelled coroutine. Otherwise returns only an error, from `listen`.
    boost::asio::awaitable<Result<>> run();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::net
