#pragma once

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/slack/slack_adapter.hpp"
#include "doubles/slack/double.hpp"
#include "support/catch.hpp"
#include "support/fake_slack_world.hpp"

namespace rapport::test {

namespace app = rapport::slack;
namespace json = boost::json;
using slack::Fault;
using slack::Press;
using slack::SlackDouble;
using namespace std::chrono_literals;

inline AccountKey staff(const std::string& name) {
    static const std::map<std::string, std::string> ids{{"ada", "U0ADA"}, {"bea", "U0BEA"}, {"cyd", "U0CYD"}};
    return {"slack", "T0ACME", ids.at(name)};
}

enum class Way { socket, http };

/// The adapter and a Slack, side by side on one loop that the test turns.
class Bench {
public:
    explicit Bench(Way way = Way::socket, std::function<void(app::Config&)> change = {})
        : way_(way), change_(std::move(change)), slack(io.get_executor(), settings()) {
        slack.seed();
        if (!slack.listen()) throw std::runtime_error("the double cannot listen");
        boost::asio::co_spawn(io, slack.run(),
                              boost::asio::bind_cancellation_slot(
                                  stop_slack_.slot(), [this](const std::exception_ptr&, const Result<>&) {
                                      slack_ended_ = true;
                                  }));
        build();
    }
    ~Bench() {
        stop();
        adapter.reset();
        stop_slack_.emit(boost::asio::cancellation_type::terminal);
        until([&] { return slack_ended_; });
    }

    template <class Ready>
    bool until(Ready ready, std::chrono::milliseconds limit = 20s) {
        return turn_until(io, clock, ready, limit);
    }
    /// Lets everything happen for a moment of real time.
    void turn(std::chrono::milliseconds time = 40ms) {
        const auto end = std::chrono::steady_clock::now() + time;
        until([&] { return std::chrono::steady_clock::now() >= end; });
    }

    /// So much later.
    void skip(std::chrono::milliseconds time) { skipped_ += time; }

    /// Runs the adapter; returns once Slack can reach it.
    void start() {
        launch();
        Outgoing nothing;  // is taken as soon as it is known who and where we are
        nothing.body = Notice{};
        while (!ended && !deliver(nothing)) turn(2ms);
        REQUIRE(until([&] { return ended || reachable(); }));
        REQUIRE_FALSE(ended);
    }
    void launch() {
        ended.reset();
        running_ = true;
        boost::asio::co_spawn(
            io, adapter->run(inbox),
            boost::asio::bind_cancellation_slot(
                stop_adapter_.slot(), [this](const std::exception_ptr& error, const Result<>& result) {
                    running_ = false;
                    ended = error ? Result<>{Error{ErrorKind::transient, "cancelled"}} : result;
                }));
    }
    void stop() {
        if (!running_) return;
        stop_adapter_.emit(boost::asio::cancellation_type::terminal);
        if (!until([&] { return !running_; })) throw std::runtime_error("the adapter does not stop");
    }
    /// The program stops and starts again: what is in the notebook and the cursors is all that is left.
    void restart() {
        stop();
        build();
        start();
    }
    void build() {
        adapter.reset();
        app::Config config;
        config.bot_token = "xoxb-double-acme";
        config.app_token = "xapp-1-A0RAPPORT-double";
        config.signing_secret = slack.settings().signing_secret;
        config.http = way_ == Way::http;
        config.port = 0;
        config.api_url = slack.api_url();
        config.is_staff = [](const AccountKey& key, Time) {
            return key == staff("ada") || key == staff("bea") || key == staff("cyd");
        };
        config.leads = [] { return std::vector<AccountKey>{staff("cyd")}; };
        config.log = [this](const std::string& words) { log += words + "\n"; };
        config.timing = clock.timing();
        config.cursors = inbox.cursors();
        if (change_) change_(config);
        adapter = std::make_unique<app::SlackAdapter>(io.get_executor(), std::move(config), office, notebook,
                                                      nullptr);
        if (!adapter->listen()) throw std::runtime_error("the adapter cannot listen");
        if (way_ == Way::http)
            slack.deliver_to("http://127.0.0.1:" + std::to_string(adapter->port()) + "/slack/events");
    }

