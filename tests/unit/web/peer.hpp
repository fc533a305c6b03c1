#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "adapters/net/client.hpp"
#include "support/catch.hpp"
#include "unit/web/fake.hpp"

namespace rapport::test {

namespace json = boost::json;

inline const std::string secret = "0123456789abcdef0123456789abcdef";
inline const std::string visitor = web::visitor_id(secret);

inline std::string message_id(int number) {
    const std::string tail = std::to_string(number);
    return "1700000000000-" + std::string(16 - tail.size(), '0') + tail;
}

/// A page as the adapter sees it.
class Peer {
public:
    static awaitable<Peer> open(const web::WebAdapter& adapter, std::string path) {
        Result<net::WebSocket> socket =
            co_await net::connect_websocket("ws://127.0.0.1:" + std::to_string(adapter.port()) + path);
        if (!socket) throw std::runtime_error(socket.error().what);
        co_return Peer{std::move(*socket)};
    }
    void send(json::object frame) { REQUIRE(socket.try_send(json::serialize(frame))); }
    awaitable<json::object> next() {
        Result<std::string> text = co_await socket.read();
        if (!text) throw std::runtime_error(text.error().what);
        co_return json::parse(*text).as_object();
    }
    /// The next frame of that type; others are passed over.
    awaitable<json::object> next(std::string type) {
        for (;;) {
            json::object frame = co_await next();
            if (frame.at("type").as_string() == type) co_return frame;
        }
    }
    awaitable<std::uint16_t> closed() {
        for (;;) {
            const Result<std::string> text = co_await socket.read();
            if (!text) co_return socket.close_code();
        }
    }

    net::WebSocket socket;

private:
    explicit Peer(net::WebSocket s) : socket(std::move(s)) {}
};

struct Site {
    explicit Site(web::Config config = test_config()) : adapter(std::move(config), house) {}

    awaitable<Peer> chat(std::string name = "Ana", std::string after = "") {
        Peer peer = co_await Peer::open(adapter, "/ws/chat");
        peer.send({{"type", "hello"}, {"secret", secret}, {"name", name}, {"after", after}});
        co_return peer;
    }
    awaitable<Peer> desk(std::string name) {
        Peer peer = co_await Peer::open(adapter, "/ws/desk");
        peer.send({{"type", "hello"}, {"token", test_config().token}});
        co_await peer.next("roster");
        peer.send({{"type", "iam"}, {"name", name}});
        co_return peer;
    }

    FakeHouse house{};
    web::WebAdapter adapter;
};

template <class Body>
void with_site(web::Config config, Body body) {
    Site site{std::move(config)};
    run([](Site& s, Body b) -> awaitable<void> {
        s.house.executor = co_await asio::this_coro::executor;
        const Result<> listening = s.adapter.listen(s.house.executor);
        REQUIRE(listening);
        auto serve = [](Site& it) -> awaitable<void> { co_await it.adapter.run(it.house); };
        co_await beside(serve(s), b(s));
    }(site, std::move(body)));
}

}  // namespace rapport::test
