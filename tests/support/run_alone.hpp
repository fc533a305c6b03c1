#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <utility>

namespace rapport::test {

/// Runs a coroutine to its end, with no other beside it, and returns what it returns. The loop outlives the
/// test: what the coroutine leaves in longer-lived things (connections kept for later) belongs to it.
template <class T>
T run_alone(boost::asio::awaitable<T> what) {
    static boost::asio::io_context context{1};
    context.restart();
    std::future<T> answer = boost::asio::co_spawn(context, std::move(what), boost::asio::use_future);
    context.run();
    return answer.get();
}

}  // namespace rapport::test
