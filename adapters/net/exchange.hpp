#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "adapters/net/any_stream.hpp"
#include "adapters/net/error.hpp"
#include "adapters/net/http.hpp"
#include "adapters/net/url.hpp"

namespace rapport::net {

/// How one exchange is made, and how far it came, also if it fails or is cancelled.
struct Exchange {
    std::size_t body = 0;         ///< Longest response body taken, in bytes.
    bool keep_alive = false;      ///< Asks the server to keep the connection.
    bool maybe_received = false;  ///< Out: the whole request may have gone out.
    bool answered = false;        ///< Out: at least a byte of the answer came.
    bool reusable = false;        ///< Out: the connection may carry another request.
};

/// Sends one request over an open connection and reads its answer. `exchange` must outlive the call.
boost::asio::awaitable<Result<Response>> talk(std::shared_ptr<AnyStream> stream, Request request, Url url,
                                              Exchange& exchange);

}  // namespace rapport::net
