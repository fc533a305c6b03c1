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

/// Keeps what `body` throws, so that `||` sees it end: it would wait on for the other side to succeed.
inline awaitable<void> caught(awaitable<void> body, std::exception_ptr& thrown) {
    try {
        co_await std::move(body);
    } catch (...) {
        thrown = std::current_exception();
    }
}

inline awaitable<void> within(awaitable<void> body, std::chrono::milliseconds limit) {
    using namespace asio::experimental::awaitable_operators;
    std::exception_ptr thrown;
    const auto first = co_await (caught(std::move(body), thrown) || pause(limit));
    if (first.index() == 1) throw std::runtime_error("the test did not end in time");
    if (thrown) std::rethrow_exception(thrown);
}

/// Runs a coroutine on a loop of its own until it returns; what it throws comes out. Fails rather than hangs.
inline void run(awaitable<void> body, std::chrono::milliseconds limit = 20s) {
    asio::io_context io{1};
    std::exception_ptr thrown;
    bool done = false;
    asio::co_spawn(io, within(std::move(body), limit), [&](std::exception_ptr error) {
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
    std::exception_ptr thrown;
    co_await (std::move(background) || caught(std::move(body), thrown));
    if (thrown) std::rethrow_exception(thrown);
}

/// Waits until `ready()` holds, looking every few milliseconds.
template <class Ready>
awaitable<void> until(Ready ready) {
    while (!ready()) co_await pause(2ms);
}

}  // namespace rapport::test
