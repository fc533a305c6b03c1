#include "unit/slack/api/fixture.hpp"

using namespace rapport;
using namespace rapport::slack;
using namespace rapport::test;

TEST_CASE("edge case 39: 429 pauses that method and channel alone, for as long as Slack says") {
    with_office([](Office& office) -> awaitable<void> {
        using namespace asio::experimental::awaitable_operators;
        office.clock.automatic = false;
        office.slack.answer(Scripted::with(429, "", {{"Retry-After", "7"}}));
        std::optional<Reply> limited;
        auto test = [&]() -> awaitable<void> {
            co_await until([&] { return office.clock.sleepers() == 1; });
            CHECK((co_await office.api->call("chat.postMessage", {{"channel", "C2"}})).has_value());
            CHECK((co_await office.api->call("users.info")).has_value());
            CHECK(office.slack.calls("chat.postMessage") == 2);
            office.clock.advance(6900ms);
            co_await pause(10ms);
            CHECK_FALSE(limited);
            CHECK(office.slack.calls("chat.postMessage") == 2);
            office.clock.advance(200ms);
        };
        co_await (into(*office.api, "chat.postMessage", {{"channel", "C1"}}, {}, limited) && test());
        REQUIRE(limited);
        CHECK(limited->has_value());  // Slack refused the first one for sure: no duplicate
        CHECK(office.slack.calls("chat.postMessage") == 3);
    });
}

TEST_CASE("429 without Retry-After is a pause of 30 s, and past the deadline an error that says how long") {
    with_office([](Office& office) -> awaitable<void> {
        office.slack.always = Scripted::say(Scripted::with(429, "<html>"));
        const Reply reply = co_await office.api->call("users.info", {}, real_time(29s));
        REQUIRE_FALSE(reply);
        CHECK(reply.error().kind == ErrorKind::rate_limited);
        CHECK(reply.error().retry_after == 30s);
        CHECK(office.slack.requests.size() == 1);
        office.slack.always = {};
        const Time before = office.clock.now;
        CHECK((co_await office.api->call("users.info", {}, real_time(40s))).has_value());
        CHECK(office.clock.now - before >= 30s);
    });
}

TEST_CASE("a call that waits too long in its queue ends with an error and is not sent") {
    with_office([](Office& office) -> awaitable<void> {
        CHECK((co_await office.api->call("chat.postMessage", {{"channel", "C1"}})).has_value());
        const Reply late =
            co_await office.api->call("chat.postMessage", {{"channel", "C1"}}, real_time(500ms));
        REQUIRE_FALSE(late);
        CHECK_FALSE(late.error().unknown_outcome);
        CHECK_THAT(late.error().what, ContainsSubstring("nothing was sent"));
        CHECK(office.slack.requests.size() == 1);
        CHECK(office.api->waiting() == 0);
    });
}

TEST_CASE("a cancelled call leaves its queue, and the one behind it takes its turn") {
    with_office([](Office& office) -> awaitable<void> {
        using namespace asio::experimental::awaitable_operators;
        office.clock.automatic = false;
        const json::object one{{"channel", "C1"}};
        CHECK((co_await office.api->call("chat.postMessage", one)).has_value());
        std::optional<Reply> cancelled;
        std::optional<Reply> behind;
        auto cancel = [&]() -> awaitable<void> {
            co_await beside(into(*office.api, "chat.postMessage", one, {}, cancelled),
                            until([&] { return office.api->waiting() == 2; }));
            CHECK(office.api->waiting() == 1);
            co_await until([&] { return office.clock.sleepers() == 1; });
            office.clock.advance(1100ms);
        };
        auto second = [&]() -> awaitable<void> {
            co_await until([&] { return office.api->waiting() == 1; });
            co_await into(*office.api, "chat.postMessage", one, {}, behind);
        };
        co_await (cancel() && second());
        CHECK_FALSE(cancelled);
        REQUIRE(behind);
        CHECK(behind->has_value());
        CHECK(office.slack.requests.size() == 2);
    });
}

