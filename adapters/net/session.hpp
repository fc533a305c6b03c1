#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>

#include "adapters/net/server.hpp"

namespace rapport::net {

/// Serves one connection from its first request to its end. Throws only when cancelled, and then only after a
/// WebSocket, if it became one, was closed with 1001.
boost::asio::awaitable<void> serve_connection(boost::asio::ip::tcp::socket socket, std::string remote,
                                              const ServerConfig& config, HttpHandler& handler);

}  // namespace rapport::net
