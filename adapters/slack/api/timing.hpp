#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>

#include "adapters/event.hpp"

namespace rapport::slack {

/// The clock, waiting and chance, passed in so that tests need no real seconds.
struct Timing {
    std::function<Time()> now{};
    /// Returns after that time, or throws when cancelled.
    std::function<boost::asio::awaitable<void>(std::chrono::milliseconds)> sleep{};
    std::function<double()> roll{};  ///< A random number from [0, 1).

    /// The machine's own.
    static Timing real();
};

}  // namespace rapport::slack
