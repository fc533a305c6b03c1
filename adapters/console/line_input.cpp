#include "adapters/console/line_input.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <cerrno>

namespace rapport::console {

namespace asio = boost::asio;

LineInput::LineInput(const asio::any_io_executor& executor, int descriptor) : descriptor_(executor) {
    const int copy = ::fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        throw boost::system::system_error{{errno, boost::system::system_category()}, "reading the desk"};
    flags_ = ::fcntl(copy, F_GETFL);
    descriptor_.assign(copy);
}

LineInput::~LineInput() {
    // The flags belong to the open file, which the shell shares with us, and not to our duplicate.
    if (descriptor_.is_open()) ::fcntl(descriptor_.native_handle(), F_SETFL, flags_);
}

asio::awaitable<bool> LineInput::read_more() {
    std::array<char, 4096> chunk;
    for (;;) {
        const auto [failure] = co_await descriptor_.async_wait(asio::posix::descriptor_base::wait_read,
                                                               asio::as_tuple(asio::use_awaitable));
        if (failure == asio::error::operation_aborted) throw boost::system::system_error{failure};
        // Any other failure means that this is an ordinary file, which epoll refuses and which never blocks.
        const ssize_t got = ::read(descriptor_.native_handle(), chunk.data(), chunk.size());
        if (got > 0) {
            buffer_.append(chunk.data(), static_cast<std::size_t>(got));
            co_return true;
        }
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        co_return false;
    }
}

std::optional<std::string> LineInput::take_line() {
    const auto end = buffer_.find('\n');
    if (end == std::string::npos) {
        if (buffer_.size() <= max_line) return std::nullopt;
        std::string line = skipping_ ? std::string{} : buffer_.substr(0, max_line);
        buffer_.clear();
        if (skipping_) return std::nullopt;
        skipping_ = true;
        return line;
    }
    std::string line = buffer_.substr(0, std::min(end, max_line));
    buffer_.erase(0, end + 1);
    if (skipping_) {
        skipping_ = false;
        return take_line();
    }
    return line;
}

asio::awaitable<std::optional<std::string>> LineInput::next() {
    for (;;) {
        std::optional<std::string> line = take_line();
        if (line) co_return line;
        const bool more = co_await read_more();
        if (more) continue;
        if (buffer_.empty() || skipping_) co_return std::nullopt;
        co_return std::exchange(buffer_, {});
    }
}

}  // namespace rapport::console
