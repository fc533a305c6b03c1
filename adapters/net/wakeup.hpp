#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace rapport::net {

/// Lets coroutines of one thread wait until something has changed. A `notify` that nobody waits for is
/// forgotten, so wait in a loop: `while (!ready) co_await wakeup.wait();`.
class Wakeup {
public:
    explicit Wakeup(const boost::asio::any_io_executor& executor)
        : timer_(executor, boost::asio::steady_timer::time_point::max()) {}

    /// Wakes all who wait.
    void notify() { timer_.cancel(); }

    /// Returns after a `notify`; throws when cancelled.
    boost::asio::awaitable<void> wait() {
        namespace asio = boost::asio;
        co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
        const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none) {
            throw boost::system::system_error{asio::error::operation_aborted};
        }
    }

private:
    boost::asio::steady_timer timer_;
};

}  // namespace rapport::net
