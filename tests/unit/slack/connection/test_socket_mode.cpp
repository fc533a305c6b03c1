#include <boost/json/parse.hpp>
#include <set>

#include "adapters/slack/connection/socket_mode.hpp"
#include "support/catch.hpp"
#include "unit/net/raw_websocket.hpp"
#include "unit/slack/connection/listener.hpp"

using namespace rapport;
using namespace rapport::slack;
using namespace rapport::test;

namespace {

const std::string hello = R"({"type":"hello","num_connections":1,"connection_info":{"app_id":"A1"}})";
const std::string refresh = R"({"type":"disconnect","reason":"refresh_requested"})";

std::string event(const std::string& id, bool takes_payload = false) {
    return R"({"envelope_id":")" + id + R"(","type":"events_api","payload":{"type":"event_callback"},)" +
           R"("accepts_response_payload":)" + (takes_payload ? "true}" : "false}");
}

/// Slack's side of Socket Mode, as small as it can be: says hello and notes every acknowledgement.
class SmallSlack : public net::HttpHandler {
public:
    awaitable<net::Response> handle(net::Request) override { co_return net::Response{}; }
    std::optional<net::Response> refuse_upgrade(const net::Request&) override { return std::nullopt; }
    awaitable<void> websocket(net::Request, net::WebSocket& socket) override {
        const int number = ++connections;
        open[number] = &socket;
        if (says_hello) socket.try_send(hello);
        for (;;) {
            Result<std::string> text = co_await socket.read();
            if (!text) break;
            acks.emplace_back(number, std::move(*text));
        }
        codes[number] = socket.close_code();
        open.erase(number);
    }
    bool send(int number, std::string text) { return open.at(number)->try_send(std::move(text)); }

    bool says_hello = true;
    int connections = 0;
    std::map<int, net::WebSocket*> open{};
    std::map<int, int> codes{};  ///< With which code each was closed.
    std::vector<std::pair<int, std::string>> acks{};
};

/// A SocketMode in front of a SmallSlack.
struct SocketHouse {
    SocketHouse() {
        LineTimes& times = options.lines.times;
        times.first_pause = 5ms;
        times.longest_pause = 20ms;
        times.healthy = 1ms;
        times.drain_least = 20ms;
        options.try_again = 5ms;
        options.alarm = [this](const Alarm& it) { alarms.push_back(it.kind); };
        options.unreadable = [this](Unreadable it) {
            unreadable.push_back(it.why);
            it.acknowledge();
        };
    }
    template <class Body>
    void live(Body body) {
        net::ServerConfig config;
        config.port = 0;
        net::Server server{config, slack};
        SocketMode mode{options, listener, [&]() -> awaitable<Result<std::string>> {
                            ++asked;
                            if (refusal) co_return *refusal;
                            co_return ws_url(server);
                        }};
        socket_mode = &mode;
        run([](net::Server& s, SocketMode& m, Body inner) -> awaitable<void> {
            const Result<> listening = s.listen(co_await asio::this_coro::executor);
            if (!listening) throw std::runtime_error(listening.error().what);
            auto serve = [](net::Server& it) -> awaitable<void> { co_await it.run(); };
            auto keep = [](SocketMode& it) -> awaitable<void> { co_await it.run(); };
            auto both = [&]() -> awaitable<void> {
                co_await beside(keep(m), inner());
                co_await until([&] { return s.open() == 0; });
            };
            co_await beside(serve(s), both());
        }(server, mode, std::move(body)));
    }
    awaitable<void> up(int connections = 1) {
        co_await until([this, connections] { return static_cast<int>(listener.apps.size()) >= connections; });
    }

    SocketOptions options{};
    SmallSlack slack{};
    Listener listener{};
    SocketMode* socket_mode = nullptr;
    int asked = 0;
    std::optional<Error> refusal{};
    std::vector<AlarmKind> alarms{};
    std::vector<std::string> unreadable{};
};

}  // namespace

TEST_CASE("an event is given on, acknowledged, and the goodbye is code 1000") {
    SocketHouse house;
    house.live([&]() -> awaitable<void> {
        co_await house.up();
        house.slack.send(1, event("e1"));
        co_await until([&] { return house.slack.acks.size() == 1; });
    });
    CHECK(house.slack.acks[0] == std::pair{1, std::string{R"({"envelope_id":"e1"})"}});
    CHECK(house.slack.codes[1] == 1000);
    CHECK(house.listener.apps == std::vector<Id>{"A1"});
    CHECK(house.listener.gaps.empty());
    CHECK(house.listener.deliveries[0].kind == DeliveryKind::event);
}

