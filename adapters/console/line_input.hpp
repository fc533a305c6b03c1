#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <optional>
#include <string>

namespace rapport::console {

/// Lines from a terminal, a pipe or a file. Works on a duplicate of the descriptor, and leaves its flags as
/// they were: a shell whose terminal stays non-blocking would be a nuisance.
class LineInput {
public:
    static constexpr std::size_t max_line = 16 * 1024;

    /// Throws boost::system::system_error if `descriptor` is not open.
    LineInput(const boost::asio::any_io_executor& executor, int descriptor);
    ~LineInput();
    LineInput(const LineInput&) = delete;
    LineInput& operator=(const LineInput&) = delete;

    /// The next line without its end; nothing at the end of the input or when the terminal is gone. Of a line
    /// longer than `max_line` only that much is kept. Throws only when cancelled.
    boost::asio::awaitable<std::optional<std::string>> next();

private:
    boost::asio::awaitable<bool> read_more();
    std::optional<std::string> take_line();

    boost::asio::posix::stream_descriptor descriptor_;
    int flags_ = 0;
    std::string buffer_;
    bool skipping_ = false;  ///< In the part of a line that is too much.
};

}  // namespace rapport::console
