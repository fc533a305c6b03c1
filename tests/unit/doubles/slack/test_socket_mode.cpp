#include <boost/asio/experimental/awaitable_operators.hpp>

#include "adapters/net/with_timeout.hpp"
#include "support.hpp"
#include "support/catch.hpp"

namespace rapport::test::slack {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using Frames = std::vector<json::object>;

std::string open_url(RunningDouble& slack) {
    const Answer answer = call(slack, "apps.connections.open", {}, app_token);
    REQUIRE(answer.ok());
    return std::string{answer.body.at("url").as_string()};
}

/// The next frame; an empty object if the socket is over or nothing comes.
asio::awaitable<json::object> next(net::WebSocket& socket,
                                   std::chrono::milliseconds limit = std::chrono::seconds{3}) {
    const Result<std::string> text = co_await net::with_timeout(socket.read(), limit, "reading");
    if (!text) co_return json::object{};
    co_return json::parse(*text).as_object();
}

void ack(net::WebSocket& socket, const json::object& frame, std::optional<json::object> payload = {}) {
    json::object answer{{"envelope_id", frame.at("envelope_id")}};
    if (payload) answer["payload"] = *payload;
    CHECK(socket.try_send(json::serialize(answer)));
}

asio::awaitable<net::WebSocket> opened(std::string url) {
    Result<net::WebSocket> socket = co_await net::connect_websocket(std::move(url));
    if (!socket) throw std::runtime_error(socket.error().what);
    co_return std::move(*socket);
}

asio::awaitable<void> talk_once(RunningDouble& slack) {
    const std::string url = open_url(slack);
    net::WebSocket socket = co_await opened(url);
    const json::object hello = co_await next(socket);
    CHECK(hello.at("type") == "hello");
    CHECK(hello.at("num_connections") == 1);
    CHECK(hello.at("connection_info").at("app_id") == "A0RAPPORT");
    const Result<net::WebSocket> again = co_await net::connect_websocket(url);
    CHECK_FALSE(again);

    slack([](SlackDouble& s) { s.people().say("cleo", "help", "Hello <@U0RAPPORT>"); });
    const json::object message = co_await next(socket);
    const json::object mention = co_await next(socket);
    CHECK(message.at("type") == "events_api");
    CHECK(message.at("retry_attempt") == 0);
    CHECK(message.at("payload").at("event").at("type") == "message");
    CHECK(message.at("payload").at("event").at("channel_type") == "channel");
    CHECK(mention.at("payload").at("event").at("type") == "app_mention");
    CHECK(message.at("payload").at("event").at("ts") == mention.at("payload").at("event").at("ts"));
    CHECK(message.at("payload").at("event_id") != mention.at("payload").at("event_id"));
    ack(socket, message);
    const json::object once_more = co_await next(socket);  // The mention was not acknowledged.
    CHECK(once_more.at("retry_attempt") == 1);
    CHECK(once_more.at("retry_reason") == "timeout");
    CHECK(once_more.at("envelope_id") == mention.at("envelope_id"));
    ack(socket, once_more);
    CHECK(slack.until([](SlackDouble& s) { return s.unacked().empty(); }));
    co_await socket.close();
}

TEST_CASE("a socket says hello once per ticket and repeats what is not acknowledged") {
    RunningDouble slack{quick()};
    run(talk_once(slack));
    CHECK(slack.until([](SlackDouble& s) { return s.sockets().empty(); }));
    CHECK(slack([](SlackDouble& s) { return s.complaints(); }).size() == 1);  // The second use of the ticket.
}

asio::awaitable<void> click(RunningDouble& slack) {
    net::WebSocket socket = co_await opened(open_url(slack));
    co_await next(socket);
    const Answer posted = call_json(
        slack, "chat.postMessage",
        {{"channel", "C0ALERTS"},
         {"text", "An alert"},
         {"blocks",
          json::parse(R"([{"type":"actions","block_id":"b","elements":[{"type":"button","action_id":"take",
                "value":"a1:3","text":{"type":"plain_text","text":"I'll reply"}}]}])")}});
    REQUIRE(posted.ok());
    const std::string ts{posted.body.at("ts").as_string()};
    ack(socket, co_await next(socket));
    slack([&](SlackDouble& s) { s.people().press("ada", {"alerts", ts, {}, "take", {}, {}}); });
    const json::object pressed = co_await next(socket);
    CHECK(pressed.at("type") == "interactive");
    const json::object& payload = pressed.at("payload").as_object();
    CHECK(payload.at("type") == "block_actions");
    CHECK(payload.at("user").at("id") == "U0ADA");
    CHECK(payload.at("actions").at(0).at("value") == "a1:3");
    CHECK(payload.at("container").at("message_ts").as_string() == ts);
    CHECK(payload.at("message").at("ts").as_string() == ts);
    ack(socket, pressed);
    const std::string trigger{payload.at("trigger_id").as_string()};
    const std::string view = R"({"type":"modal","callback_id":"c","title":{"type":"plain_text","text":"T"},
        "submit":{"type":"plain_text","text":"OK"},"blocks":[{"type":"input","block_id":"why",
        "label":{"type":"plain_text","text":"Why"},"element":{"type":"plain_text_input","action_id":"t"}}]})";
    const Answer open = call(slack, "views.open", {{"trigger_id", trigger}, {"view", view}});
    REQUIRE(open.ok());
    CHECK(call(slack, "views.open", {{"trigger_id", trigger}, {"view", view}}).error() ==
          "exchanged_trigger_id");
    const std::string id{open.body.at("view").at("id").as_string()};
    CHECK(call(slack, "views.update", {{"view_id", id}, {"hash", "old"}, {"view", view}}).error() ==
          "hash_conflict");

    CHECK(slack([](SlackDouble& s) { return s.people().submit("ada"); }).empty());
    CHECK(slack([](SlackDouble& s) { return s.notes("ada")[0].what; }) == "required why");
    slack([](SlackDouble& s) { s.people().submit("ada", {{"why", "Because"}}); });
    const json::object submitted = co_await next(socket);
    CHECK(submitted.at("accepts_response_payload") == true);
    CHECK(submitted.at("payload").at("view").at("state").at("values").at("why").at("t").at("value") ==
          "Because");
    ack(socket, submitted,
        json::object{{"response_action", "errors"}, {"errors", {{"nowhere", "This block is not there"}}}});
    CHECK(slack.until([](SlackDouble& s) { return s.notes("ada").size() == 2; }));
    CHECK(slack([](SlackDouble& s) { return s.notes("ada")[1].what; }) == "trouble_connecting");
    slack([](SlackDouble& s) { s.people().submit("ada"); });
    ack(socket, co_await next(socket));
    CHECK(slack.until([](SlackDouble& s) { return s.views("ada").empty(); }));

    slack([](SlackDouble& s) { s.people().slash("bea", "general", "/rapport", "mine"); });
    const json::object command = co_await next(socket);
    CHECK(command.at("type") == "slash_commands");
    CHECK(command.at("payload").at("is_enterprise_install") == "false");
    ack(socket, command, json::object{{"text", "Nothing waits for you."}});
    CHECK(slack.until([](SlackDouble& s) { return s.ephemerals("bea").size() == 1; }));
    slack([](SlackDouble& s) { s.people().slash("bea", "general", "/rapport", "help"); });
    co_await next(socket);
    CHECK(slack.until([](SlackDouble& s) { return s.notes("bea").size() == 1; }));
    CHECK(slack([](SlackDouble& s) { return s.notes("bea")[0].what; }) == "operation_timeout");
    CHECK(
        slack([](SlackDouble& s) { return s.people().slash("eve", "ext-globex", "/rapport", ""); }).empty());
    const std::string reply{command.at("payload").at("response_url").as_string()};
    for (int i = 0; i < 5; ++i) CHECK(post(reply, R"({"text":"x"})", "application/json", "").status == 200);
    CHECK(post(reply, R"({"text":"x"})", "application/json", "").status == 404);
    co_await socket.close();
}

