#include "support/catch.hpp"
#include "unit/net/fixture.hpp"

using namespace rapport;
using namespace rapport::test;

TEST_CASE("a request arrives whole and its answer comes back") {
    Echo echo;
    with_server({}, echo, [](net::Server& server) -> awaitable<void> {
        net::Request request;
        request.method = "POST";
        request.target = "/path?x=1";
        request.headers.push_back({"X-Word", "hello"});
        request.body = "the body";
        const Result<net::Response> response = co_await net::fetch(http_url(server), request);
        REQUIRE(response);
        CHECK(response->status == 200);
        CHECK(response->body == "/path?x=1|the body|127.0.0.1");
        CHECK(response->header("x-method") == "POST");
        CHECK(response->header("X-WORD") == "hello");
    });
}

TEST_CASE("one connection serves several requests, HEAD gets no body, and both are counted as one socket") {
    Echo echo;
    with_server({}, echo, [](net::Server& server) -> awaitable<void> {
        const std::string answer = co_await raw(server,
                                                "HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n"
                                                "GET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        CHECK(answer.find("/a|") == std::string::npos);
        CHECK(answer.find("Content-Length: 13") != std::string::npos);
        CHECK_THAT(answer, ContainsSubstring("/b||127.0.0.1"));
        co_await until([&] { return server.open() == 0; });
    });
}

TEST_CASE("a handler's bug becomes a 500 and the server goes on") {
    Echo echo;
    with_server({}, echo, [](net::Server& server) -> awaitable<void> {
        const auto broken = co_await net::fetch(http_url(server) + "/throws", {.target = ""});
        REQUIRE(broken);
        CHECK(broken->status == 500);
        const auto fine = co_await net::fetch(http_url(server), {});
        REQUIRE(fine);
        CHECK(fine->status == 200);
    });
}

TEST_CASE("what is too long or no HTTP at all is answered with its reason") {
    Echo echo;
    net::ServerConfig config;
    config.header = 1024;
    config.body = 100;
    with_server(config, echo, [](net::Server& server) -> awaitable<void> {
        const std::string head =
            co_await raw(server, "GET / HTTP/1.1\r\nX: " + std::string(2000, 'x') + "\r\n\r\n");
        CHECK_THAT(head, ContainsSubstring("431"));
        CHECK_THAT(head, ContainsSubstring("1024 bytes"));
        const std::string body = co_await raw(server, "POST / HTTP/1.1\r\nContent-Length: 101\r\n\r\n");
        CHECK_THAT(body, ContainsSubstring("413"));
        for (const char* garbage :
             {"\x16\x03\x01\x02 a TLS hello\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
              "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"}) {
            const std::string answer = co_await raw(server, garbage);
            CHECK_THAT(answer, ContainsSubstring("400"));
        }
    });
}

TEST_CASE("a connection that says nothing, or half a request, is closed in time") {
    Echo echo;
    net::ServerConfig config;
    config.idle = 40ms;
    config.request = 40ms;
    with_server(config, echo, [](net::Server& server) -> awaitable<void> {
        const std::string silent = co_await raw(server, "");
        CHECK(silent.empty());
        const std::string half = co_await raw(server, "GET / HT");
        CHECK(half.starts_with("HTTP/1.1 408"));
        co_await until([&] { return server.open() == 0; });
    });
}

TEST_CASE("past the limit of sockets, newcomers are told so") {
    Echo echo;
    net::ServerConfig config;
    config.sockets_per_address = 2;
    with_server(config, echo, [](net::Server& server) -> awaitable<void> {
        const auto first = co_await net::connect_websocket(ws_url(server));
        const auto second = co_await net::connect_websocket(ws_url(server));
        REQUIRE((first && second));
        const std::string answer = co_await raw(server, "");
        CHECK_THAT(answer, ContainsSubstring("503"));
        const auto end = answer.find("\r\n\r\n");
        REQUIRE(end != std::string::npos);
        CHECK_THAT(answer, ContainsSubstring("Content-Length: " + std::to_string(answer.size() - end - 4)));
        CHECK(server.open() == 2);
    });
}

TEST_CASE("a port in use is named, with what to do") {
    Echo echo;
    with_server({}, echo, [&](net::Server& server) -> awaitable<void> {
        net::ServerConfig config;
        config.port = server.port();
        net::Server second{config, echo};
        const Result<> outcome = co_await second.run();
        REQUIRE_FALSE(outcome);
        CHECK(outcome.error().what == "port " + std::to_string(server.port()) +
                                          " on 127.0.0.1 is in use: stop the other program or choose another "
                                          "with --port");
        CHECK(outcome.error().kind == ErrorKind::rejected);
        config.address = "localhost";
        net::Server third{config, echo};
        const Result<> named = co_await third.run();
        REQUIRE_FALSE(named);
        CHECK_THAT(named.error().what, ContainsSubstring("\"localhost\" is not a numeric IP address"));
    });
}
