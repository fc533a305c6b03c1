#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <utility>

namespace rapport::test {

/// Runs a coroutine to its end, on an io_context of its own, and returns what it returns.
template <class T>
T run_alone(boost::asio::awaitable<T> what) {
    boost::asio::io_context context{1};
    std::future<T> answer = boost::asio::co_spawn(context, std::move(what), boost::asio::use_future);
    context.run();
    return answer.get();
}

}  // namespace rapport::test
