#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/array.hpp>

#include "unit/slack/api/fixture.hpp"

using namespace rapport;
using namespace rapport::slack;
using namespace rapport::test;

TEST_CASE("a call is a form with the token in its header alone") {
    with_office([](Office& office) -> awaitable<void> {
        office.slack.answer(Scripted::ok({{"ts", "1.2"}}));
        const Reply reply = co_await office.api->call(
            "chat.postMessage", {{"channel", "C1"}, {"blocks", json::array{1}}, {"mrkdwn", true}});
        REQUIRE(reply);
        CHECK(reply->at("ts") == "1.2");
        const net::Request& request = office.slack.requests.at(0);
        CHECK(request.method == "POST");
        CHECK(request.target == "/api/chat.postMessage");
        CHECK(request.header("authorization") == "Bearer xoxb-1-bot");
        CHECK(request.header("content-type") == "application/x-www-form-urlencoded");
        CHECK(form(request.body) ==
              std::map<std::string, std::string>{{"channel", "C1"}, {"blocks", "[1]"}, {"mrkdwn", "true"}});
        CHECK(request.body.find("xoxb") == std::string::npos);
    });
}

TEST_CASE("each call says which token it carries") {
    with_office([](Office& office) -> awaitable<void> {
        auto used = [&](CallOptions options) -> awaitable<std::string> {
            const Reply reply = co_await office.api->call("users.info", {}, options);
            if (!reply) co_return "refused";
            co_return std::string{office.slack.requests.back().header("authorization")};
        };
        CallOptions app;
        app.token = Token::app;
        CHECK(co_await used(app) == "Bearer xapp-1-app");
        CallOptions given;
        given.token = Token::given;
        given.secret = "xoxp-9";
        CHECK(co_await used(given) == "Bearer xoxp-9");
        CallOptions basic;
        basic.token = Token::basic;
        basic.secret = "id:secret";
        CHECK(co_await used(basic) == "Basic aWQ6c2VjcmV0");
        CallOptions none;
        none.token = Token::none;
        CHECK((co_await used(none)).empty());
        given.secret = "xoxp-9\r\nX-Evil: 1";
        CHECK(co_await used(given) == "refused");
    });
}

TEST_CASE("a token that is not set is named") {
    with_office(
        [](Office& office) -> awaitable<void> {
            const Reply reply = co_await office.api->call("auth.test");
            REQUIRE_FALSE(reply);
            CHECK(reply.error().kind == ErrorKind::unauthorized);
            CHECK_THAT(reply.error().what, ContainsSubstring("SLACK_BOT_TOKEN"));
            CHECK(office.slack.requests.empty());
        },
        [](Office& office) { office.config.bot = {}; });
}

TEST_CASE("calls share one connection") {
    with_office([](Office& office) -> awaitable<void> {
        for (int i = 0; i < 10; ++i) CHECK((co_await office.api->call("users.info")).has_value());
        CHECK(office.server->open() == 1);
        CHECK(office.pool.idle() == 1);
    });
}

TEST_CASE("reads are repeated after 5xx and pages of HTML until they succeed") {
    with_office([](Office& office) -> awaitable<void> {
        office.slack.answer(Scripted::with(503, "busy"));
        office.slack.answer(Scripted::with(200, "<html>maintenance</html>"));
        office.slack.answer(Scripted::with(200, R"({"ok":false,"error":"internal_error"})"));
        CHECK((co_await office.api->call("users.info")).has_value());
        CHECK(office.slack.requests.size() == 4);
    });
}

TEST_CASE("repeating ends with the deadline and the last error") {
    with_office([](Office& office) -> awaitable<void> {
        office.slack.always = Scripted::say(Scripted::with(500, ""));
        const Time before = office.clock.now;
        const Reply reply = co_await office.api->call("users.info", {}, real_time(20s));
        REQUIRE_FALSE(reply);
        CHECK(reply.error().status == 500);
        CHECK(office.clock.now - before <= 20s);
        CHECK(office.slack.requests.size() >= 4);
        CHECK(office.slack.requests.size() < 12);  // each pause is longer than the one before
    });
}

TEST_CASE("edge case 39: chat.postMessage is never repeated after it may have arrived") {
    with_office([](Office& office) -> awaitable<void> {
        const json::object message{{"channel", "C1"}, {"text", "hello"}};
        for (const net::Response& broken : {Scripted::with(500, ""), Scripted::with(200, "<html>"),
                                            Scripted::with(200, R"({"ok":false,"error":"fatal_error"})")}) {
            office.slack.requests.clear();
            office.slack.answer(broken);
            const Reply reply = co_await office.api->call("chat.postMessage", message);
            REQUIRE_FALSE(reply);
            CHECK(reply.error().unknown_outcome);
            CHECK(office.slack.requests.size() == 1);
        }
        for (const char* method : {"chat.postMessage", "chat.postEphemeral", "views.open", "views.push"}) {
            INFO(method);
            office.slack.requests.clear();
            office.slack.next.push_back(Scripted::silence());
            const Reply reply =
                co_await office.api->call(method, {{"channel", "C2"}, {"text", "hello"}}, real_time(60ms));
            REQUIRE_FALSE(reply);
            CHECK(reply.error().unknown_outcome);
            CHECK_THAT(reply.error().what, ContainsSubstring("nobody knows"));
            CHECK(office.slack.requests.size() == 1);
        }
    });
}

