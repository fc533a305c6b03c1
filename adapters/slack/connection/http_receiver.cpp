#include "adapters/slack/connection/http_receiver.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "adapters/net/server.hpp"
#include "adapters/slack/connection/http_body.hpp"
#include "adapters/slack/connection/moment.hpp"
#include "adapters/slack/connection/signature.hpp"

namespace rapport::slack {
namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr std::chrono::seconds notable_skew{60};
constexpr std::chrono::minutes skew_told_every{10};

net::Response answer(unsigned status, std::string body = {}, const char* type = "text/plain; charset=utf-8") {
    net::Response response;
    response.status = status;
    if (!body.empty()) response.headers.push_back({"Content-Type", type});
    response.body = std::move(body);
    return response;
}

net::Response json_answer(const json::object& body) {
    return answer(200, json::serialize(body), "application/json; charset=utf-8");
}

/// Slack delivers again what is answered so, as long as the answer does not forbid it (X-Slack-No-Retry).
net::Response later(std::string words) {
    return answer(503, std::move(words));
}

/// Waits for the acknowledgement of one request. Shared with the Acknowledge, which may come too late.
struct Answering {
    explicit Answering(const asio::any_io_executor& executor) : timer(executor) {}
    ~Answering() = default;
    void settle() {
        settled = true;
        timer.cancel();
    }
    asio::steady_timer timer;
    bool settled = false;  ///< Acknowledged, or certain never to be.
    bool acknowledged = false;
    std::optional<json::object> payload{};
};

/// Held by the Acknowledge: notices if that is destroyed unused.
struct Promise {
    explicit Promise(std::shared_ptr<Answering> to) : answering(std::move(to)) {}
    ~Promise() { answering->settle(); }
    std::shared_ptr<Answering> answering;
};

Acknowledge acknowledge_for(const std::shared_ptr<Answering>& answering, bool takes_payload) {
    const auto promise = std::make_shared<Promise>(answering);
    return Acknowledge{[promise, takes_payload](std::optional<json::object> payload) {
        promise->answering->acknowledged = true;
        if (takes_payload) promise->answering->payload = std::move(payload);
        promise->answering->settle();
    }};
}

asio::awaitable<void> wait_for(Answering& answering, std::chrono::milliseconds limit) {
    if (answering.settled) co_return;
    answering.timer.expires_after(limit);
    co_await answering.timer.async_wait(asio::as_tuple(asio::use_awaitable));
    const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) {
        throw boost::system::system_error{asio::error::operation_aborted};
    }
}

net::ServerConfig server_config(const HttpOptions& options) {
    net::ServerConfig config;
    config.address = options.address;
    config.port = options.port;
    config.body = options.body;
    config.request = options.request;
    config.sockets = options.connections;
    config.sockets_per_address = options.connections;  // Slack comes through one proxy
    return config;
}

std::string skew_words(std::chrono::seconds skew) {
    const auto size = std::chrono::abs(skew);
    const std::string amount =
        size < std::chrono::minutes{2}
            ? std::to_string(size.count()) + " seconds"
            : std::to_string(std::chrono::round<std::chrono::minutes>(size).count()) + " minutes";
    return "This machine's clock is " + amount + (skew.count() < 0 ? " behind" : " ahead of") +
           " Slack's: let it be set by NTP. Slack's requests count as forged when the two are more than five "
           "minutes apart.";
}

}  // namespace

struct HttpReceiver::Impl : net::HttpHandler {
    Impl(HttpOptions settings, Receiver& to)
        : options(std::move(settings)), receiver(to), server(server_config(options), *this) {}

    asio::awaitable<net::Response> handle(net::Request request) override {
        const bool ours =
            std::find(options.paths.begin(), options.paths.end(), request.path()) != options.paths.end();
        if (!ours) {
            if (options.other) {
                std::optional<net::Response> response = co_await options.other(request);
                if (response) co_return std::move(*response);
            }
            co_return answer(404, "There is nothing here.\n");
        }
        if (request.method != "POST") {
            net::Response response = answer(405, "This address is for Slack, which posts to it.\n");
            response.headers.push_back({"Allow", "POST"});
            co_return response;
        }
        if (is_unsigned_ssl_check(request)) co_return answer(200);
        if (!signed_by_slack(request)) {
            ++metrics.refused;
            co_return answer(401, "This request is not signed by Slack, or too old.\n");
        }
        co_return co_await take(std::move(request));
    }

