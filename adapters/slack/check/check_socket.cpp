// With Socket Mode: does Slack open a connection, and do events come over it.

#include <fmt/core.h>

#include "adapters/net/with_timeout.hpp"
#include "adapters/slack/api/json_read.hpp"
#include "adapters/slack/check/look.hpp"
#include "adapters/slack/connection/frame.hpp"
#include "adapters/slack/connection/open_errors.hpp"

namespace rapport::slack {
namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr std::string_view switch_on =
    "Switch it on at api.slack.com/apps, your app, \"Socket Mode\", \"Enable Socket Mode\".";

using Clock = std::chrono::steady_clock;

/// The next frame before `until`.
asio::awaitable<Result<net::WebSocketMessage>> next(net::WebSocket& socket, Clock::time_point until) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    if (left.count() <= 0) co_return Error{ErrorKind::transient, "nothing came in time"};
    Result<net::WebSocketMessage> message =
        co_await net::with_timeout(socket.read_any(), left, "waiting for Slack");
    co_return message;
}

asio::awaitable<std::optional<net::WebSocket>> open_socket(Look& look) {
    const ApiResult<std::string> url = co_await open_connection(look.api);
    if (!url) {
        const std::optional<Error> fatal = fatal_open_error(url.error().code);
        if (url.error().code == "socket_mode_not_enabled") {
            look.problem("Socket Mode is switched off in the app's settings.", std::string{switch_on});
        } else {
            look.problem(sentence(fatal ? fatal->what : url.error().what));
        }
        co_return std::nullopt;
    }
    net::ClientOptions client;
    client.tls = look.options.tls;
    client.connect = look.options.call;
    Result<net::WebSocket> socket = co_await net::connect_websocket(*url, {}, client);
    if (!socket) {
        look.problem("Slack gave an address for a connection, but it cannot be opened: " +
                         redact(socket.error().what) + ".",
                     "Check that proxies and firewalls let wss:// through to slack.com, port 443.");
        co_return std::nullopt;
    }
    std::optional<net::WebSocket> opened{std::move(*socket)};
    co_return opened;
}

/// The app's id as bots.info tells it; empty if it does not.
asio::awaitable<Id> app_of_bot(Look& look) {
    if (look.who.bot.empty()) co_return Id{};
    CallOptions options;
    options.deadline = look.options.call;
    const ApiResult<json::object> answer =
        co_await look.api.call("bots.info", {{"bot", look.who.bot}}, std::move(options));
    const json::object* bot = answer ? object_in(*answer, "bot") : nullptr;
    co_return bot ? text_in(*bot, "app_id") : Id{};
}

asio::awaitable<bool> greeted(Look& look, net::WebSocket& socket, bool bot) {
    const Clock::time_point until = Clock::now() + look.options.hello;
    for (;;) {
        const Result<net::WebSocketMessage> message = co_await next(socket, until);
        if (!message) {
            look.problem("Slack opened a connection and then did not say hello.",
                         "Look at slack-status.com, and try again in a few minutes.");
            co_return false;
        }
        const Frame frame = read_frame(message->text);
        if (const auto* disconnect = std::get_if<Disconnect>(&frame)) {
            look.problem(fmt::format("Slack closed the connection at once: {}.", disconnect->reason),
                         std::string{disconnect->reason == "link_disabled" ? switch_on
                                                                           : "Try again in a few minutes."});
            co_return false;
        }
        const auto* hello = std::get_if<Hello>(&frame);
        if (!hello) continue;
        Id ours;
        if (bot) ours = co_await app_of_bot(look);
        if (!ours.empty() && !hello->app.empty() && ours != hello->app) {
            look.problem(fmt::format("{} and {} are of two different apps ({} and {}).",
                                     look.workspace.bot_token.variable, look.workspace.app_token.variable,
                                     ours, hello->app),
                         "Take both from the same app at api.slack.com/apps.");
            co_return false;
        }
        const bool others = hello->connections.value_or(1) > 1;
        look.ok(
            std::string{"The app token is good, and Slack says hello over Socket Mode."} +
            (others ? " Another connection of this app is open as well: a Rapport that runs already?" : ""));
        co_return true;
    }
}

