#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <type_traits>
#include <utility>

namespace rapport {

/// Runs blocking `work` on the store's thread, between two batches, and resumes here. `work` must live until
/// then: give it a name first. What it throws is thrown here; its result must be default-constructible.
///
/// Cancelling does not reach the work: it cannot be interrupted, and whoever awaits it must not leave before
/// it is done. (A `co_spawn` on the pool would pass the signal on, and with Boost 1.81 it arrives after the
/// awaiting frame is gone.)
template <class Work>
boost::asio::awaitable<std::invoke_result_t<Work&>> on_store_thread(boost::asio::thread_pool& thread,
                                                                    Work& work) {
    using Value = std::invoke_result_t<Work&>;
    auto start = [&thread, &work](auto handler) {
        auto home = boost::asio::make_work_guard(boost::asio::get_associated_executor(handler));
        boost::asio::post(thread, [&work, home = std::move(home), handler = std::move(handler)]() mutable {
            std::exception_ptr error;
            Value value{};
            try {
                value = work();
            } catch (...) {
                error = std::current_exception();
            }
            auto executor = home.get_executor();
            boost::asio::dispatch(executor, [home = std::move(home), handler = std::move(handler), error,
                                             value = std::move(value)]() mutable {
                std::move(handler)(error, std::move(value));
            });
        });
    };
    co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>,
                                                   void(std::exception_ptr, Value)>(
        start, boost::asio::use_awaitable);
}

}  // namespace rapport
