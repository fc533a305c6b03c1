#pragma once

#include <boost/asio/post.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <string>
#include <vector>

#include "adapters/net/pool.hpp"
#include "adapters/net/server.hpp"
#include "adapters/net/wakeup.hpp"
#include "adapters/slack/api/web_api.hpp"
#include "support/catch.hpp"
#include "unit/net/loop.hpp"

namespace rapport::test {

namespace json = boost::json;
using namespace rapport::slack;

/// A clock that stands still until the test moves it; or, `automatic`, jumps to the end of each sleep.
class FakeClock {
public:
    Timing timing() {
        Timing timing;
        timing.now = [this] { return now; };
        timing.sleep = [this](std::chrono::milliseconds time) { return sleep(time); };
        timing.roll = [] { return 0.5; };
        return timing;
    }
    void advance(std::chrono::milliseconds time) {
        now += time;
        for (net::Wakeup* sleeper : sleeping_) sleeper->notify();
    }
    std::size_t sleepers() const { return sleeping_.size(); }

    Time now{std::chrono::hours{480'000}};
    bool automatic = false;
    std::chrono::milliseconds longest{};  ///< Longest sleep asked for.

private:
    awaitable<void> sleep(std::chrono::milliseconds time) {
        longest = std::max(longest, time);
        const Time due = now + time;
        if (automatic) {
            now = std::max(now, due);
            co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
            co_return;
        }
        net::Wakeup wakeup{co_await asio::this_coro::executor};
        const auto place = sleeping_.insert(sleeping_.end(), &wakeup);
        struct Gone {
            std::list<net::Wakeup*>& list;
            std::list<net::Wakeup*>::iterator place;
            ~Gone() { list.erase(place); }
        } gone{sleeping_, place};
        while (now < due) co_await wakeup.wait();
    }

    std::list<net::Wakeup*> sleeping_{};
};

/// A few lines of Slack: says what the test tells it to, and remembers what it was asked.
class Scripted : public net::HttpHandler {
public:
    using Answerer = std::function<awaitable<net::Response>(const net::Request&)>;

    awaitable<net::Response> handle(net::Request request) override {
        requests.push_back(request);
        if (!next.empty()) {
            Answerer answerer = std::move(next.front());
            next.pop_front();
            net::Response response = co_await answerer(request);
            co_return response;
        }
        if (always) {
            net::Response response = co_await always(request);
            co_return response;
        }
        co_return ok();
    }
    std::optional<net::Response> refuse_upgrade(const net::Request&) override { return net::Response{}; }
    awaitable<void> websocket(net::Request, net::WebSocket&) override { co_return; }

    static net::Response ok(json::object more = {}) {
        more["ok"] = true;
        net::Response response;
        response.body = json::serialize(more);
        return response;
    }
    static net::Response with(unsigned status, std::string body, std::vector<net::Header> headers = {}) {
        net::Response response;
        response.status = status;
        response.body = std::move(body);
        response.headers = std::move(headers);
        return response;
    }
    static Answerer say(net::Response response) {
        return [response](const net::Request&) -> awaitable<net::Response> {
            net::Response copy = response;
            co_return copy;
        };
    }
    /// Takes the request and never answers.
    static Answerer silence() {
        return [](const net::Request&) -> awaitable<net::Response> {
            co_await pause(30s);
            co_return net::Response{};
        };
    }
    void answer(net::Response response) { next.push_back(say(std::move(response))); }

    std::size_t calls(std::string_view method) const {
        std::size_t count = 0;
        for (const net::Request& request : requests) count += request.path() == "/api/" + std::string{method};
        return count;
    }

    std::deque<Answerer> next{};
    Answerer always{};
    std::vector<net::Request> requests{};
};

/// All that a call needs.
struct Office {
    FakeClock clock{};
    Scripted slack{};
    net::Pool pool{};
    WebApiConfig config{};
    std::unique_ptr<net::Server> server{};
    std::unique_ptr<WebApi> api{};

    std::string place() const { return "127.0.0.1:" + std::to_string(server->port()); }
};

/// Runs `body(office)` with the server listening and the client ready. `prepare` changes the configuration.
template <class Body>
void with_office(Body body, std::function<void(Office&)> prepare = {}) {
    run([](std::function<void(Office&)> ready, Body inner) -> awaitable<void> {
        Office it;  // here, as its timers must not outlive the loop
        it.clock.automatic = true;
        it.server = std::make_unique<net::Server>(net::ServerConfig{.port = 0}, it.slack);
        const Result<> listening = it.server->listen(co_await asio::this_coro::executor);
        if (!listening) throw std::runtime_error(listening.error().what);
        it.config.base = ApiBase::parse("http://" + it.place() + "/api").value();
        it.config.bot = fixed_token("xoxb-1-bot");
        it.config.app = fixed_token("xapp-1-app");
        if (ready) ready(it);
        it.api = std::make_unique<WebApi>(it.config, it.pool, it.clock.timing());
        auto serve = [](net::Server& server) -> awaitable<void> { co_await server.run(); };
        co_await beside(serve(*it.server), inner(it));
    }(std::move(prepare), std::move(body)));
}

using Reply = ApiResult<json::object>;

/// Takes a call's outcome, for calls that run beside the test.
inline awaitable<void> into(WebApi& api, std::string method, json::object params, CallOptions options,
                            std::optional<Reply>& out) {
    Reply reply = co_await api.call(method, std::move(params), std::move(options));
    out = std::move(reply);
}

inline CallOptions real_time(std::chrono::milliseconds deadline) {
    CallOptions options;
    options.deadline = deadline;
    return options;
}

/// The fields of a form.
inline std::map<std::string, std::string> form(const std::string& body) {
    auto decode = [](std::string_view text) {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '+') {
                out += ' ';
            } else if (text[i] == '%') {
                out += static_cast<char>(std::stoi(std::string{text.substr(i + 1, 2)}, nullptr, 16));
                i += 2;
            } else {
                out += text[i];
            }
        }
        return out;
    };
    std::map<std::string, std::string> fields;
    std::string_view rest{body};
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        fields[decode(pair.substr(0, equals))] = decode(pair.substr(equals + 1));
    }
    return fields;
}

}  // namespace rapport::test
