#pragma once

#include <boost/asio/io_context.hpp>
#include <exception>

#include "adapters/net/cancelled.hpp"

namespace rapport::net {

/// Calls `turn`, which runs a loop for a while, and goes on where Boost 1.81 throws a cancellation out of it:
/// it does so when a coroutine is cancelled before it has begun. Nothing of the loop is lost by that. Other
/// exceptions pass.
template <class Turn>
auto passing_cancellations(Turn turn) {
    for (;;) {
        try {
            return turn();
        } catch (...) {
            if (!was_cancelled(std::current_exception())) throw;
        }
    }
}

/// For `co_spawn`: what the coroutine throws comes out of the loop.
inline void rethrow(std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
}

/// `io.run()` until there is nothing left to do.
inline void run_to_end(boost::asio::io_context& io) {
    passing_cancellations([&io] { return io.run(); });
}

}  // namespace rapport::net
