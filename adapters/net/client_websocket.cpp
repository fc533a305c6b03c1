#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "adapters/net/client.hpp"
#include "adapters/net/dial.hpp"
#include "adapters/net/tuple.hpp"
#include "adapters/net/websocket_impl.hpp"
#include "adapters/net/with_timeout.hpp"

namespace rapport::net {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

asio::awaitable<Result<std::shared_ptr<WebSocket::Impl>>> shake_hands(std::shared_ptr<AnyStream> stream,
                                                                      Url url, std::vector<Header> headers,
                                                                      WebSocketLimits limits) {
    const auto impl = std::make_shared<WebSocket::Impl>(*stream, limits, beast::role_type::client);
    impl->stream.set_option(
        beast::websocket::stream_base::decorator([headers](beast::websocket::request_type& request) {
            request.set(http::field::user_agent, "rapport");
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

asio::awaitable<Result<WebSocket>> connect_websocket(std::string url, std::vector<Header> headers,
                                                     ClientOptions options) {
    const Result<Url> parsed = parse_url(url);
    if (!parsed) co_return parsed.error();
    if (!parsed->websocket)
        co_return Error{ErrorKind::rejected, "\"" + url + "\" is not a WebSocket's address"};
    Opened stream = co_await dial(*parsed, options.tls, options.connect);
    if (!stream) co_return stream.error();
    auto impl = co_await with_timeout(shake_hands(*stream, *parsed, std::move(headers), options.websocket),
                                      options.connect, "opening a WebSocket at " + parsed->authority);
    if (!impl) co_return impl.error();
    Result<WebSocket> socket{WebSocket{std::move(*impl)}};
    co_return socket;
}

}  // namespace rapport::net