TEST_CASE("edge case 6: an acknowledgement goes to the socket that delivered, or nowhere") {
    SocketHouse house;
    house.listener.at_once = false;
    house.live([&]() -> awaitable<void> {
        co_await house.up();
        house.slack.send(1, event("e1"));
        house.slack.send(1, event("e2"));
        co_await until([&] { return house.listener.deliveries.size() == 2; });
        house.slack.send(1, refresh);
        co_await house.up(2);
        house.listener.deliveries[0].acknowledge();
        co_await until([&] { return house.slack.acks.size() == 1; });
        CHECK(house.slack.acks[0].first == 1);
        house.slack.open.at(1)->cut();
        co_await until([&] { return house.socket_mode->metrics().lines.live == 1; });
        house.listener.deliveries[1].acknowledge();
        CHECK(house.socket_mode->metrics().acks_lost == 1);
        house.slack.send(2, event("e2"));  // Slack has seen no acknowledgement and delivers it again
        co_await until([&] { return house.slack.acks.size() == 2; });
        CHECK(house.slack.acks[1] == std::pair{2, std::string{R"({"envelope_id":"e2"})"}});
    });
    CHECK(house.listener.deliveries.size() == 2);
    CHECK(house.listener.gaps.empty());
}

TEST_CASE("edge cases 14 and 15: acknowledged once, with a payload only where one is taken") {
    SocketHouse house;
    boost::json::object payload;
    payload["text"] = "done";
    house.listener.payload = payload;
    house.live([&]() -> awaitable<void> {
        co_await house.up();
        house.slack.send(1, event("plain", false));
        house.slack.send(1, event("rich", true));
        co_await until([&] { return house.slack.acks.size() == 2; });
        house.listener.deliveries[0].acknowledge();
        house.listener.deliveries[1].acknowledge(payload);
        co_await pause(20ms);
    });
    REQUIRE(house.slack.acks.size() == 2);
    CHECK(house.slack.acks[0].second == R"({"envelope_id":"plain"})");
    CHECK(house.slack.acks[1].second == R"({"envelope_id":"rich","payload":{"text":"done"}})");
}

TEST_CASE("edge case 16: the same envelope on two sockets is given on once and acknowledged on both") {
    SocketHouse house;
    house.options.lines.sockets = 2;
    house.listener.at_once = false;
    house.live([&]() -> awaitable<void> {
        co_await house.up(2);
        house.slack.send(1, event("e1"));
        house.slack.send(2, event("e1"));
        co_await until([&] { return house.socket_mode->metrics().repeated == 1; });
        CHECK(house.slack.acks.empty());
        house.listener.deliveries[0].acknowledge();
        co_await until([&] { return house.slack.acks.size() == 2; });
        house.slack.send(2, event("e1"));
        co_await until([&] { return house.slack.acks.size() == 3; });
        // Given up by the Receiver: the next copy is fresh.
        house.slack.send(1, event("e2"));
        co_await until([&] { return house.listener.deliveries.size() == 2; });
        house.listener.deliveries.pop_back();
        house.slack.send(2, event("e2"));
        co_await until([&] { return house.listener.deliveries.size() == 2; });
    });
    CHECK(house.slack.acks[0].first + house.slack.acks[1].first == 3);
    CHECK(house.listener.envelopes == std::vector<std::string>{"e1", "e2", "e2"});
}

TEST_CASE("edge case 12: an envelope without a payload is kept and acknowledged") {
    SocketHouse house;
    house.live([&]() -> awaitable<void> {
        co_await house.up();
        house.slack.send(1, R"({"envelope_id":"odd","type":"events_api"})");
        house.slack.send(1, R"({"type":"news"})");
        co_await until([&] { return house.slack.acks.size() == 1 && house.unreadable.size() == 2; });
    });
    CHECK(house.slack.acks[0].second == R"({"envelope_id":"odd"})");
    CHECK(house.listener.asked == 0);
}

TEST_CASE("edge case 13: unreadable frames are counted, and five make another connection") {
    SocketHouse house;
    house.live([&]() -> awaitable<void> {
        co_await house.up();
        for (const char* text : {"UNAUTHENTICATED: cache_error", "", "[]", "{"}) house.slack.send(1, text);
        house.slack.send(1, event("e1"));
        co_await until([&] { return house.slack.acks.size() == 1; });
        CHECK(house.slack.connections == 1);
        house.slack.send(1, "again");
        co_await house.up(2);
        co_await until([&] { return house.slack.codes.count(1) == 1; });
        CHECK(house.slack.codes[1] == 1000);
    });
    CHECK(house.alarms == std::vector{AlarmKind::garbage});
    CHECK(house.socket_mode != nullptr);
}

TEST_CASE("a Receiver without room stops the reading, and everything comes once it has room") {
    SocketHouse house;
    house.listener.full = true;
    house.live([&]() -> awaitable<void> {
        co_await house.up();
        for (int i = 0; i < 50; ++i) house.slack.send(1, event(std::to_string(i)));
        co_await until([&] { return house.listener.asked > 3; });
        CHECK(house.socket_mode->metrics().envelopes == 0);
        house.listener.full = false;
        co_await until([&] { return house.slack.acks.size() == 50; });
        CHECK(house.socket_mode->metrics().held_back == 1);
    });
    for (int i = 0; i < 50; ++i)
        CHECK(house.listener.envelopes[static_cast<std::size_t>(i)] == std::to_string(i));
}

