#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "adapters/net/error.hpp"
#include "adapters/net/http.hpp"
#include "adapters/net/tls.hpp"
#include "adapters/net/websocket.hpp"

namespace rapport::net {

struct ClientOptions {
    /// Needed for https and wss; must outlive the call. Null: only http and ws are allowed.
    TlsContext* tls = nullptr;
    std::chrono::milliseconds connect{10'000};  ///< Resolving, connecting and all handshakes together.
    std::chrono::milliseconds answer{30'000};   ///< From the request to the last byte of the response.
    std::size_t body = 8 * 1024 * 1024;         ///< Longest response body taken, in bytes.
    WebSocketLimits websocket{};
};

/// Sends `request` to `url` ("http://host:port"; its path is used if `request.target` is empty) on a
/// connection of its own and returns whatever the server answers, 500 included: see `accepted`. Throws when
/// cancelled.
boost::asio::awaitable<Result<Response>> fetch(std::string url, Request request, ClientOptions options = {});

/// The response if its status is 2xx; otherwise what its status means for the caller: 401 and 403
/// unauthorized, 429 rate_limited with Retry-After, other 4xx (and 3xx) rejected, 5xx transient. `doing`
/// names the call in the words.
Result<Response> accepted(Response response, std::string doing);

/// Opens a WebSocket to `url` ("ws://host:port/path"). Throws when cancelled.
boost::asio::awaitable<Result<WebSocket>> connect_websocket(std::string url, std::vector<Header> headers = {},
                                                            ClientOptions options = {});

}  // namespace rapport::net
