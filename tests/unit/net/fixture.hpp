#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <string>

#include "adapters/net/client.hpp"
#include "adapters/net/server.hpp"
#include "unit/net/loop.hpp"

namespace rapport::test {

/// Answers with what came in; what WebSockets do is told by the test.
class Echo : public net::HttpHandler {
public:
    awaitable<net::Response> handle(net::Request request) override {
        if (request.path() == "/throws") throw std::runtime_error("a bug");
        net::Response response;
        response.headers.push_back({"X-Method", request.method});
        response.headers.push_back({"X-Word", std::string{request.header("x-word")}});
        response.body = request.target + "|" + request.body + "|" + request.remote;
        co_return response;
    }
    std::optional<net::Response> refuse_upgrade(const net::Request& request) override {
        if (request.path() != "/refused") return std::nullopt;
        net::Response response;
        response.status = 403;
        return response;
    }
    awaitable<void> websocket(net::Request, net::WebSocket& socket) override {
        if (talk) return talk(socket);
        return echo(socket);
    }
    static awaitable<void> echo(net::WebSocket& socket) {
        for (;;) {
            Result<std::string> text = co_await socket.read();
            if (!text) co_return;
            const Result<> sent = co_await socket.send(std::move(*text));
            if (!sent) co_return;
        }
    }

    std::function<awaitable<void>(net::WebSocket&)> talk{};
};

/// Runs `body(server)` against a server with that configuration (on any free port).
template <class Body>
void with_server(net::ServerConfig config, Echo& handler, Body body) {
    config.port = 0;
    net::Server server{config, handler};
    run([](net::Server& s, Body b) -> awaitable<void> {
        const Result<> listening = s.listen(co_await asio::this_coro::executor);
        if (!listening) throw std::runtime_error(listening.error().what);
        auto serve = [](net::Server& it) -> awaitable<void> { co_await it.run(); };
        co_await beside(serve(s), b(s));
    }(server, std::move(body)));
}

inline std::string http_url(const net::Server& server) {
    return "http://127.0.0.1:" + std::to_string(server.port());
}
inline std::string ws_url(const net::Server& server, const std::string& path = "/ws") {
    return "ws://127.0.0.1:" + std::to_string(server.port()) + path;
}

/// Sends bytes as they are and returns all that comes back until the other side closes.
inline awaitable<std::string> raw(const net::Server& server, std::string bytes) {
    asio::ip::tcp::socket socket{co_await asio::this_coro::executor};
    co_await socket.async_connect({asio::ip::address_v4::loopback(), server.port()}, asio::use_awaitable);
    boost::system::error_code ec;
    co_await asio::async_write(socket, asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, ec));
    std::string answer;
    co_await asio::async_read(socket, asio::dynamic_buffer(answer),
                              asio::redirect_error(asio::use_awaitable, ec));
    co_return answer;
}

}  // namespace rapport::test
