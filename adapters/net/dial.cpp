#include "adapters/net/dial.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <utility>

#include "adapters/net/tuple.hpp"
#include "adapters/net/with_timeout.hpp"

namespace rapport::net {
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

Error unreachable(const Url& url, error_code ec) {
    return {ErrorKind::transient, "cannot reach " + url.host + ", port " + url.port + ": " + ec.message()};
}

asio::awaitable<Result<tcp::socket>> connect(const Url& url) {
    tcp::socket socket{co_await asio::this_coro::executor};
    error_code named;
    const auto address = asio::ip::make_address(url.host, named);
    if (!named) {
        std::uint16_t port = 0;
        std::from_chars(url.port.data(), url.port.data() + url.port.size(), port);
        const tcp::endpoint endpoint{address, port};
        const auto [ec] = co_await socket.async_connect(endpoint, tuple);
        if (ec) co_return unreachable(url, ec);
    } else {
        tcp::resolver resolver{socket.get_executor()};
        const auto [unknown, endpoints] = co_await resolver.async_resolve(url.host, url.port, tuple);
        if (unknown) co_return unreachable(url, unknown);
        const auto [ec, endpoint] = co_await asio::async_connect(socket, endpoints, tuple);
        if (ec) co_return unreachable(url, ec);
    }
    error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    Result<tcp::socket> connected{std::move(socket)};
    co_return connected;
}

asio::awaitable<Opened> open(const Url& url, TlsContext* tls) {
    if (url.secure && tls == nullptr) {
        co_return Error{ErrorKind::rejected,
                        "a secure connection to " + url.host + " was asked for without a TlsContext"};
    }
    Result<tcp::socket> socket = co_await connect(url);
    if (!socket) co_return socket.error();
    if (!url.secure) co_return std::make_shared<AnyStream>(plain_stream(std::move(*socket)));
    Result<std::unique_ptr<ByteStream>> stream =
        co_await tls_client_stream(std::move(*socket), *tls, url.host);
    if (!stream) co_return stream.error();
    co_return std::make_shared<AnyStream>(std::move(*stream));
}

}  // namespace

asio::awaitable<Opened> dial(Url url, TlsContext* tls, std::chrono::milliseconds limit) {
    Opened opened = co_await with_timeout(open(url, tls), limit, "connecting to " + url.authority);
    co_return opened;
}

}  // namespace rapport::net
