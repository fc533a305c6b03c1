#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rapport::net {

/// For `co_await`: the error code comes back beside the result, nothing is thrown.
inline constexpr auto tuple = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace rapport::net