    Result<> deliver(Outgoing outgoing) {
        std::optional<Result<>> done;
        deliver_into(std::move(outgoing), done);
        REQUIRE(until([&] { return done.has_value(); }));
        return *done;
    }
    void deliver_into(Outgoing outgoing, std::optional<Result<>>& done) {
        boost::asio::co_spawn(io, adapter->deliver(std::move(outgoing)),
                              [&done](const std::exception_ptr& error, const Result<>& result) {
                                  done = error ? Result<>{Error{ErrorKind::transient, "threw"}} : result;
                              });
    }

    std::string direct(const std::string& user) {
        return slack.world().direct("T0ACME", {slack.world().person(user).id, "U0RAPPORT"}).id;
    }
    std::vector<json::object> shown_to(const std::string& user) { return slack.messages(direct(user)); }
    bool all_acknowledged() { return slack.unacked().empty(); }

    Way way_;
    std::function<void(app::Config&)> change_;
    boost::asio::io_context io{1};
    std::chrono::milliseconds skipped_{};
    LeapingClock clock{[this] { return slack::computer_time() + skipped_; }};
    SlackDouble slack;
    FakeInbox inbox{};
    FakeOffice office{};
    FakeNotebook notebook{};
    std::string log{};
    std::optional<Result<>> ended{};
    std::unique_ptr<app::SlackAdapter> adapter{};

private:
    bool reachable() {
        if (way_ == Way::http) return true;
        for (const slack::SocketInfo& socket : slack.sockets())
            if (socket.live) return true;
        return false;
    }
    slack::Settings settings() {
        slack::Settings settings;
        settings.clock = [this] { return clock.now(); };
        settings.pace.trigger = 10min;  // leaps must not wear triggers out
        settings.pace.ticket = 10min;
        settings.pace.drain = 100ms;
        return settings;
    }
    boost::asio::cancellation_signal stop_slack_{};
    boost::asio::cancellation_signal stop_adapter_{};
    bool slack_ended_ = false;
    bool running_ = false;
};

inline Card a_card(std::uint32_t revision = 1, std::string status = "Waiting for Ada") {
    Card card;
    card.id = "alert:7";
    card.revision = revision;
    card.title = "A speaker writes about us";
    card.status = std::move(status);
    card.fields = {{"Who", "Sam, speaker"}};
    card.quotes = {{"Sam", "Is a second edition planned?", {}, ""}};
    card.buttons = {{"claim", "I'll reply", ButtonStyle::primary, {}, "", ""},
                    {"snooze", "Later", ButtonStyle::normal, {{"In an hour", "1h"}}, "", ""},
                    {"hand_over", "Hand over", ButtonStyle::normal, {{"Bea", "bea"}}, "", ""}};
    card.history = {{Time{std::chrono::hours{480'000}}, "Ada was asked"}};
    return card;
}

inline Outgoing to(std::vector<std::string> names, Card card, bool notify = true) {
    Outgoing outgoing;
    outgoing.id = card.id + ":" + std::to_string(card.revision);
    for (const std::string& name : names) outgoing.to.push_back(staff(name));
    outgoing.team = names.empty();
    outgoing.notify = notify;
    outgoing.body = std::move(card);
    return outgoing;
}

inline std::string text_of(const json::object& message) {
    const json::value* text = message.if_contains("text");
    return text && text->is_string() ? std::string(text->get_string()) : std::string{};
}
inline std::string ts_of(const json::object& message) {
    return std::string(message.at("ts").as_string());
}
inline std::string all_of(const json::object& message) {
    return json::serialize(message);
}

}  // namespace rapport::test
