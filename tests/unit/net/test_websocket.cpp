#include "support/catch.hpp"
#include "unit/net/fixture.hpp"
#include "unit/net/raw_websocket.hpp"

using namespace rapport;
using namespace rapport::test;

namespace {

awaitable<net::WebSocket> connect(const net::Server& server, net::ClientOptions options = {}) {
    Result<net::WebSocket> socket = co_await net::connect_websocket(ws_url(server), {}, options);
    if (!socket) throw std::runtime_error(socket.error().what);
    co_return std::move(*socket);
}

}  // namespace

TEST_CASE("messages come back in order, small and large, many at once") {
    Echo echo;
    with_server({}, echo, [](net::Server& server) -> awaitable<void> {
        net::WebSocket socket = co_await connect(server);
        const std::string large(200'000, 'x');
        for (int i = 0; i < 500; ++i) REQUIRE(socket.try_send(std::to_string(i)));
        REQUIRE(socket.try_send(large));
        REQUIRE(socket.try_send(""));
        for (int i = 0; i < 500; ++i) {
            const Result<std::string> text = co_await socket.read();
            REQUIRE(text);
            REQUIRE(*text == std::to_string(i));
        }
        const Result<std::string> long_one = co_await socket.read();
        REQUIRE(long_one);
        CHECK((*long_one == large));
        const Result<std::string> empty = co_await socket.read();
        REQUIRE(empty);
        CHECK(empty->empty());
        co_await socket.close();
        const Result<std::string> after = co_await socket.read();
        CHECK_FALSE(after);
        CHECK_FALSE(socket.try_send("too late"));
    });
}

TEST_CASE("a cancelled read loses nothing") {
    Echo echo;
    with_server({}, echo, [](net::Server& server) -> awaitable<void> {
        using namespace asio::experimental::awaitable_operators;
        net::WebSocket socket = co_await connect(server);
        for (int i = 0; i < 20; ++i) {
            auto first = co_await (socket.read() || pause(1ms));
            CHECK(first.index() == 1);
            REQUIRE(socket.try_send(std::to_string(i)));
            const Result<std::string> text = co_await socket.read();
            REQUIRE(text);
            CHECK(*text == std::to_string(i));
        }
    });
}

TEST_CASE("a message longer than allowed closes the socket with 1009 and harms nobody else") {
    Echo echo;
    net::ServerConfig config;
    config.websocket.message = 1000;
    with_server(config, echo, [](net::Server& server) -> awaitable<void> {
        net::WebSocket greedy = co_await connect(server);
        net::WebSocket modest = co_await connect(server);
        REQUIRE(greedy.try_send(std::string(1001, 'x')));
        const Result<std::string> nothing = co_await greedy.read();
        CHECK_FALSE(nothing);
        CHECK(greedy.close_code() == 1009);
        REQUIRE(modest.try_send(std::string(1000, 'x')));
        const Result<std::string> text = co_await modest.read();
        CHECK(text);
    });
}

TEST_CASE("a reader that is too slow fills a bounded queue and no more") {
    Echo echo;
    std::size_t queued = 0;
    bool refused = false;
    echo.talk = [&](net::WebSocket& socket) -> awaitable<void> {
        const std::string piece(10'000, 'x');
        while (!refused && queued < 10'000) {
            if (socket.try_send(piece)) {
                ++queued;
            } else {
                refused = true;
            }
            if (queued % 10 == 0) co_await pause(0ms);
        }
    };
    net::ServerConfig config;
    config.websocket.queue = 100'000;
    config.websocket.close = 50ms;
    with_server(config, echo, [&](net::Server& server) -> awaitable<void> {
        net::WebSocket socket = co_await connect(server);
        co_await until([&] { return refused; });
        co_await until([&] { return server.open() == 0; });
    });
    CHECK(refused);
}

TEST_CASE("a sender that waits is held back until the reader has caught up, and all arrives") {
    Echo echo;
    echo.talk = [](net::WebSocket& socket) -> awaitable<void> {
        for (int i = 0; i < 300; ++i) {
            const Result<> sent = co_await socket.send(std::to_string(i) + std::string(20'000, 'x'));
            if (!sent) co_return;
        }
    };
    net::ServerConfig config;
    config.websocket.queue = 50'000;
    with_server(config, echo, [](net::Server& server) -> awaitable<void> {
        net::WebSocket socket = co_await connect(server);
        co_await pause(20ms);
        for (int i = 0; i < 300; ++i) {
            const Result<std::string> text = co_await socket.read();
            REQUIRE(text);
            REQUIRE(text->starts_with(std::to_string(i) + "x"));
        }
        const Result<std::string> end = co_await socket.read();
        CHECK_FALSE(end);
        CHECK(socket.close_code() == 1000);
    });
}

TEST_CASE("a server that stops says goodbye with 1001") {
    Echo echo;
    net::Server server{[] {
                           net::ServerConfig config;
                           config.port = 0;
                           return config;
                       }(),
                       echo};
    std::uint16_t code = 0;
    run([](net::Server& s, std::uint16_t& seen) -> awaitable<void> {
        REQUIRE(s.listen(co_await asio::this_coro::executor));
        asio::steady_timer told{co_await asio::this_coro::executor, 5s};
        net::WebSocket* client = nullptr;
        auto serve = [](net::Server& it) -> awaitable<void> { co_await it.run(); };
        auto open = [](net::Server& it, net::WebSocket*& out) -> awaitable<void> {
            static_cast<void>(out);
            Result<net::WebSocket> socket = co_await net::connect_websocket(ws_url(it));
            out = new net::WebSocket{std::move(*socket)};
            REQUIRE(out->try_send("hello"));
            const Result<std::string> text = co_await out->read();
            REQUIRE(text);
        };
        // The reader must run while the server says goodbye, as a browser does.
        auto stop = [&]() -> awaitable<void> { co_await beside(serve(s), open(s, client)); };
        auto listen = [&]() -> awaitable<void> {
            co_await until([&] { return client != nullptr; });
            co_await pause(30ms);
            const Result<std::string> goodbye = co_await client->read();
            CHECK_FALSE(goodbye);
        };
        using namespace asio::experimental::awaitable_operators;
        co_await (stop() && listen());
        seen = client->close_code();
        delete client;
    }(server, code));
    CHECK(code == 1001);
    CHECK(server.open() == 0);
}

TEST_CASE("a refused upgrade is an error that says what to do, and so is nobody at the door") {
    Echo echo;
    std::string url;
    with_server({}, echo, [&](net::Server& server) -> awaitable<void> {
        url = ws_url(server, "/refused");
        const auto refused = co_await net::connect_websocket(url);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::unauthorized);
        const auto wrong = co_await net::connect_websocket(http_url(server));
        CHECK_FALSE(wrong);
        const auto untrusted = co_await net::connect_websocket("wss://127.0.0.1:1/");
        CHECK_FALSE(untrusted);
    });
    run([](std::string gone) -> awaitable<void> {
        const auto nobody = co_await net::connect_websocket(gone);
        REQUIRE_FALSE(nobody);
        CHECK(nobody.error().retryable());
        CHECK_THAT(nobody.error().what, ContainsSubstring("cannot reach 127.0.0.1"));
    }(url));
}

TEST_CASE("a peer that falls silent is noticed") {
    Echo echo;
    bool ended = false;
    echo.talk = [&](net::WebSocket& socket) -> awaitable<void> {
        const Result<std::string> text = co_await socket.read();
        CHECK_FALSE(text);
        ended = true;
    };
    net::ServerConfig config;
    config.websocket.idle = 100ms;
    with_server(config, echo, [&](net::Server& server) -> awaitable<void> {
        // A client that does not read answers no pings.
        net::WebSocket socket = co_await connect(server);
        co_await until([&] { return ended; });
    });
    CHECK(ended);
}

TEST_CASE("a peer that says nothing but answers pings is kept") {
    Echo echo;
    net::ServerConfig config;
    config.websocket.idle = 100ms;
    with_server(config, echo, [](net::Server& server) -> awaitable<void> {
        using namespace asio::experimental::awaitable_operators;
        net::WebSocket socket = co_await connect(server);
        auto quiet = co_await (socket.read() || pause(500ms));
        REQUIRE(quiet.index() == 1);
        REQUIRE(socket.try_send("still here"));
        const Result<std::string> text = co_await socket.read();
        REQUIRE(text);
        CHECK(*text == "still here");
    });
}

TEST_CASE("a ping's own body comes back, and binary messages reach those who ask for them") {
    Echo echo;
    with_server({}, echo, [](net::Server& server) -> awaitable<void> {
        using namespace asio::experimental::awaitable_operators;
        net::WebSocket socket = co_await connect(server);
        std::vector<std::string> pongs;
        socket.on_pong([&](std::string_view body) { pongs.emplace_back(body); });
        CHECK(socket.try_ping("one"));
        co_await (socket.read_any() || until([&] { return pongs.size() == 1; }));
        CHECK(socket.try_ping(std::string(200, 'x')));
        co_await (socket.read_any() || until([&] { return pongs.size() == 2; }));
        REQUIRE(pongs.size() == 2);
        CHECK(pongs[0] == "one");
        CHECK(pongs[1] == std::string(125, 'x'));
        REQUIRE(socket.try_send("text"));
        const Result<net::WebSocketMessage> text = co_await socket.read_any();
        REQUIRE(text);
        CHECK(text->text == "text");
        CHECK_FALSE(text->binary);
        co_await socket.close();
        CHECK_FALSE(socket.try_ping("late"));
    });
}

TEST_CASE("binary messages end a socket that only reads text and are handed to one that takes all") {
    const auto serve = [](asio::ip::tcp::acceptor& acceptor) -> awaitable<void> {
        for (;;) {
            asio::ip::tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
            co_await raw_handshake(socket);
            boost::system::error_code ec;
            co_await asio::async_write(socket, asio::buffer(raw_frame(2, "\x01\x02")),
                                       asio::redirect_error(asio::use_awaitable, ec));
            std::string rest;
            co_await asio::async_read(socket, asio::dynamic_buffer(rest),
                                      asio::redirect_error(asio::use_awaitable, ec));
        }
    };
    run([](auto serving) -> awaitable<void> {
        const auto executor = co_await asio::this_coro::executor;
        asio::ip::tcp::acceptor acceptor{executor, {asio::ip::address_v4::loopback(), 0}};
        const std::string url = "ws://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
        co_await beside(serving(acceptor), [](std::string address) -> awaitable<void> {
            Result<net::WebSocket> any = co_await net::connect_websocket(address);
            REQUIRE(any);
            const Result<net::WebSocketMessage> message = co_await any->read_any();
            REQUIRE(message);
            CHECK(message->binary);
            CHECK(message->text == "\x01\x02");
            any->cut();
            Result<net::WebSocket> text = co_await net::connect_websocket(address);
            REQUIRE(text);
            const Result<std::string> nothing = co_await text->read();
            CHECK_FALSE(nothing);
        }(url));
    }(serve));
}