/// Where the line of `live` goes: the alert channel, else the lead.
asio::awaitable<Id> live_channel(Look& look) {
    if (!look.alert_channel.empty()) co_return look.alert_channel;
    for (const CheckedStaffer& staffer : look.options.staff) {
        for (const AccountKey& key : staffer.accounts) {
            if (!staffer.lead || key.platform != "slack" || key.realm != look.who.realm()) continue;
            const ApiResult<Id> opened = co_await conversations_open(look.api, {key.id});
            if (opened) co_return *opened;
        }
    }
    co_return Id{};
}

bool tells_of(const Envelope& envelope, const Posted& posted) {
    const json::object* event = object_in(envelope.payload, "event");
    return event && text_in(*event, "type") == "message" && text_in(*event, "channel") == posted.channel &&
           text_in(*event, "ts") == posted.ts;
}

/// Acknowledges our own line and nothing else: the rest is for the Rapport that runs.
asio::awaitable<bool> heard(Look& look, net::WebSocket& socket, Posted posted) {
    const Clock::time_point until = Clock::now() + look.options.event;
    for (;;) {
        const Result<net::WebSocketMessage> message = co_await next(socket, until);
        if (!message) co_return false;
        const Frame frame = read_frame(message->text);
        const auto* envelope = std::get_if<Envelope>(&frame);
        if (!envelope || !tells_of(*envelope, posted)) continue;
        const Result<> acknowledged = co_await socket.send(ack_text(envelope->id, std::nullopt));
        co_return acknowledged.has_value();
    }
}

asio::awaitable<void> look_at_events(Look& look, net::WebSocket& socket) {
    const Id channel = co_await live_channel(look);
    if (channel.empty()) {
        look.unknown(
            "Whether events come: there is no alert channel, and no lead with an account here, to post a "
            "line to.");
        co_return;
    }
    const std::string text =
        "Rapport looks whether it hears what is said here. This line goes away by itself.";
    const ApiResult<Posted> posted = co_await post_message(look.api, {{"channel", channel}, {"text", text}});
    if (!posted) {
        look.problem("Rapport cannot post: " + posted.error().what + ".");
        co_return;
    }
    const bool came = co_await heard(look, socket, *posted);
    CallOptions options;
    options.deadline = look.options.call;
    const ApiResult<json::object> deleted = co_await look.api.call(
        "chat.delete", {{"channel", posted->channel}, {"ts", posted->ts}}, std::move(options));
    if (came) {
        look.ok("A line was posted, Slack told of it, and it is deleted again: events come.");
    } else {
        look.problem(
            fmt::format("A line was posted, and Slack did not tell of it within {} s: events do "
                        "not come.",
                        std::chrono::ceil<std::chrono::seconds>(look.options.event).count()),
            "At api.slack.com/apps, your app, \"Event Subscriptions\", switch \"Enable Events\" on; under "
            "\"Subscribe to bot events\" there must be message.channels, message.groups and message.im "
            "(config/slack-manifest.yaml has all of them). If Rapport is running, it may have taken the "
            "event: stop it and check again.");
    }
    if (!deleted) look.unknown("Whether that line is gone again: " + deleted.error().what + ".");
}

}  // namespace

asio::awaitable<void> look_at_socket_mode(Look& look, bool bot) {
    std::optional<net::WebSocket> socket = co_await open_socket(look);
    if (!socket) co_return;
    const bool hello = co_await greeted(look, *socket, bot);
    if (hello && bot && look.options.live) {
        co_await look_at_events(look, *socket);
    } else if (hello && bot) {
        look.unknown(
            "Whether events come over it: that takes a line posted to Slack.",
            "`rapport slack check --live` posts one to the alert channel (or to the lead) and deletes it.");
    }
    co_await socket->close();
}

}  // namespace rapport::slack