TEST_CASE("edge case 9: refusals are tried again by one loop, and a fatal one ends it") {
    SocketHouse house;
    house.refusal = Error{ErrorKind::rate_limited, "slow down", 40ms};
    SocketMode mode{house.options, house.listener, [&]() -> awaitable<Result<std::string>> {
                        ++house.asked;
                        co_return *house.refusal;
                    }};
    run([](SocketMode& it, SocketHouse& h) -> awaitable<void> {
        using namespace asio::experimental::awaitable_operators;
        co_await (it.run() || pause(100ms));
        CHECK(h.asked >= 2);
        CHECK(h.asked <= 4);
        h.refusal = Error{ErrorKind::unauthorized, "the app token was revoked"};
        const Result<> ended = co_await it.run();
        REQUIRE_FALSE(ended);
        CHECK(ended.error().kind == ErrorKind::unauthorized);
        CHECK(ended.error().what == "the app token was revoked");
    }(mode, house));
}

TEST_CASE(
    "edge cases 7 and 8: a peer that falls silent is replaced, and one that never says goodbye is dropped") {
    SocketHouse house;
    LineTimes& times = house.options.lines.times;
    times.ping = 20ms;
    times.dead = 60ms;
    house.options.close = 50ms;
    int connections = 0;
    run([](SocketHouse& h, int& count) -> awaitable<void> {
        const auto executor = co_await asio::this_coro::executor;
        asio::ip::tcp::acceptor acceptor{executor, {asio::ip::address_v4::loopback(), 0}};
        SocketMode mode{h.options, h.listener, [&]() -> awaitable<Result<std::string>> {
                            co_return "ws://127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
                        }};
        // Says hello in two frames, sends a binary and an empty one, and then neither reads nor closes.
        auto serve = [&]() -> awaitable<void> {
            std::vector<asio::ip::tcp::socket> open;
            for (;;) {
                open.push_back(co_await acceptor.async_accept(asio::use_awaitable));
                co_await raw_handshake(open.back());
                ++count;
                const std::string frames = raw_frame(1, hello.substr(0, 20), false) +
                                           raw_frame(0, hello.substr(20)) + raw_frame(2, "\x01") +
                                           raw_frame(1, "");
                co_await asio::async_write(open.back(), asio::buffer(frames), asio::use_awaitable);
            }
        };
        auto keep = [&]() -> awaitable<void> { co_await mode.run(); };
        auto look = [&]() -> awaitable<void> {
            co_await until([&] { return h.listener.apps.size() == 3; });
            CHECK(mode.metrics().lines.dropped == 2);
            CHECK(mode.metrics().lines.garbage >= 4);
        };
        auto both = [&]() -> awaitable<void> {
            co_await beside(keep(), look());  // ends although nobody answers the goodbye
        };
        co_await beside(serve(), both());
        CHECK(h.listener.gaps.size() == 2);
    }(house, connections));
    CHECK(connections == 3);
}

TEST_CASE("edge cases 4 and 5: a refresh every 50 ms under load loses nothing and gives nothing twice") {
    SocketHouse house;
    std::map<std::string, int> sent;
    house.listener.at_once = false;
    house.live([&]() -> awaitable<void> {
        co_await house.up();
        std::size_t answered = 0;
        for (int round = 0; round < 40; ++round) {
            const int newest = house.slack.open.rbegin()->first;
            for (int i = 0; i < 50; ++i) {
                // Like Slack: any socket that is open, those asked to leave only for a while.
                const int number = i % 5 == 0 ? house.slack.open.begin()->first : newest;
                const std::string id = std::to_string(round) + "-" + std::to_string(i);
                if (house.slack.codes.count(number) == 0 && house.slack.send(number, event(id)))
                    sent[id] = number;
                if (i % 10 == 9) co_await pause(5ms);
                for (; answered + 20 < house.listener.deliveries.size(); ++answered) {
                    house.listener.deliveries[answered].acknowledge();
                }
            }
            house.slack.send(newest, refresh);
            co_await pause(25ms);
        }
        const auto settle = [&] {
            for (; answered < house.listener.deliveries.size(); ++answered) {
                house.listener.deliveries[answered].acknowledge();
            }
            return house.listener.envelopes.size() >= sent.size() && house.slack.acks.size() >= sent.size();
        };
        co_await until(settle);
        CHECK(house.socket_mode->metrics().lines.refreshed > 20);
        CHECK(house.socket_mode->metrics().lines.dropped == 0);
    });
    CHECK(sent.size() > 1500);
    CHECK(house.listener.gaps.empty());
    const std::set<std::string> heard{house.listener.envelopes.begin(), house.listener.envelopes.end()};
    CHECK(heard.size() == house.listener.envelopes.size());
    CHECK(heard.size() == sent.size());
    for (const auto& [number, text] : house.slack.acks) {
        const auto ack = boost::json::parse(text).as_object();
        REQUIRE(sent.at(std::string{ack.at("envelope_id").as_string()}) == number);
    }
}
