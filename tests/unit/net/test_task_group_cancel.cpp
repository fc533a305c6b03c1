// A group that is cancelled before its tasks have begun.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "adapters/net/task_group.hpp"
#include "support/catch.hpp"

using namespace rapport;
namespace asio = boost::asio;

TEST_CASE("a group that is cancelled before its tasks have begun ends quietly") {
    asio::io_context io{1};
    net::TaskGroup group{io.get_executor()};
    bool ran = false, ended = false;
    group.spawn([](bool& into) -> asio::awaitable<void> {
        into = true;
        asio::steady_timer forever{co_await asio::this_coro::executor, asio::steady_timer::time_point::max()};
        co_await forever.async_wait(asio::use_awaitable);
    }(ran));
    group.cancel();
    asio::co_spawn(io, group.wait(), [&](std::exception_ptr error) { ended = !error; });
    CHECK_NOTHROW(io.run());
    CHECK(ended);
    CHECK_FALSE(ran);
    CHECK(group.size() == 0);
}
