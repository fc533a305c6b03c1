#include "bot/watch.hpp"

#include <algorithm>
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

void Watch::also(const std::vector<std::filesystem::path>& files) {
    const std::size_t known = files_.size();
    for (const std::filesystem::path& file : files)
        if (std::find(files_.begin(), files_.end(), file) == files_.end()) files_.push_back(file);
    const std::vector<Stamp> now = look();
    stamps_.insert(stamps_.end(), now.begin() + std::ptrdiff_t(known), now.end());
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
