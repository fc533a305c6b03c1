#include <boost/asio/read_until.hpp>

#include "adapters/net/pool.hpp"
#include "support/catch.hpp"
#include "unit/net/fixture.hpp"

using namespace rapport;
using namespace rapport::test;
using asio::ip::tcp;

namespace {

/// A server that does to each connection what the test says, and counts connections and requests.
class Crooked {
public:
    /// Serves one connection; `number` counts from 1.
    using Script = std::function<awaitable<void>(Crooked&, tcp::socket&, int number)>;

    static awaitable<void> serve(Crooked& self, tcp::acceptor& acceptor) {
        for (;;) {
            tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
            co_await self.script(self, socket, ++self.connections);
            boost::system::error_code ignored;
            socket.shutdown(tcp::socket::shutdown_both, ignored);
        }
    }

    /// Reads a request without a body; false if the connection ended.
    awaitable<bool> request(tcp::socket& socket) {
        std::string head;
        boost::system::error_code ec;
        co_await asio::async_read_until(socket, asio::dynamic_buffer(head), "\r\n\r\n",
                                        asio::redirect_error(asio::use_awaitable, ec));
        if (!ec) ++requests;
        co_return !ec;
    }
    static awaitable<void> answer(tcp::socket& socket, std::string more = "") {
        const std::string bytes = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + more;
        co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
    }

    Script script{};
    int connections = 0;
    int requests = 0;
};

template <class Body>
void with_crooked(Crooked& crooked, Body body) {
    run([](Crooked& it, Body inner) -> awaitable<void> {
        tcp::acceptor acceptor{co_await asio::this_coro::executor, {asio::ip::address_v4::loopback(), 0}};
        const std::string url = "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
        co_await beside(Crooked::serve(it, acceptor), inner(url));
    }(crooked, std::move(body)));
}

net::Pool::Send repeatable() {
    return {.repeatable = true};
}

}  // namespace

TEST_CASE("a pool uses one connection for requests that follow one another") {
    Echo echo;
    with_server({}, echo, [](net::Server& server) -> awaitable<void> {
        net::Pool pool;
        for (int i = 0; i < 5; ++i) {
            net::Request request;
            request.method = "POST";
            request.target = "/" + std::to_string(i);
            request.body = "body";
            const auto response = co_await pool.send(http_url(server), request, {});
            REQUIRE(response);
            CHECK(response->body == "/" + std::to_string(i) + "|body|127.0.0.1");
            CHECK(pool.idle() == 1);
            CHECK(server.open() == 1);
        }
    });
}

TEST_CASE("a pool keeps no more idle connections than it may, and drops them when they rest too long") {
    Echo echo;
    with_server({}, echo, [](net::Server& server) -> awaitable<void> {
        using namespace asio::experimental::awaitable_operators;
        net::Pool pool{{}, {.per_host = 2, .in_all = 3, .idle = 60ms}};
        auto once = [&]() -> awaitable<void> {
            const auto response = co_await pool.send(http_url(server), {}, {});
            CHECK(response);
        };
        co_await (once() && once() && once());
        CHECK(pool.idle() == 2);
        co_await until([&] { return server.open() == 2; });
        co_await until([&] { return pool.idle() == 0; });
        co_await until([&] { return server.open() == 0; });
        co_await once();
        CHECK(pool.idle() == 1);
    });
}

TEST_CASE("the bound over all hosts drops the connection that rested longest") {
    Echo echo;
    with_server({}, echo, [&](net::Server& first) -> awaitable<void> {
        net::Server second{{.port = 0}, echo};
        REQUIRE(second.listen(co_await asio::this_coro::executor));
        net::Pool pool{{}, {.per_host = 2, .in_all = 1, .idle = 10s}};
        auto body = [&]() -> awaitable<void> {
            CHECK((co_await pool.send(http_url(first), {}, {})).has_value());
            CHECK((co_await pool.send(http_url(second), {}, {})).has_value());
            CHECK(pool.idle() == 1);
            co_await until([&] { return first.open() == 0; });
            CHECK(second.open() == 1);
        };
        auto serve = [](net::Server& it) -> awaitable<void> { co_await it.run(); };
        co_await beside(serve(second), body());
    });
}

TEST_CASE("a kept connection that the server has closed is seen before it is used") {
    Echo echo;
    net::ServerConfig config;
    config.idle = 20ms;
    with_server(config, echo, [](net::Server& server) -> awaitable<void> {
        net::Pool pool;
        CHECK((co_await pool.send(http_url(server), {}, {})).has_value());
        co_await until([&] { return server.open() == 0; });
        co_await pause(5ms);
        // Not repeatable, and yet no harm: the request never went to the dead connection.
        const auto response = co_await pool.send(http_url(server), {}, {});
        CHECK(response.has_value());
    });
}

