#include "adapters/slack/api/timing.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <random>

namespace rapport::slack {
namespace asio = boost::asio;

namespace {

asio::awaitable<void> wait_for(std::chrono::milliseconds time) {
    asio::steady_timer timer{co_await asio::this_coro::executor, time};
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

Timing Timing::real() {
    Timing timing;
    timing.now = [] {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    };
    timing.sleep = wait_for;
    const auto random = std::make_shared<std::mt19937_64>(std::random_device{}());
    timing.roll = [random] { return std::uniform_real_distribution<double>{0.0, 1.0}(*random); };
    return timing;
}

}  // namespace rapport::slack