    std::optional<net::Response> refuse_upgrade(const net::Request&) override {
        return answer(404, "There is no WebSocket here.\n");
    }
    asio::awaitable<void> websocket(net::Request, net::WebSocket&) override { co_return; }

    Time now() const { return options.now ? options.now() : Moment::real().wall; }

    bool signed_by_slack(const net::Request& request) {
        const Signature signature = check_signature(request, options.signing_secret, now(), options.age);
        if (!signature.valid) return false;
        metrics.skew = signature.skew;
        const bool told = skew_told && now() - *skew_told < skew_told_every && now() >= *skew_told;
        if (std::chrono::abs(signature.skew) > notable_skew && !told) {
            skew_told = now();
            if (options.log) options.log(skew_words(signature.skew));
        }
        return signature.recent;
    }

    asio::awaitable<net::Response> take(net::Request request) {
        HttpBody body = read_body(request, now());
        if (std::holds_alternative<SslCheck>(body)) co_return answer(200);
        if (const auto* challenge = std::get_if<Challenge>(&body)) {
            json::object word;
            word["challenge"] = challenge->word;
            co_return json_answer(word);
        }
        if (const auto* blackout = std::get_if<Blackout>(&body)) {
            ++metrics.rate_limited;
            receiver.may_have_missed(blackout->from, blackout->until, "Slack held events back for a minute");
            co_return answer(200);
        }
        const auto answering = std::make_shared<Answering>(co_await asio::this_coro::executor);
        const bool taken = std::holds_alternative<Malformed>(body)
                               ? give_unreadable(std::get<Malformed>(body), request, answering)
                               : give(std::get<HttpPost>(body), request, answering);
        if (!taken) {
            ++metrics.overloaded;
            co_return later("Rapport is busy; please deliver this again.\n");
        }
        co_await wait_for(*answering, options.acknowledged);
        if (!answering->acknowledged) {
            ++metrics.too_slow;
            co_return later("Rapport could not keep this in time; please deliver it again.\n");
        }
        if (std::holds_alternative<HttpPost>(body)) ++metrics.deliveries;
        if (answering->payload) co_return json_answer(*answering->payload);
        co_return answer(200);
    }

    bool give(HttpPost& post, const net::Request& request, const std::shared_ptr<Answering>& answering) {
        if (!std::exchange(heard, true)) receiver.connected(Id{text_of(post.payload, "api_app_id")});
        Delivery delivery;
        delivery.kind = post.kind;
        delivery.payload = std::move(post.payload);
        delivery.retry = retry_number(request.header("X-Slack-Retry-Num"));
        delivery.takes_payload = post.takes_payload;
        delivery.acknowledge = acknowledge_for(answering, post.takes_payload);
        delivery.received = now();
        return receiver.receive(delivery);
    }

    bool give_unreadable(Malformed& malformed, const net::Request& request,
                         const std::shared_ptr<Answering>& answering) {
        ++metrics.unreadable;
        Unreadable unreadable;
        unreadable.raw = request.body.substr(0, max_unreadable);
        unreadable.why = std::move(malformed.why);
        unreadable.acknowledge = acknowledge_for(answering, false);
        if (options.unreadable) {
            options.unreadable(std::move(unreadable));
        } else {
            unreadable.acknowledge();
        }
        return true;
    }

    HttpOptions options;
    Receiver& receiver;
    HttpMetrics metrics{};
    std::optional<Time> skew_told{};
    bool heard = false;
    net::Server server;
};

HttpReceiver::HttpReceiver(HttpOptions options, Receiver& receiver)
    : impl_(std::make_unique<Impl>(std::move(options), receiver)) {}
HttpReceiver::~HttpReceiver() = default;

Result<> HttpReceiver::listen(asio::any_io_executor executor) {
    return impl_->server.listen(std::move(executor));
}

std::uint16_t HttpReceiver::port() const noexcept {
    return impl_->server.port();
}

HttpMetrics HttpReceiver::metrics() const {
    return impl_->metrics;
}

asio::awaitable<Result<>> HttpReceiver::run() {
    if (impl_->options.signing_secret.empty()) {
        co_return Error{
            ErrorKind::unauthorized,
            "there is no signing secret, so nobody could tell Slack's requests from forged ones: set "
            "SLACK_SIGNING_SECRET (api.slack.com/apps, your app, \"Basic Information\", "
            "\"App Credentials\")"};
    }
    co_return co_await impl_->server.run();
}

}  // namespace rapport::slack