TEST_CASE("edge case 39: a request on a kept connection that dies is sent again only if it is repeatable") {
    Crooked crooked;
    crooked.script = [](Crooked& it, tcp::socket& socket, int number) -> awaitable<void> {
        co_await it.request(socket);
        co_await Crooked::answer(socket);
        if (number % 2 == 0) co_return;
        co_await it.request(socket);  // the second one on each odd connection is read and never answered
    };
    with_crooked(crooked, [&](std::string url) -> awaitable<void> {
        net::Pool pool;
        CHECK((co_await pool.send(url, {}, {})).has_value());
        const auto lost = co_await pool.send(url, {}, {});
        REQUIRE_FALSE(lost);
        CHECK(lost.error().maybe_received);
        CHECK(crooked.requests == 2);
        CHECK((co_await pool.send(url, {}, {})).has_value());  // connection 2, closed after it
        CHECK((co_await pool.send(url, {}, {})).has_value());  // connection 3
        const auto repeated = co_await pool.send(url, {}, repeatable());
        CHECK(repeated.has_value());
        CHECK(crooked.requests == 6);
        CHECK(crooked.connections == 4);
    });
}

TEST_CASE("nobody there: the request was certainly not received") {
    run([]() -> awaitable<void> {
        tcp::acceptor acceptor{co_await asio::this_coro::executor, {asio::ip::address_v4::loopback(), 0}};
        const std::string url = "http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
        acceptor.close();
        net::Pool pool;
        const auto refused = co_await pool.send(url, {}, {});
        REQUIRE_FALSE(refused);
        CHECK_FALSE(refused.error().maybe_received);
        CHECK(refused.error().kind == ErrorKind::transient);
        const auto insecure = co_await pool.send("https://127.0.0.1:1", {}, {});
        REQUIRE_FALSE(insecure);
        CHECK(insecure.error().kind == ErrorKind::rejected);
    }());
}

TEST_CASE("a silent server is left at the limit and may have received the request") {
    Crooked crooked;
    crooked.script = [](Crooked& it, tcp::socket& socket, int) -> awaitable<void> {
        co_await it.request(socket);
        co_await it.request(socket);
    };
    with_crooked(crooked, [&](std::string url) -> awaitable<void> {
        net::Pool pool;
        const auto late = co_await pool.send(url, {}, {.repeatable = true, .limit = 40ms});
        REQUIRE_FALSE(late);
        CHECK(late.error().maybe_received);
        CHECK_THAT(late.error().what, ContainsSubstring("timed out"));
        CHECK(pool.idle() == 0);
        CHECK(crooked.connections == 1);
    });
}

TEST_CASE("bytes behind an answer that nobody asked for make the connection unfit") {
    Crooked crooked;
    crooked.script = [](Crooked& it, tcp::socket& socket, int) -> awaitable<void> {
        co_await it.request(socket);
        co_await Crooked::answer(socket, "HTTP/1.1 200 OK\r\n");
        co_await it.request(socket);
    };
    with_crooked(crooked, [&](std::string url) -> awaitable<void> {
        net::Pool pool;
        CHECK((co_await pool.send(url, {}, {})).has_value());
        CHECK(pool.idle() == 0);
        CHECK((co_await pool.send(url, {}, {})).has_value());
        CHECK(crooked.connections == 2);
    });
}

TEST_CASE("a cancelled request takes its connection along") {
    Echo echo;
    Crooked crooked;
    crooked.script = [](Crooked& it, tcp::socket& socket, int) -> awaitable<void> {
        while (co_await it.request(socket)) {
        }
    };
    with_crooked(crooked, [&](std::string url) -> awaitable<void> {
        net::Pool pool;
        auto send = [&]() -> awaitable<void> { co_await pool.send(url, {}, {}); };
        co_await beside(send(), until([&] { return crooked.requests == 1; }));
        CHECK(pool.idle() == 0);
    });
}

TEST_CASE("a pool follows no redirects") {
    Crooked crooked;
    crooked.script = [](Crooked& it, tcp::socket& socket, int) -> awaitable<void> {
        co_await it.request(socket);
        const std::string bytes =
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
        co_await asio::async_write(socket, asio::buffer(bytes), asio::use_awaitable);
        co_await it.request(socket);
    };
    with_crooked(crooked, [&](std::string url) -> awaitable<void> {
        net::Pool pool;
        const auto response = co_await pool.send(url, {}, repeatable());
        REQUIRE(response);
        CHECK(response->status == 302);
        CHECK(crooked.connections == 1);
    });
}
