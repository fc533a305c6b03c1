#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <type_traits>

namespace rapport {

namespace detail {
template <class Work>
boost::asio::awaitable<std::invoke_result_t<Work&>> call(Work& work) {
    co_return work();
}
}  // namespace detail

/// Runs blocking `work` on the store's thread, between two batches, and resumes here. `work` must live until
/// then: give it a name first.
template <class Work>
boost::asio::awaitable<std::invoke_result_t<Work&>> on_store_thread(boost::asio::thread_pool& thread,
                                                                    Work& work) {
    return boost::asio::co_spawn(thread, detail::call(work), boost::asio::use_awaitable);
}

}  // namespace rapport