TEST_CASE("a lost answer to a read is asked for again, to a post it is an unknown outcome") {
    run([]() -> awaitable<void> {
        using asio::ip::tcp;
        tcp::acceptor acceptor{co_await asio::this_coro::executor, {asio::ip::address_v4::loopback(), 0}};
        int requests = 0;
        // Reads a request and hangs up; every third one is answered.
        auto serve = [&]() -> awaitable<void> {
            for (;;) {
                tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
                std::string head;
                boost::system::error_code ec;
                co_await asio::async_read_until(socket, asio::dynamic_buffer(head), "\r\n\r\n",
                                                asio::redirect_error(asio::use_awaitable, ec));
                if (++requests % 3 != 0) continue;
                const std::string bytes = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"ok\":true}";
                co_await asio::async_write(socket, asio::buffer(bytes),
                                           asio::redirect_error(asio::use_awaitable, ec));
            }
        };
        auto ask = [&]() -> awaitable<void> {
            FakeClock clock;
            clock.automatic = true;
            net::Pool pool;
            WebApiConfig config;
            config.base =
                ApiBase::parse("http://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()))
                    .value();
            config.bot = fixed_token("xoxb-1");
            WebApi api{config, pool, clock.timing()};
            const Reply read = co_await api.call("users.info");
            CHECK(read.has_value());
            CHECK(requests == 3);
            const Reply post = co_await api.call("chat.postMessage");
            REQUIRE_FALSE(post);
            CHECK(post.error().unknown_outcome);
            CHECK(requests == 4);
        };
        co_await beside(serve(), ask());
    }());
}

TEST_CASE(
    "no connection: certainly not posted, so it is tried until the deadline and known not to be there") {
    with_office(
        [](Office& office) -> awaitable<void> {
            const Reply reply = co_await office.api->call("chat.postMessage", {{"channel", "C1"}});
            REQUIRE_FALSE(reply);
            CHECK_FALSE(reply.error().unknown_outcome);
            CHECK(reply.error().kind == ErrorKind::transient);
            CHECK(office.clock.longest > 0ms);  // it was tried again
        },
        [](Office& office) { office.config.base = ApiBase::parse("http://127.0.0.1:1/").value(); });
}

TEST_CASE("the restricted profile asks for 15 messages at most") {
    with_office(
        [](Office& office) -> awaitable<void> {
            CHECK((co_await office.api->call("conversations.history", {{"limit", 200}})).has_value());
            CHECK(form(office.slack.requests.at(0).body).at("limit") == "15");
            CHECK((co_await office.api->call("users.list", {{"limit", 200}})).has_value());
            CHECK(form(office.slack.requests.at(1).body).at("limit") == "200");
        },
        [](Office& office) { office.config.profile = Profile::restricted; });
}

TEST_CASE("a redirect is refused and the token carried nowhere") {
    with_office([](Office& office) -> awaitable<void> {
        office.slack.answer(Scripted::with(307, "", {{"Location", "/api/elsewhere"}}));
        const Reply reply = co_await office.api->call("users.info");
        REQUIRE_FALSE(reply);
        CHECK(reply.error().kind == ErrorKind::rejected);
        CHECK(office.slack.requests.size() == 1);
    });
}

TEST_CASE("a file's bytes go to Slack's address as they are, without a token, and to Slack only") {
    with_office([](Office& office) -> awaitable<void> {
        const std::string url = "http://" + office.place() + "/upload/v1/2";
        const std::string bytes{"\x89PNG\r\n\0&=", 9};
        office.slack.answer(Scripted::with(200, "OK - 9"));
        const ApiResult<> done = co_await office.api->upload(url, bytes);
        CHECK(done.has_value());
        const net::Request& request = office.slack.requests.at(0);
        CHECK(request.target == "/upload/v1/2");
        CHECK(request.header("authorization").empty());
        CHECK(request.body == bytes);
        const ApiResult<> evil = co_await office.api->upload("https://files.slack.com.evil.example/", bytes);
        REQUIRE_FALSE(evil);
        CHECK(evil.error().kind == ErrorKind::rejected);
        office.slack.answer(Scripted::with(500, ""));
        const ApiResult<> lost = co_await office.api->upload(url, bytes);
        REQUIRE_FALSE(lost);
        CHECK(lost.error().unknown_outcome);
        office.slack.answer(Scripted::with(404, "gone"));
        const ApiResult<> refused = co_await office.api->upload(url, bytes);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::rejected);
        CHECK(office.slack.requests.size() == 3);
    });
}

TEST_CASE("an answer to a click goes to its response_url as JSON, without a token, and to Slack only") {
    with_office([](Office& office) -> awaitable<void> {
        const std::string url = "http://" + office.place() + "/respond/T1/2";
        office.slack.answer(Scripted::with(200, "ok"));
        const ApiResult<> done = co_await office.api->respond(url, {{"text", "Thanks!"}});
        CHECK(done.has_value());
        const net::Request& request = office.slack.requests.at(0);
        CHECK(request.target == "/respond/T1/2");
        CHECK(request.header("authorization").empty());
        CHECK(request.header("content-type") == "application/json; charset=utf-8");
        CHECK(request.body == R"({"text":"Thanks!"})");
        for (const char* evil :
             {"http://169.254.169.254/latest", "https://evil.example/", "http://localhost:1/x"}) {
            const ApiResult<> refused = co_await office.api->respond(evil, {{"text", "x"}});
            REQUIRE_FALSE(refused);
            CHECK(refused.error().kind == ErrorKind::rejected);
        }
        CHECK(office.slack.requests.size() == 1);
        office.slack.answer(Scripted::with(500, ""));
        const ApiResult<> lost = co_await office.api->respond(url, {{"text", "x"}});
        REQUIRE_FALSE(lost);
        CHECK(lost.error().unknown_outcome);
        CHECK(office.slack.requests.size() == 2);
    });
}