TEST_CASE("buttons, modals, commands: what people see when the app answers, wrongly, or not") {
    RunningDouble slack{quick()};
    run(click(slack));
}

asio::awaitable<void> refresh(RunningDouble& slack) {
    net::WebSocket first = co_await opened(open_url(slack));
    co_await next(first);
    const json::object warning = co_await next(first);
    CHECK(warning.at("reason") == "warning");
    const json::object goodbye = co_await next(first);
    CHECK(goodbye.at("reason") == "refresh_requested");
    net::WebSocket second = co_await opened(open_url(slack));
    co_await next(second);
    slack([](SlackDouble& s) { s.people().say("cleo", "help", "To the new one"); });
    const json::object event = co_await next(second);
    CHECK(event.at("type") == "events_api");
    ack(second, event);
    const Result<std::string> over = co_await first.read();
    CHECK_FALSE(over);
    CHECK(first.close_code() == 1000);
}

TEST_CASE("a socket is warned and asked to go and closed and new ones get the events") {
    Settings settings = quick();
    settings.pace.connection = std::chrono::milliseconds{150};
    settings.pace.warning = std::chrono::milliseconds{50};
    RunningDouble slack{settings};
    run(refresh(slack));
}

asio::awaitable<void> too_many(RunningDouble& slack) {
    slack([](SlackDouble& s) { s.courier().add_ghosts(10); });
    net::WebSocket socket = co_await opened(open_url(slack));
    const json::object frame = co_await next(socket);
    CHECK(frame.at("reason") == "too_many_websockets");
    slack([](SlackDouble& s) {
        s.courier().drop_ghosts();
        s.switch_socket_mode(false);
    });
    CHECK(call(slack, "apps.connections.open", {}, app_token).ok() == false);
}

