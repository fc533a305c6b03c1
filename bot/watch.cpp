#include "bot/watch.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rapport {

namespace asio = boost::asio;

Watch::Watch(std::vector<std::filesystem::path> files) : files_(std::move(files)), stamps_(look()) {}

std::vector<Watch::Stamp> Watch::look() const {
    std::vector<Stamp> stamps;
    for (const std::filesystem::path& file : files_) {
        std::error_code ignored;  // a file that is gone just now is a change like any other
        Stamp stamp;
        stamp.written = std::filesystem::last_write_time(file, ignored);
        stamp.size = std::filesystem::file_size(file, ignored);
        stamps.push_back(stamp);
    }
    return stamps;
}

asio::awaitable<void> Watch::changed() {
    asio::steady_timer timer{co_await asio::this_coro::executor};
    for (;;) {
        timer.expires_after(std::chrono::seconds{1});
        co_await timer.async_wait(asio::use_awaitable);
        std::vector<Stamp> now = look();
        if (now == stamps_) continue;
        stamps_ = std::move(now);
        co_return;
    }
}

}  // namespace rapport
