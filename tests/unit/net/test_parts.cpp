#include <boost/asio/error.hpp>
#include <boost/asio/multiple_exceptions.hpp>
#include <boost/system/system_error.hpp>
#include <vector>

#include "adapters/net/backoff.hpp"
#include "adapters/net/cancelled.hpp"
#include "adapters/net/client.hpp"
#include "adapters/net/rate_limit.hpp"
#include "adapters/net/supervise.hpp"
#include "adapters/net/task_group.hpp"
#include "adapters/net/url.hpp"
#include "adapters/net/with_timeout.hpp"
#include "support/catch.hpp"
#include "unit/net/loop.hpp"

using namespace rapport;
using namespace rapport::test;

using namespace asio::experimental::awaitable_operators;

namespace {

class NoInbox : public Inbox {
    bool try_put(Event&, Acked&) override { return false; }
    awaitable<void> put(Event, Acked) override { co_return; }
};

class ScriptedAdapter : public Adapter {
public:
    explicit ScriptedAdapter(std::vector<Error> script) : script_(std::move(script)) {}
    std::string_view name() const noexcept override { return "scripted"; }
    awaitable<Result<>> run(Inbox&) override { co_return script_.at(runs++); }
    std::size_t runs = 0;

private:
    std::vector<Error> script_;
};

Time at(int milliseconds) {
    return Time{std::chrono::milliseconds{milliseconds}};
}

}  // namespace

TEST_CASE("the back-off doubles up to its end, half of it random, and starts afresh") {
    net::Backoff backoff{100ms, 1000ms};
    CHECK(backoff.next(0.0) == 50ms);
    CHECK(backoff.next(0.5) == 150ms);
    CHECK(backoff.next(1.0) == 400ms);
    CHECK(backoff.next(1.0) == 800ms);
    CHECK(backoff.next(1.0) == 1000ms);
    CHECK(backoff.next(0.0) == 500ms);
    backoff.reset();
    CHECK(backoff.next(1.0) == 100ms);
}