asio::awaitable<void> stay_until_replaced(RunningDouble& slack) {
    net::WebSocket old = co_await opened(open_url(slack));
    co_await next(old);
    slack([](SlackDouble& s) { s.courier().disconnect("refresh_requested"); });
    CHECK((co_await next(old)).at("type") == "disconnect");
    asio::steady_timer well_after{co_await asio::this_coro::executor, std::chrono::milliseconds{150}};
    co_await well_after.async_wait(asio::use_awaitable);
    slack([](SlackDouble& s) { s.people().say("cleo", "help", "Anybody there?"); });
    const json::object message = co_await next(old);
    REQUIRE(message.contains("envelope_id"));
    ack(old, message);
    net::WebSocket fresh = co_await opened(open_url(slack));
    CHECK((co_await next(fresh)).at("type") == "hello");
    CHECK((co_await next(old)).empty());
    CHECK(slack.until([](SlackDouble& s) { return s.sockets().size() == 1; }));
    co_await fresh.close();
}

TEST_CASE("a socket that was asked to go stays until it is replaced, as long as patience lasts") {
    Settings settings = quick();
    settings.pace.drain = std::chrono::milliseconds{10};
    settings.pace.patience = std::chrono::seconds{30};
    RunningDouble slack{settings};
    run(stay_until_replaced(slack));
}

asio::awaitable<void> leave(RunningDouble& slack) {
    net::WebSocket socket = co_await opened(open_url(slack));
    co_await next(socket);
    slack([](SlackDouble& s) {
        s.courier().close();
        s.people().say("cleo", "help", "Anybody there?");
        const auto unacked = s.unacked();
        REQUIRE(unacked.size() == 1);
        CHECK(unacked.front().sends == 0);
    });
    CHECK((co_await next(socket)).empty());
}

TEST_CASE("nothing is sent on a socket that is being closed") {
    RunningDouble slack{quick()};
    run(leave(slack));
}

TEST_CASE("the eleventh socket and a switched-off Socket Mode are refused") {
    RunningDouble slack{quick()};
    run(too_many(slack));
}

asio::awaitable<void> frozen(RunningDouble& slack) {
    net::WebSocket socket = co_await opened(open_url(slack));
    co_await next(socket);
    slack([](SlackDouble& s) {
        s.freeze();
        s.people().say("cleo", "help", "Into the dark");
    });
    const json::object nothing = co_await next(socket, std::chrono::milliseconds{100});
    CHECK(nothing.empty());
    socket.cut();
    CHECK(slack([](SlackDouble& s) { return s.sockets().size(); }) == 1);  // A ghost from now on.
    net::WebSocket other = co_await opened(open_url(slack));
    const json::object hello = co_await next(other);
    CHECK(hello.at("num_connections") == 2);
}

TEST_CASE("a frozen socket neither speaks nor ends and is counted on") {
    RunningDouble slack{quick()};
    run(frozen(slack));
}

asio::awaitable<void> unkind(RunningDouble& slack) {
    net::WebSocket socket = co_await opened(open_url(slack));
    co_await next(socket);
    slack([](SlackDouble& s) {
        s.policy().drop_acks = 1;
        s.policy().new_envelope_on_retry = true;
        s.people().say("cleo", "help", "ack lost");
    });
    const json::object lost = co_await next(socket);
    ack(socket, lost);
    const json::object again = co_await next(socket);
    CHECK(again.at("retry_attempt") == 1);
    CHECK(again.at("envelope_id") != lost.at("envelope_id"));
    CHECK(again.at("payload").at("event_id") == lost.at("payload").at("event_id"));
    ack(socket, again);
    slack([](SlackDouble& s) {
        s.policy().hold = 2;
        s.people().say("cleo", "help", "first");
        s.people().say("cleo", "help", "second");
    });
    const json::object second = co_await next(socket);
    const json::object first = co_await next(socket);
    CHECK(second.at("payload").at("event").at("text") == "second");
    CHECK(first.at("payload").at("event").at("text") == "first");
    ack(socket, first);
    ack(socket, second);
    slack([](SlackDouble& s) {
        s.policy().duplicate = 1;
        s.people().say("cleo", "help", "twice");
    });
    const json::object once = co_await next(socket);
    const json::object twice = co_await next(socket);
    CHECK(once.at("envelope_id") == twice.at("envelope_id"));
    ack(socket, once);
    ack(socket, twice);
    co_await socket.close();
}

TEST_CASE("events come in another order and twice and again after a lost acknowledgement") {
    RunningDouble slack{quick()};
    run(unkind(slack));
    CHECK(slack.until([](SlackDouble& s) { return s.unacked().empty(); }));
    CHECK(slack([](SlackDouble& s) { return s.complaints(); }).empty());
}

TEST_CASE("mistakes of the app are told: double acks and payloads nobody takes") {
    RunningDouble slack{quick()};
    const auto talk = [](RunningDouble& s) -> asio::awaitable<void> {
        net::WebSocket socket = co_await opened(open_url(s));
        co_await next(socket);
        s([](SlackDouble& d) { d.people().say("cleo", "help", "Hi"); });
        const json::object event = co_await next(socket);
        ack(socket, event, json::object{{"text", "no"}});
        ack(socket, event);
        ack(socket, {{"envelope_id", "made up"}});
        co_await socket.close();
    };
    run(talk(slack));
    CHECK(slack.until([](SlackDouble& s) { return s.complaints().size() == 3; }));
}

}  // namespace
}  // namespace rapport::test::slack
