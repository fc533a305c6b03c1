#include "adapters/net/supervise.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rapport::net {

boost::asio::awaitable<Error> supervise(Adapter& adapter, Inbox& inbox, Backoff backoff, Roll roll,
                                        OnEnded ended, std::chrono::milliseconds healthy_after) {
    boost::asio::steady_timer pause{co_await boost::asio::this_coro::executor};
    for (;;) {
        const auto started = std::chrono::steady_clock::now();
        const Result<> outcome = co_await adapter.run(inbox);
        const Error error = outcome
                                ? Error{ErrorKind::transient, "the connection was closed by the other side"}
                                : outcome.error();
        ended(adapter, error);
        if (!error.retryable()) co_return error;

        if (std::chrono::steady_clock::now() - started > healthy_after) backoff.reset();
        pause.expires_after(std::max(error.retry_after, backoff.next(roll())));
        co_await pause.async_wait(boost::asio::use_awaitable);
    }
}

}  // namespace rapport::net
