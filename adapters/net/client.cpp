#include "adapters/net/client.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <charconv>
#include <utility>

#include "adapters/net/url.hpp"
#include "adapters/net/websocket_impl.hpp"
#include "adapters/net/with_timeout.hpp"

namespace rapport::net {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto tuple = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view agent = "rapport";

Error unreachable(const Url& url, error_code ec) {
    return {ErrorKind::transient, "cannot reach " + url.host + ", port " + url.port + ": " + ec.message()};
}

asio::awaitable<Result<tcp::socket>> dial(const Url& url) {
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

/// A shared pointer, as results of a parallel group must be default-constructible.
using Opened = Result<std::shared_ptr<AnyStream>>;

asio::awaitable<Opened> open(Url url, TlsContext* tls) {
    if (url.secure && tls == nullptr) {
        co_return Error{ErrorKind::rejected,
                        "a secure connection to " + url.host + " was asked for without a TlsContext"};
    }
    Result<tcp::socket> socket = co_await dial(url);
    if (!socket) co_return socket.error();
    if (!url.secure) co_return std::make_shared<AnyStream>(plain_stream(std::move(*socket)));
    Result<std::unique_ptr<ByteStream>> stream =
        co_await tls_client_stream(std::move(*socket), *tls, url.host);
    if (!stream) co_return stream.error();
    co_return std::make_shared<AnyStream>(std::move(*stream));
}

http::request<http::string_body> convert(Request from, const Url& url) {
    http::request<http::string_body> request{http::verb::get, from.target.empty() ? url.target : from.target,
                                             11};
    request.method_string(from.method);
    request.set(http::field::host, url.authority);
    request.set(http::field::user_agent, agent);
    for (const Header& header : from.headers) request.set(header.name, header.value);
    request.keep_alive(false);
    request.body() = std::move(from.body);
    request.prepare_payload();
    return request;
}

asio::awaitable<Result<Response>> exchange(std::shared_ptr<AnyStream> stream, Request request, const Url& url,
                                           std::size_t limit) {
    const bool head = request.method == "HEAD";
    auto message = convert(std::move(request), url);
    const auto [unsent, written] = co_await http::async_write(*stream, message, tuple);
    if (unsent)
        co_return Error{ErrorKind::transient, "sending to " + url.host + " failed: " + unsent.message()};
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(limit);
    parser.skip(head);
    const auto [ec, n] = co_await http::async_read(*stream, buffer, parser, tuple);
    if (ec == http::error::body_limit) {
        co_return Error{ErrorKind::rejected,
                        "the answer of " + url.host + " is longer than " + std::to_string(limit) + " bytes"};
    }
    if (ec) co_return Error{ErrorKind::transient, "no proper answer from " + url.host + ": " + ec.message()};
    Response response;
    response.status = parser.get().result_int();
    for (const auto& field : parser.get()) {
        response.headers.push_back({std::string{field.name_string()}, std::string{field.value()}});
    }
    response.body = std::move(parser.get().body());
    co_return response;
}

std::chrono::milliseconds retry_after(const Response& response) {
    const std::string_view text = response.header("Retry-After");
    unsigned seconds = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (ec != std::errc{} || end != text.data() + text.size()) return {};
    return std::chrono::seconds{seconds};
}

asio::awaitable<Result<std::shared_ptr<WebSocket::Impl>>> shake_hands(std::shared_ptr<AnyStream> stream,
                                                                      Url url, std::vector<Header> headers,
                                                                      WebSocketLimits limits) {
    const auto impl = std::make_shared<WebSocket::Impl>(*stream, limits, beast::role_type::client);
    impl->stream.set_option(
        beast::websocket::stream_base::decorator([headers](beast::websocket::request_type& request) {
            request.set(http::field::user_agent, agent);
            for (const Header& header : headers) request.set(header.name, header.value);
        }));
    beast::websocket::response_type response;
    const auto [ec] = co_await impl->stream.async_handshake(response, url.authority, url.target, tuple);
    if (ec == beast::websocket::error::upgrade_declined) {
        Response refusal;
        refusal.status = response.result_int();
        refusal.headers.push_back({"Retry-After", std::string{response["Retry-After"]}});
        refusal.body = response.body();
        Result<Response> mapped = accepted(std::move(refusal), "opening a WebSocket at " + url.authority);
        if (!mapped) co_return mapped.error();
    }
    if (ec) co_return Error{ErrorKind::transient, "no WebSocket at " + url.authority + ": " + ec.message()};
    co_return impl;
}

}  // namespace

asio::awaitable<Result<Response>> fetch(std::string url, Request request, ClientOptions options) {
    const Result<Url> parsed = parse_url(url);
    if (!parsed) co_return parsed.error();
    if (parsed->websocket) co_return Error{ErrorKind::rejected, "\"" + url + "\" is a WebSocket's address"};
    Opened stream = co_await with_timeout(open(*parsed, options.tls), options.connect,
                                          "connecting to " + parsed->authority);
    if (!stream) co_return stream.error();
    Result<Response> response =
        co_await with_timeout(exchange(*stream, std::move(request), *parsed, options.body), options.answer,
                              "waiting for " + parsed->authority);
    (*stream)->close();
    co_return response;
}

Result<Response> accepted(Response response, std::string doing) {
    const unsigned status = response.status;
    if (status >= 200 && status < 300) return response;
    const std::string words = doing + " was answered with status " + std::to_string(status);
    if (status == 401 || status == 403) {
        return Error{ErrorKind::unauthorized, words + ": check the token and its permissions"};
    }
    if (status == 429)
        return Error{ErrorKind::rate_limited, words + " (too many requests)", retry_after(response)};
    if (status >= 500) return Error{ErrorKind::transient, words, retry_after(response)};
    return Error{ErrorKind::rejected, words};
}

asio::awaitable<Result<WebSocket>> connect_websocket(std::string url, std::vector<Header> headers,
                                                     ClientOptions options) {
    const Result<Url> parsed = parse_url(url);
    if (!parsed) co_return parsed.error();
    if (!parsed->websocket)
        co_return Error{ErrorKind::rejected, "\"" + url + "\" is not a WebSocket's address"};
    Opened stream = co_await with_timeout(open(*parsed, options.tls), options.connect,
                                          "connecting to " + parsed->authority);
    if (!stream) co_return stream.error();
    auto impl = co_await with_timeout(shake_hands(*stream, *parsed, std::move(headers), options.websocket),
                                      options.connect, "opening a WebSocket at " + parsed->authority);
    if (!impl) co_return impl.error();
    Result<WebSocket> socket{WebSocket{std::move(*impl)}};
    co_return socket;
}

}  // namespace rapport::net