TEST_CASE("a token bucket gives its burst at once, then its rate, and survives a clock that goes back") {
    net::TokenBucket bucket{{3, 3000ms}, at(0)};
    for (int i = 0; i < 3; ++i) CHECK(bucket.take(at(0)));
    CHECK_FALSE(bucket.take(at(0)));
    CHECK(bucket.wait(at(0)) == 1000ms);
    CHECK_FALSE(bucket.take(at(999)));
    CHECK(bucket.take(at(1000)));
    CHECK_FALSE(bucket.take(at(500)));
    CHECK(bucket.take(at(100'000)));
    CHECK(bucket.take(at(100'000)));
    CHECK(bucket.take(at(100'000)));
    CHECK_FALSE(bucket.take(at(100'000)));
}

TEST_CASE("rates are kept by key, and the table of keys is bounded") {
    net::RateLimiter limiter{{1, 1000ms}, 2};
    CHECK(limiter.allow("a", at(0)));
    CHECK_FALSE(limiter.allow("a", at(0)));
    CHECK(limiter.allow("b", at(0)));
    CHECK_FALSE(limiter.allow("a", at(0)));  // "a" is now the more recent
    CHECK(limiter.allow("c", at(0)));        // "b" is forgotten
    CHECK(limiter.size() == 2);
    CHECK_FALSE(limiter.allow("a", at(0)));
    CHECK(limiter.allow("b", at(0)));
}

TEST_CASE("supervise tries again after what may pass, obeys Retry-After, and stops at what will not") {
    ScriptedAdapter adapter{{{ErrorKind::transient, "reset by peer"},
                             {ErrorKind::rate_limited, "slow down", 30ms},
                             {ErrorKind::unauthorized, "token revoked"}}};
    NoInbox inbox;
    std::vector<std::string> log;
    const auto started = std::chrono::steady_clock::now();
    run([](ScriptedAdapter& a, NoInbox& in, std::vector<std::string>& words) -> awaitable<void> {
        const net::OnEnded ended = [&](const Adapter&, const Error& error) { words.push_back(error.what); };
        const Error last = co_await net::supervise(a, in, net::Backoff{1ms, 2ms}, [] { return 0.5; }, ended);
        CHECK(last.kind == ErrorKind::unauthorized);
    }(adapter, inbox, log));
    CHECK(log == std::vector<std::string>{"reset by peer", "slow down", "token revoked"});
    CHECK(adapter.runs == 3);
    CHECK(std::chrono::steady_clock::now() - started >= 30ms);
}

TEST_CASE("with_timeout gives the result in time, or words that say what took too long") {
    auto after = [](std::chrono::milliseconds time) -> awaitable<Result<int>> {
        co_await pause(time);
        co_return 7;
    };
    run([](auto work) -> awaitable<void> {
        const Result<int> quick = co_await net::with_timeout(work(1ms), 1000ms, "counting");
        CHECK((quick && *quick == 7));
        const Result<int> slow = co_await net::with_timeout(work(10s), 5ms, "counting");
        REQUIRE_FALSE(slow);
        CHECK(slow.error().what == "counting timed out after 5 ms");
        CHECK(slow.error().retryable());
    }(after));
}

TEST_CASE("a task group waits for its tasks, cancels them, and passes on a bug") {
    run([]() -> awaitable<void> {
        net::TaskGroup group{co_await asio::this_coro::executor};
        int done = 0;
        auto task = [](int& count, std::chrono::milliseconds time) -> awaitable<void> {
            co_await pause(time);
            ++count;
        };
        group.spawn(task(done, 1ms));
        group.spawn(task(done, 2ms));
        CHECK(group.size() == 2);
        co_await group.wait();
        CHECK(done == 2);
        group.spawn(task(done, 1h));
        co_await pause(1ms);
        group.cancel();
        co_await group.wait();
        CHECK(done == 2);
        auto bug = []() -> awaitable<void> {
            co_await pause(1ms);
            throw std::logic_error("a bug");
        };
        group.spawn(bug());
        CHECK_THROWS_AS(co_await group.wait(), std::logic_error);
    }());
}

TEST_CASE("a cancelled task is no failure, also if it waited for one of several things") {
    run([]() -> awaitable<void> {
        net::TaskGroup group{co_await asio::this_coro::executor};
        auto either = []() -> awaitable<void> { co_await (pause(1h) || (pause(1h) || pause(1h))); };
        group.spawn(either());
        co_await pause(1ms);
        group.cancel();
        co_await group.wait();
        CHECK(group.size() == 0);
    }());
    const auto aborted =
        std::make_exception_ptr(boost::system::system_error{make_error_code(asio::error::operation_aborted)});
    const auto bug = std::make_exception_ptr(std::logic_error{"a bug"});
    CHECK(net::was_cancelled(aborted));
    CHECK(net::was_cancelled(std::make_exception_ptr(asio::multiple_exceptions{aborted})));
    CHECK_FALSE(net::was_cancelled(bug));
    CHECK_FALSE(net::was_cancelled(std::make_exception_ptr(asio::multiple_exceptions{bug})));
    CHECK_FALSE(net::was_cancelled(nullptr));
}

TEST_CASE("addresses are taken apart, and bad ones are refused with a reason") {
    const Result<net::Url> url = net::parse_url("wss://example.org/a/b?c=d");
    REQUIRE(url);
    CHECK((url->secure && url->websocket));
    CHECK((url->host == "example.org" && url->port == "443" && url->target == "/a/b?c=d"));
    const Result<net::Url> six = net::parse_url("http://[::1]:8080?x");
    REQUIRE(six);
    CHECK((six->host == "::1" && six->port == "8080" && six->target == "/?x" &&
           six->authority == "[::1]:8080"));
    for (const char* bad :
         {"", "example.org", "ftp://x", "http://", "http://x:", "http://x:0", "http://x:70000", "http://x:1a",
          "http://me@x", "http://x/#f", "http://x y", "http://[::1", "http://[::1]8"}) {
        INFO(bad);
        CHECK_FALSE(net::parse_url(bad));
    }
}

TEST_CASE("a status becomes what the caller may do about it") {
    auto answer = [](unsigned status, std::string retry = {}) {
        net::Response response;
        response.status = status;
        if (!retry.empty()) response.headers.push_back({"retry-after", retry});
        return net::accepted(std::move(response), "posting");
    };
    CHECK(answer(204));
    CHECK(answer(401).error().kind == ErrorKind::unauthorized);
    CHECK(answer(403).error().kind == ErrorKind::unauthorized);
    CHECK(answer(404).error().kind == ErrorKind::rejected);
    CHECK(answer(301).error().kind == ErrorKind::rejected);
    CHECK(answer(503).error().kind == ErrorKind::transient);
    CHECK(answer(429, "7").error().kind == ErrorKind::rate_limited);
    CHECK(answer(429, "7").error().retry_after == 7s);
    CHECK(answer(429, "soon").error().retry_after == 0s);
    CHECK_THAT(answer(500).error().what, ContainsSubstring("posting was answered with status 500"));
}
