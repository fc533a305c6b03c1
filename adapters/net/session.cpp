#include "adapters/net/session.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "adapters/net/tuple.hpp"
#include "adapters/net/websocket_impl.hpp"

namespace rapport::net {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

using Incoming = http::request<http::string_body>;

Response plain(unsigned status, std::string text) {
    Response response;
    response.status = status;
    response.headers.push_back({"Content-Type", "text/plain; charset=utf-8"});
    response.body = std::move(text);
    return response;
}

Request convert(const Incoming& from, std::string remote) {
    Request request;
    request.method = std::string{from.method_string()};
    request.target = std::string{from.target()};
    for (const auto& field : from) {
        request.headers.push_back({std::string{field.name_string()}, std::string{field.value()}});
    }
    request.body = from.body();
    request.remote = std::move(remote);
    return request;
}

http::response<http::string_body> convert(Response from, bool head, bool keep_alive) {
    http::response<http::string_body> response{static_cast<http::status>(from.status), 11};
    for (const Header& header : from.headers) response.set(header.name, header.value);
    response.keep_alive(keep_alive);
    if (from.status != 304) response.content_length(from.body.size());
    if (!head) response.body() = std::move(from.body);
    return response;
}

/// What to tell somebody whose request could not be read; nothing if they just went away.
std::optional<Response> complaint(boost::system::error_code ec, const ServerConfig& config) {
    if (ec == http::error::header_limit) {
        return plain(431, "The request's head is longer than " + std::to_string(config.header) + " bytes.\n");
    }
    if (ec == http::error::body_limit) {
        return plain(413, "The request's body is longer than " + std::to_string(config.body) + " bytes.\n");
    }
    if (ec.category() == make_error_code(http::error::bad_method).category() &&
        ec != http::error::end_of_stream && ec != http::error::partial_message) {
        return plain(400, "This is not HTTP/1.1: " + ec.message() + ".\n");
    }
    return std::nullopt;
}

class Connection {
public:
    Connection(asio::ip::tcp::socket socket, std::string remote, const ServerConfig& config,
               HttpHandler& handler)
        : stream_(plain_stream(std::move(socket))),
          remote_(std::move(remote)),
          config_(config),
          handler_(handler) {}

    asio::awaitable<void> serve() {
        bool more = true;
        while (more) more = co_await serve_one();
        stream_.close();
    }

private:
    /// Waits for the first byte of a request; false if none comes.
    asio::awaitable<bool> something_comes() {
        if (buffer_.size() > 0) co_return true;
        stream_.expires_after(config_.idle);
        auto room = buffer_.prepare(4096);
        const auto [ec, n] = co_await stream_.async_read_some(room, tuple);
        buffer_.commit(n);
        co_return !ec && n > 0;
    }

    struct Arrived {
        boost::system::error_code ec{};
        bool slow = false;
    };

    /// Reads one request, for as long as one may take.
    asio::awaitable<Arrived> arrives(http::request_parser<http::string_body>& parser) {
        using namespace asio::experimental::awaitable_operators;
        asio::steady_timer limit{stream_.get_executor(), config_.request};
        const auto first =
            co_await (http::async_read(stream_, buffer_, parser, tuple) || limit.async_wait(tuple));
        Arrived arrived;
        arrived.slow = first.index() == 1;
        if (!arrived.slow) arrived.ec = std::get<0>(std::get<0>(first));
        co_return arrived;
    }

    /// One request and its answer; false if the connection is not to be used again.
    asio::awaitable<bool> serve_one() {
        const bool comes = co_await something_comes();
        if (!comes) co_return false;
        http::request_parser<http::string_body> parser;
        parser.header_limit(static_cast<std::uint32_t>(config_.header));
        parser.body_limit(config_.body);
        stream_.expires_never();
        const Arrived arrived = co_await arrives(parser);
        if (arrived.slow) {
            co_await answer(plain(408, "The request took too long to arrive.\n"), false, false);
            co_return false;
        }
        if (arrived.ec) {
            std::optional<Response> words = complaint(arrived.ec, config_);
            if (words) co_await answer(std::move(*words), false, false);
            co_return false;
        }
        Incoming request = parser.release();
        if (beast::websocket::is_upgrade(request)) {
            const bool again = co_await upgrade(std::move(request));
            co_return again;
        }
        const bool keep = request.keep_alive();
        const bool head = request.method() == http::verb::head;
        stream_.expires_never();
        Response response = co_await handled(convert(request, remote_));
        const bool sent = co_await answer(std::move(response), head, keep);
        co_return keep&& sent;
    }

    asio::awaitable<Response> handled(Request request) {
        try {
            co_return co_await handler_.handle(std::move(request));
        } catch (const boost::system::system_error& error) {
            if (error.code() == asio::error::operation_aborted) throw;
        } catch (const std::exception&) {  // A bug in one handler must not end the server: 500 below.
        }
        co_return plain(500, "Something went wrong here. Please try again.\n");
    }

    asio::awaitable<bool> answer(Response response, bool head, bool keep) {
        auto message = convert(std::move(response), head, keep);
        stream_.expires_after(config_.request);
        const auto [ec, n] = co_await http::async_write(stream_, message, tuple);
        co_return !ec;
    }

    asio::awaitable<bool> upgrade(Incoming incoming) {
        Request request = convert(incoming, remote_);
        std::optional<Response> refused = handler_.refuse_upgrade(request);
        if (refused) {
            const bool sent = co_await answer(std::move(*refused), false, incoming.keep_alive());
            co_return incoming.keep_alive() && sent;
        }
        stream_.unread(buffer_.data());
        stream_.expires_never();
        const auto impl =
            std::make_shared<WebSocket::Impl>(stream_, config_.websocket, beast::role_type::server);
        const auto [ec] = co_await impl->stream.async_accept(incoming, tuple);
        if (ec) co_return false;
        WebSocket socket{impl};
        co_await talk(std::move(request), socket);
        co_return false;
    }

    /// Runs the handler, then says goodbye: also when this very coroutine is being cancelled.
    asio::awaitable<void> talk(Request request, WebSocket& socket) {
        std::exception_ptr thrown;
        try {
            co_await handler_.websocket(std::move(request), socket);
        } catch (...) {
            thrown = std::current_exception();
        }
        const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
        const bool stopping = state.cancelled() != asio::cancellation_type::none;
        co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
        const CloseCode code = stopping ? CloseCode::going_away
                               : thrown ? CloseCode::internal_error
                                        : CloseCode::normal;
        co_await socket.close(code, stopping ? "the server is stopping" : "");
    }

    AnyStream stream_;
    beast::flat_buffer buffer_{};
    std::string remote_;
    const ServerConfig& config_;
    HttpHandler& handler_;
};

}  // namespace

asio::awaitable<void> serve_connection(asio::ip::tcp::socket socket, std::string remote,
                                       const ServerConfig& config, HttpHandler& handler) {
    Connection connection{std::move(socket), std::move(remote), config, handler};
    co_await connection.serve();
}

}  // namespace rapport::net
