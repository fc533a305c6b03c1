#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include "adapters/net/server.hpp"
#include "support.hpp"
#include "support/catch.hpp"

namespace rapport::test::slack {
namespace {

namespace asio = boost::asio;

/// An app that takes deliveries and answers as it was told.
class App : net::HttpHandler {
public:
    App() : server_(net::ServerConfig{.port = 0}, *this) {
        if (!server_.listen(context_.get_executor())) throw std::runtime_error("cannot listen");
        asio::co_spawn(context_, server_.run(),
                       asio::bind_cancellation_slot(stop_.slot(), [](auto, auto) {}));
        thread_ = std::thread{[this] { context_.run(); }};
    }
    ~App() {
        asio::post(context_, [this] { stop_.emit(asio::cancellation_type::terminal); });
        thread_.join();
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()) + "/slack"; }
    void answer(std::vector<net::Response> answers) {
        const std::lock_guard lock{mutex_};
        answers_ = std::move(answers);
    }
    std::vector<net::Request> requests() {
        const std::lock_guard lock{mutex_};
        return requests_;
    }

private:
    asio::awaitable<net::Response> handle(net::Request request) override {
        const std::lock_guard lock{mutex_};
        requests_.push_back(std::move(request));
        if (answers_.empty()) co_return net::Response{};
        net::Response first = answers_.front();
        answers_.erase(answers_.begin());
        co_return first;
    }
    std::optional<net::Response> refuse_upgrade(const net::Request&) override { return net::Response{}; }
    asio::awaitable<void> websocket(net::Request, net::WebSocket&) override { co_return; }

    asio::io_context context_{1};
    net::Server server_;
    asio::cancellation_signal stop_{};
    std::mutex mutex_{};
    std::vector<net::Request> requests_{};
    std::vector<net::Response> answers_{};
    std::thread thread_{};
};

net::Response status(unsigned number, std::vector<net::Header> headers = {}, std::string body = {}) {
    net::Response response;
    response.status = number;
    response.headers = std::move(headers);
    response.body = std::move(body);
    return response;
}

TEST_CASE("deliveries over HTTP are signed and events repeated with number and reason") {
    App app;
    RunningDouble slack{quick()};
    app.answer({status(500), status(503)});
    slack([&](SlackDouble& s) {
        s.deliver_to(app.url());
        s.people().say("cleo", "help", "Hi");
    });
    CHECK(slack.until([](SlackDouble& s) { return s.unacked().empty(); }));
    const auto seen = app.requests();
    REQUIRE(seen.size() >= 2);
    CHECK(seen.back().header("x-slack-retry-num") == std::to_string(seen.size() - 1));
    CHECK(seen.back().header("x-slack-retry-reason") == "http_error");
    const std::string timestamp{seen[0].header("x-slack-request-timestamp")};
    CHECK(seen[0].header("x-slack-signature") ==
          slack([&](SlackDouble& s) { return s.courier().sign(timestamp, seen[0].body); }));
}

TEST_CASE("a signature is the one that OpenSSL's command line makes") {
    RunningDouble slack{quick()};
    CHECK(slack([](SlackDouble& s) { return s.courier().sign("1700000000", "a=1&b=2"); }) ==
          "v0=db3adc4bf6e2481267f0d7c4c1c43c5283cbc86488139cee2d891e220f64fd78");
}

TEST_CASE("the signature vector of the team's samples") {
    std::ifstream file{RAPPORT_SHARED_DIR "/slack/samples/realistic/http/signature-vector.json"};
    if (!file) RAPPORT_SKIP("../shared/slack/samples is not here");
    std::ostringstream text;
    text << file.rdbuf();
    const boost::json::object vector = boost::json::parse(text.str()).as_object();
    const auto word = [&](const char* name) { return std::string{vector.at(name).as_string()}; };
    Settings settings = quick();
    settings.signing_secret = word("signing_secret");
    RunningDouble slack{settings};
    CHECK(slack([&](SlackDouble& s) { return s.courier().sign(word("timestamp"), word("body")); }) ==
          word("expected"));
}

TEST_CASE("X-Slack-No-Retry ends an event's repetitions and interactions are never repeated") {
    App app;
    RunningDouble slack{quick()};
    app.answer({status(404, {{"X-Slack-No-Retry", "1"}}), status(500)});
    slack([&](SlackDouble& s) {
        s.deliver_to(app.url());
        s.people().say("cleo", "help", "Hi");
    });
    CHECK(slack.until(
        [](SlackDouble& s) { return s.deliveries("message")[0].state == DeliveryState::failed; }));
    slack([](SlackDouble& s) { s.people().slash("ada", "help", "/rapport", "a payload=1 & more"); });
    CHECK(slack.until([](SlackDouble& s) { return s.notes("ada").size() == 1; }));
    CHECK(slack([](SlackDouble& s) { return s.notes("ada")[0].what; }) == "dispatch_failed");
    const auto seen = app.requests();
    REQUIRE(seen.size() == 2);
    CHECK(parse_form(seen[1].body).at("text") == "a payload=1 & more");
}

TEST_CASE("url_verification wants its challenge back and ssl_check an empty answer") {
    App app;
    RunningDouble slack{quick()};
    app.answer({status(200, {}, "no")});
    slack([&](SlackDouble& s) {
        s.deliver_to(app.url());
        s.courier().verify_url();
    });
    CHECK(slack.until(
        [](SlackDouble& s) { return s.deliveries("url_verification")[0].state == DeliveryState::failed; }));
    slack([](SlackDouble& s) { s.courier().ssl_check(); });
    CHECK(slack.until(
        [](SlackDouble& s) { return s.deliveries("ssl_check")[0].state == DeliveryState::acked; }));
    CHECK(app.requests()[1].body == "ssl_check=1&token=legacy-token");
}

}  // namespace
}  // namespace rapport::test::slack
