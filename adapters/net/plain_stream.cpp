#include "adapters/net/forward_slot.hpp"

namespace rapport::net {
namespace {

class PlainStream final : public ByteStream {
public:
    explicit PlainStream(boost::asio::ip::tcp::socket socket) : socket_(std::move(socket)) {}

    boost::asio::any_io_executor get_executor() noexcept override { return socket_.get_executor(); }
    void read_some(boost::asio::mutable_buffer into, Handler done) override {
        forward_slot(std::move(done), [&](auto token) { socket_.async_read_some(into, std::move(token)); });
    }
    void write_some(boost::asio::const_buffer from, Handler done) override {
        forward_slot(std::move(done), [&](auto token) { socket_.async_write_some(from, std::move(token)); });
    }
    void close() noexcept override {
        error_code ignored;
        socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
        socket_.close(ignored);
    }
    bool quiet() noexcept override { return quiet_socket(socket_); }

private:
    boost::asio::ip::tcp::socket socket_;
};

}  // namespace

bool quiet_socket(boost::asio::ip::tcp::socket& socket) noexcept {
    error_code ec;
    if (!socket.is_open()) return false;
    socket.non_blocking(true, ec);
    if (ec) return false;
    char next = 0;
    socket.receive(boost::asio::buffer(&next, 1), boost::asio::ip::tcp::socket::message_peek, ec);
    return ec == boost::asio::error::would_block || ec == boost::asio::error::try_again;
}

std::unique_ptr<ByteStream> plain_stream(boost::asio::ip::tcp::socket socket) {
    return std::make_unique<PlainStream>(std::move(socket));
}

}  // namespace rapport::net
