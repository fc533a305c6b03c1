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

private:
    boost::asio::ip::tcp::socket socket_;
};

}  // namespace

std::unique_ptr<ByteStream> plain_stream(boost::asio::ip::tcp::socket socket) {
    return std::make_unique<PlainStream>(std::move(socket));
}

}  // namespace rapport::net
