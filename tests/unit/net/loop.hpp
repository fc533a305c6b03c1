#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <stdexcept>
#include <utility>

namespace rapport::test {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::awaitable;

inline awaitable<void> pause(std::chrono::milliseconds time) {
    asio::steady_timer timer{co_await asio::this_coro::executor, time};
    co_await timer.async_wait(asio::use_awaitable);
}

inline awaitable<void> deadline(std::chrono::milliseconds limit) {
    co_await pause(limit);
    throw std::runtime_error("the test did not end in time");
}

/// Runs a coroutine on a loop of its own until it returns; what it throws comes out. Fails rather than hangs.
inline void run(awaitable<void> body, std::chrono::milliseconds limit = 20s) {
    using namespace asio::experimental::awaitable_operators;
    asio::io_context io{1};
    std::exception_ptr thrown;
    bool done = false;
    asio::co_spawn(io, std::move(body) || deadline(limit), [&](std::exception_ptr error, auto&&...) {
        thrown = error;
        done = true;
    });
    while (!done && io.run_one() > 0) {
    }
    if (thrown) std::rethrow_exception(thrown);
}

/// Runs `body` while `background` runs, and cancels `background` when `body` is done.
inline awaitable<void> beside(awaitable<void> background, awaitable<void> body) {
    using namespace asio::experimental::awaitable_operators;
    co_await (std::move(background) || std::move(body));
}

/// Waits until `ready()` holds, looking every few milliseconds.
template <class Ready>
awaitable<void> until(Ready ready) {
    while (!ready()) co_await pause(2ms);
}

}  // namespace rapport::test
