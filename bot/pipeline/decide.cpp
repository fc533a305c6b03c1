#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/pipeline/pipeline.hpp"

namespace rapport {

namespace asio = boost::asio;

asio::awaitable<void> Pipeline::decide(std::vector<Input> inputs) {
    if (inputs.empty()) co_return;
    // Shared with the acks: whoever waits may be cancelled before they come.
    struct Waiting {
        explicit Waiting(const asio::any_io_executor& executor)
            : all(executor, asio::steady_timer::time_point::max()) {}
        asio::steady_timer all;
        std::size_t left = 0;
    };
    const auto waiting = std::make_shared<Waiting>(executor_);
    waiting->left = inputs.size();
    for (Input& input : inputs)
        intake_.put_inner(std::move(input), [waiting] {
            if (--waiting->left == 0) waiting->all.cancel();
        });
    wake();
    while (waiting->left > 0) {
        co_await waiting->all.async_wait(asio::as_tuple(asio::use_awaitable));
        const auto state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none)
            throw boost::system::system_error(asio::error::operation_aborted);
    }
}

}  // namespace rapport
