#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <string>
#include <utility>

#include "adapters/net/error.hpp"

namespace rapport::net {

/// Awaits `operation` for at most `limit`; past it, the operation is cancelled (and waited for), and the
/// error says that `doing` timed out. `Result<T>` must be default-constructible.
template <class T>
boost::asio::awaitable<Result<T>> with_timeout(boost::asio::awaitable<Result<T>> operation,
                                               std::chrono::milliseconds limit, std::string doing) {
    using namespace boost::asio::experimental::awaitable_operators;
    boost::asio::steady_timer timer{co_await boost::asio::this_coro::executor, limit};
    auto first = co_await (std::move(operation) || timer.async_wait(boost::asio::use_awaitable));
    if (first.index() == 0) co_return std::get<0>(std::move(first));
    co_return Error{ErrorKind::transient,
                    doing + " timed out after " + std::to_string(limit.count()) + " ms"};
}

}  // namespace rapport::net