TEST_CASE("a call cancelled on its way gives its slot back") {
    with_office(
        [](Office& office) -> awaitable<void> {
            office.slack.next.push_back(Scripted::silence());
            std::optional<Reply> cancelled;
            co_await beside(into(*office.api, "users.info", {}, {}, cancelled),
                            until([&] { return office.slack.requests.size() == 1; }));
            CHECK((co_await office.api->call("users.info")).has_value());
        },
        [](Office& office) { office.config.at_once = 1; });
}

TEST_CASE("a full queue refuses in words") {
    with_office(
        [](Office& office) -> awaitable<void> {
            office.clock.automatic = false;
            const json::object one{{"channel", "C1"}};
            CHECK((co_await office.api->call("chat.postMessage", one)).has_value());
            std::optional<Reply> first;
            std::optional<Reply> second;
            auto test = [&]() -> awaitable<void> {
                co_await until([&] { return office.api->waiting() == 2; });
                const Reply third = co_await office.api->call("chat.postMessage", one);
                REQUIRE_FALSE(third);
                CHECK_FALSE(third.error().unknown_outcome);
                CHECK_THAT(third.error().what, ContainsSubstring("too many calls"));
                CHECK((co_await office.api->call("chat.postMessage", {{"channel", "C2"}})).has_value());
            };
            auto waiting = [&]() -> awaitable<void> {
                using namespace asio::experimental::awaitable_operators;
                co_await (into(*office.api, "chat.postMessage", one, {}, first) &&
                          into(*office.api, "chat.postMessage", one, {}, second));
            };
            co_await beside(waiting(), test());
            CHECK(office.api->waiting() == 0);
        },
        [](Office& office) { office.config.per_queue = 2; });
}

TEST_CASE("a click overtakes what waits for a slot, and many calls all come to their turn") {
    with_office(
        [](Office& office) -> awaitable<void> {
            using namespace asio::experimental::awaitable_operators;
            office.clock.automatic = false;
            bool open = false;
            office.slack.always = [&](const net::Request&) -> awaitable<net::Response> {
                co_await until([&] { return open; });
                co_return Scripted::ok();
            };
            std::vector<std::optional<Reply>> replies(8);
            auto all = [&](std::size_t from, std::size_t to, auto& self) -> awaitable<void> {
                if (from == to) co_return;
                co_await (into(*office.api, "auth.test", {}, {}, replies[from]) && self(from + 1, to, self));
            };
            auto click = [&]() -> awaitable<void> {
                co_await until(
                    [&] { return office.slack.requests.size() == 1 && office.api->waiting() == 7; });
                std::optional<Reply> opened;
                auto release = [&]() -> awaitable<void> {
                    co_await until([&] { return office.slack.calls("views.open") == 1; });
                    CHECK(office.slack.calls("auth.test") == 1);
                    open = true;
                };
                co_await (into(*office.api, "views.open", {}, {}, opened) && release());
                CHECK(opened->has_value());
            };
            co_await (all(0, replies.size(), all) && click());
            for (const auto& reply : replies) CHECK((reply && reply->has_value()));
            CHECK(office.slack.calls("auth.test") == 8);
        },
        [](Office& office) { office.config.at_once = 1; });
}

TEST_CASE("a long row for one channel goes out in order, a second apart") {
    with_office([](Office& office) -> awaitable<void> {
        using namespace asio::experimental::awaitable_operators;
        std::vector<std::optional<Reply>> replies(20);
        auto all = [&](std::size_t i, auto& self) -> awaitable<void> {
            if (i == replies.size()) co_return;
            const json::object message{{"channel", "C1"}, {"text", std::to_string(i)}};
            co_await (into(*office.api, "chat.postMessage", message, {}, replies[i]) && self(i + 1, self));
        };
        office.clock.automatic = false;
        auto tick = [&]() -> awaitable<void> {
            for (;;) {
                co_await pause(1ms);
                office.clock.advance(100ms);
            }
        };
        const Time before = office.clock.now;
        co_await beside(tick(), all(0, all));
        CHECK(office.clock.now - before >= 19s);
        REQUIRE(office.slack.requests.size() == 20);
        for (std::size_t i = 0; i < replies.size(); ++i) {
            CHECK(form(office.slack.requests[i].body).at("text") == std::to_string(i));
        }
    });
}
