#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "adapters/net/any_stream.hpp"
#include "adapters/net/error.hpp"
#include "adapters/net/tls.hpp"
#include "adapters/net/url.hpp"

namespace rapport::net {

/// A shared pointer, as results of a parallel group must be default-constructible.
using Opened = Result<std::shared_ptr<AnyStream>>;

/// Resolves, connects and, for a secure address, shakes hands, within `limit`. `tls` may be null for plain
/// addresses.
boost::asio::awaitable<Opened> dial(Url url, TlsContext* tls, std::chrono::milliseconds limit);

}  // namespace rapport::net
