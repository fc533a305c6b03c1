#include "adapters/net/exchange.hpp"
#include "adapters/net/tuple.hpp"

#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <utility>

namespace rapport::net {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr std::string_view agent = "rapport";

http::request<http::string_body> convert(Request from, const Url& url, bool keep_alive) {
    http::request<http::string_body> request{http::verb::get, from.target.empty() ? url.target : from.target,
                                             11};
    request.method_string(from.method);
    request.set(http::field::host, url.authority);
    request.set(http::field::user_agent, agent);
    for (const Header& header : from.headers) request.set(header.name, header.value);
    request.keep_alive(keep_alive);
    request.body() = std::move(from.body);
    request.prepare_payload();
    return request;
}

Response convert(http::response_parser<http::string_body>& parser) {
    Response response;
    response.status = parser.get().result_int();
    for (const auto& field : parser.get()) {
        response.headers.push_back({std::string{field.name_string()}, std::string{field.value()}});
    }
    response.body = std::move(parser.get().body());
    return response;
}

}  // namespace

asio::awaitable<Result<Response>> talk(std::shared_ptr<AnyStream> stream, Request request, Url url,
                                       Exchange& exchange) {
    const bool head = request.method == "HEAD";
    auto message = convert(std::move(request), url, exchange.keep_alive);
    exchange.maybe_received = true;  // from here on, should this be cancelled
    const auto [unsent, written] = co_await http::async_write(*stream, message, tuple);
    if (unsent) {
        // A part of the bytes was not taken even by this machine, and half a request is none.
        exchange.maybe_received = false;
        co_return Error{ErrorKind::transient, "sending to " + url.host + " failed: " + unsent.message()};
    }
    beast::flat_buffer buffer;
    http::response_parser<http::string_body> parser;
    parser.body_limit(exchange.body);
    parser.skip(head);
    const auto [ec, n] = co_await http::async_read(*stream, buffer, parser, tuple);
    exchange.answered = parser.got_some() || buffer.size() > 0;
    if (ec == http::error::body_limit) {
        co_return Error{ErrorKind::rejected, "the answer of " + url.host + " is longer than " +
                                                 std::to_string(exchange.body) + " bytes"};
    }
    if (ec) co_return Error{ErrorKind::transient, "no proper answer from " + url.host + ": " + ec.message()};
    // Bytes that nobody asked for: whatever comes next on this connection is not the answer to be expected.
    exchange.reusable = parser.keep_alive() && buffer.size() == 0;
    co_return convert(parser);
}

}  // namespace rapport::net
