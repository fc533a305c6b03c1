#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <future>

namespace rapport::test {

/// Returns when all that was given to `pool`, of one thread, is done.
inline void wait_until_drained(boost::asio::thread_pool& pool) {
    std::promise<void> reached;
    boost::asio::post(pool, [&reached] { reached.set_value(); });
    reached.get_future().wait();
}

}  // namespace rapport::test
