#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>
#include <memory>
#include <string>

#include "adapters/net/error.hpp"
#include "adapters/net/tls.hpp"

// The compile firewall of this folder: Beast is instantiated once, over a stream that may be plain or TLS.

namespace rapport::net {

using boost::system::error_code;

/// A connected stream whose type Beast need not know. One read and one write at a time. An operation under
/// way keeps what it needs; destroying or closing the stream ends it with an error.
class ByteStream {
public:
    using Handler = boost::asio::any_completion_handler<void(error_code, std::size_t)>;
    virtual ~ByteStream() = default;
    virtual boost::asio::any_io_executor get_executor() noexcept = 0;
    virtual void read_some(boost::asio::mutable_buffer into, Handler done) = 0;
    virtual void write_some(boost::asio::const_buffer from, Handler done) = 0;
    virtual void close() noexcept = 0;
    /// Open, and the other side has sent nothing that is not yet read, nor closed: fit to be used again.
    virtual bool quiet() noexcept = 0;
};

/// `ByteStream::quiet` of a socket.
bool quiet_socket(boost::asio::ip::tcp::socket& socket) noexcept;

std::unique_ptr<ByteStream> plain_stream(boost::asio::ip::tcp::socket socket);

/// Shakes hands as a client that wants to talk with `host`, and verifies that it does.
boost::asio::awaitable<Result<std::unique_ptr<ByteStream>>> tls_client_stream(
    boost::asio::ip::tcp::socket socket, TlsContext& context, std::string host);

}  // namespace rapport::net
