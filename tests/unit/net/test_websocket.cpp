#include "support/catch.hpp"
#include "unit/net/fixture.hpp"

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
