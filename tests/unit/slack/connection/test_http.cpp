#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/slack/connection/form.hpp"
#include "adapters/slack/connection/http_body.hpp"
#include "adapters/slack/connection/http_receiver.hpp"
#include "adapters/slack/connection/signature.hpp"
#include "support/catch.hpp"
#include "unit/slack/connection/listener.hpp"

using namespace rapport;
using namespace rapport::slack;
using namespace rapport::test;

namespace {

constexpr const char* secret = "8f742231b10e8888abcd99yyyzzz85a5";
constexpr std::chrono::seconds noon{1'700'000'000};
constexpr const char* form_type = "application/x-www-form-urlencoded";

net::Request post(std::string body, std::string type = "application/json", std::chrono::seconds at = noon) {
    net::Request request;
    request.method = "POST";
    request.target = "/slack/events";
    const std::string stamp = std::to_string(at.count());
    request.headers = {{"Content-Type", std::move(type)},
                       {"X-Slack-Request-Timestamp", stamp},
                       {"X-Slack-Signature", sign(secret, stamp, body)}};
    request.body = std::move(body);
    return request;
}

/// A receiver on a free port, and what it heard.
struct House {
    House() {
        options.port = 0;
        options.signing_secret = secret;
        options.now = [this] { return now; };
        options.log = [this](const std::string& line) { log.push_back(line); };
        options.unreadable = [this](Unreadable it) {
            unreadable.push_back(it.why);
            it.acknowledge();
        };
    }
    template <class Body>
    void open(Body body) {
        HttpReceiver receiver{options, listener};
        http = &receiver;
        run([](HttpReceiver& it, Body inner) -> awaitable<void> {
            const Result<> listening = it.listen(co_await asio::this_coro::executor);
            if (!listening) throw std::runtime_error(listening.error().what);
            auto serve = [](HttpReceiver& server) -> awaitable<void> { co_await server.run(); };
            co_await beside(serve(it), inner());
        }(receiver, std::move(body)));
    }
    awaitable<net::Response> send(net::Request request) {
        const std::string url = "http://127.0.0.1:" + std::to_string(http->port());
        Result<net::Response> response = co_await net::fetch(url, std::move(request));
        if (!response) throw std::runtime_error(response.error().what);
        co_return std::move(*response);
    }

    HttpOptions options{};
    Listener listener{};
    HttpReceiver* http = nullptr;
    Time now{noon};
    std::vector<std::string> log{};
    std::vector<std::string> unreadable{};
};

}  // namespace

TEST_CASE("edge case 19: Slack's own signature vector, over the bytes as they came") {
    std::ifstream file{std::string{RAPPORT_SHARED_DIR} +
                       "/slack/samples/realistic/http/signature-vector.json"};
    if (!file) RAPPORT_SKIP("no Slack samples beside this checkout");
    std::stringstream text;
    text << file.rdbuf();
    const auto vector = boost::json::parse(text.str()).as_object();
    const auto part = [&](const char* name) { return std::string{text_of(vector, name)}; };
    CHECK(sign(part("signing_secret"), part("timestamp"), part("body")) == part("expected"));
    net::Request request;
    request.headers = {{"x-slack-request-timestamp", part("timestamp")},
                       {"x-slack-signature", part("expected")}};
    request.body = part("body");
    const Time then{std::chrono::seconds{std::stoll(part("timestamp"))}};
    CHECK(check_signature(request, part("signing_secret"), then, 300s).good());
    CHECK_FALSE(check_signature(request, "another secret", then, 300s).valid);
    request.body += " ";
    CHECK_FALSE(check_signature(request, part("signing_secret"), then, 300s).valid);
}

TEST_CASE("edge case 17: a time stamp counts five minutes to either side, and the skew is learnt") {
    const auto [skew, good] =
        GENERATE(table<int, bool>({{0, true}, {300, true}, {301, false}, {-300, true}, {-301, false}}));
    const Signature signature =
        check_signature(post("{}"), secret, Time{noon + std::chrono::seconds{skew}}, 300s);
    CHECK(signature.valid);
    CHECK(signature.good() == good);
    CHECK(signature.skew.count() == skew);
}

TEST_CASE("edge case 17: a wrong clock is told in words, once") {
    House house;
    house.now = Time{noon - 7min};
    house.open([&]() -> awaitable<void> {
        for (int i = 0; i < 3; ++i) {
            const net::Response response = co_await house.send(post(R"({"type":"event_callback"})"));
            CHECK(response.status == 401);
        }
        CHECK(house.http->metrics().skew == -7min);
        CHECK(house.http->metrics().refused == 3);
    });
    REQUIRE(house.log.size() == 1);
    CHECK_THAT(house.log[0], ContainsSubstring("This machine's clock is 7 minutes behind Slack's"));
    CHECK(house.listener.asked == 0);
}

TEST_CASE("edge case 18: odd, missing and repeated headers are refused") {
    const std::string stamp = GENERATE("", " 1700000000", "1700000000.0", "+1700000000", "1700000000 ",
                                       "17e8", "abc", "-1700000000", "99999999999999999999");
    net::Request request = post("{}");
    request.headers[1].value = stamp;
    request.headers[2].value = sign(secret, stamp, "{}");
    CHECK_FALSE(check_signature(request, secret, Time{noon}, 300s).valid);
    for (const std::size_t header : {1U, 2U}) {
        net::Request missing = post("{}");
        missing.headers.erase(missing.headers.begin() + static_cast<std::ptrdiff_t>(header));
        CHECK_FALSE(check_signature(missing, secret, Time{noon}, 300s).valid);
        net::Request twice = post("{}");
        twice.headers.push_back(twice.headers[header]);
        CHECK_FALSE(check_signature(twice, secret, Time{noon}, 300s).valid);
    }
    net::Request cut = post("{}");
    cut.headers[2].value.pop_back();
    CHECK_FALSE(check_signature(cut, secret, Time{noon}, 300s).valid);
    CHECK_FALSE(check_signature(post("{}"), "", Time{noon}, 300s).valid);
}

TEST_CASE("edge case 18: the time stamp is signed as it is written") {
    net::Request request = post("{}");
    request.headers[1].value = "001700000000";
    CHECK_FALSE(check_signature(request, secret, Time{noon}, 300s).valid);
    request.headers[2].value = sign(secret, "001700000000", "{}");
    CHECK(check_signature(request, secret, Time{noon}, 300s).good());
}

TEST_CASE("edge case 20: ssl_check gets an empty 200 and nothing of it is used") {
    House house;
    house.open([&]() -> awaitable<void> {
        const std::string body = "ssl_check=1&payload=%7B%7D&command=%2Frapport&token=x";
        net::Request bare = post(body, form_type);
        bare.headers.resize(1);
        for (const net::Request& request : {bare, post(body, form_type)}) {
            const net::Response response = co_await house.send(request);
            CHECK(response.status == 200);
            CHECK(response.body.empty());
        }
        net::Request forged = post(body, form_type);
        forged.headers[2].value.back() ^= 1;
        net::Request other = post("ssl_check=0&command=%2Frapport", form_type);
        other.headers.resize(1);
        for (const net::Request& request : {forged, other}) {
            const net::Response response = co_await house.send(request);
            CHECK(response.status == 401);
        }
    });
    CHECK(house.listener.asked == 0);
}

TEST_CASE("edge cases 21 and 22: media type before the semicolon, and fields rather than words") {
    const std::string type =
        GENERATE("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8",
                 "Application/X-WWW-Form-URLencoded ;charset=UTF-8");
    const HttpBody command = read_body(
        post("command=%2Frapport&text=why+is+the+payload+%7B%22a%22%7D%26+lost%3F", type), Time{noon});
    REQUIRE(std::holds_alternative<HttpPost>(command));
    CHECK(std::get<HttpPost>(command).kind == DeliveryKind::command);
    CHECK(text_of(std::get<HttpPost>(command).payload, "text") == "why is the payload {\"a\"}& lost?");
    CHECK(std::get<HttpPost>(command).takes_payload);
    const HttpBody view =
        read_body(post("payload=%7B%22type%22%3A%22view_submission%22%7D", type), Time{noon});
    REQUIRE(std::holds_alternative<HttpPost>(view));
    CHECK(std::get<HttpPost>(view).kind == DeliveryKind::interaction);
    CHECK(std::get<HttpPost>(view).takes_payload);
    const HttpBody click =
        read_body(post("payload=%7B%22type%22%3A%22block_actions%22%7D", type), Time{noon});
    CHECK_FALSE(std::get<HttpPost>(click).takes_payload);
}

TEST_CASE("forms are decoded, and broken ones are not guessed at") {
    const auto fields = decode_form("a=1&b&=c&a=2&&d=%e2%82%ac+x=y");
    REQUIRE(fields);
    REQUIRE(fields->size() == 5);
    CHECK(*form_field(*fields, "a") == "1");
    CHECK(form_field(*fields, "b")->empty());
    CHECK(*form_field(*fields, "d") == "\u20ac x=y");
    CHECK_FALSE(form_field(*fields, "e"));
    for (const char* broken : {"a=%", "a=%4", "a=%4g", "%zz=1", "a=% 1", "a=%-1"})
        CHECK_FALSE(decode_form(broken));
}

TEST_CASE("edge case 23: a body that is too long or too slow") {
    House house;
    house.options.body = 1000;
    house.options.request = 100ms;
    house.open([&]() -> awaitable<void> {
        const net::Response large = co_await house.send(post(std::string(1001, 'x')));
        CHECK(large.status == 413);
        asio::ip::tcp::socket socket{co_await asio::this_coro::executor};
        co_await socket.async_connect({asio::ip::address_v4::loopback(), house.http->port()},
                                      asio::use_awaitable);
        const std::string half = "POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf";
        co_await asio::async_write(socket, asio::buffer(half), asio::use_awaitable);
        std::string answer;
        boost::system::error_code ec;
        co_await asio::async_read(socket, asio::dynamic_buffer(answer),
                                  asio::redirect_error(asio::use_awaitable, ec));
        CHECK_THAT(answer, ContainsSubstring("408 Request Timeout"));
    });
    CHECK(HttpOptions{}.body == 1024 * 1024);
    CHECK(HttpOptions{}.request == 5s);
}

TEST_CASE("edge case 24: 200 only when it is durable, 503 if that takes too long, and Slack may retry") {
    House house;
    house.listener.at_once = false;
    house.options.acknowledged = 60ms;
    house.open([&]() -> awaitable<void> {
        const std::string event = R"({"type":"event_callback","event_id":"Ev1","api_app_id":"A1"})";
        const net::Response late = co_await house.send(post(event));
        CHECK(late.status == 503);
        CHECK(late.header("X-Slack-No-Retry").empty());
        house.listener.deliveries[0].acknowledge();  // too late: nothing happens
        net::Request again = post(event);
        again.headers.push_back({"X-Slack-Retry-Num", "1"});
        const auto acknowledge = [&]() -> awaitable<void> {
            co_await until([&] { return house.listener.deliveries.size() == 2; });
            house.listener.deliveries[1].acknowledge();
        };
        net::Response answer;
        const auto ask = [&]() -> awaitable<void> { answer = co_await house.send(again); };
        using namespace asio::experimental::awaitable_operators;
        co_await (ask() && acknowledge());
        CHECK(answer.status == 200);
        CHECK(answer.body.empty());
        CHECK(house.listener.deliveries[0].retry == 0);
        CHECK(house.listener.deliveries[1].retry == 1);
        const auto forget = [&]() -> awaitable<void> {
            co_await until([&] { return house.listener.deliveries.size() == 3; });
            house.listener.deliveries.pop_back();
        };
        co_await (ask() && forget());
        CHECK(answer.status == 503);  // at once: it was destroyed without an acknowledgement
    });
    CHECK(house.listener.apps == std::vector<Id>{"A1"});
}

TEST_CASE("a Receiver without room means 503, and other paths go elsewhere") {
    House house;
    house.options.other = [](const net::Request& request) -> awaitable<std::optional<net::Response>> {
        if (request.path() != "/oauth") co_return std::nullopt;
        net::Response response;
        response.body = "welcome";
        co_return response;
    };
    house.open([&]() -> awaitable<void> {
        house.listener.full = true;
        const net::Response full = co_await house.send(post(R"({"type":"event_callback"})"));
        CHECK(full.status == 503);
        CHECK(full.header("X-Slack-No-Retry").empty());
        CHECK(house.http->metrics().overloaded == 1);
        net::Request request = post("{}");
        request.target = "/oauth?code=1";
        const net::Response other = co_await house.send(request);
        CHECK(other.body == "welcome");
        request.target = "/elsewhere";
        const net::Response nowhere = co_await house.send(request);
        CHECK(nowhere.status == 404);
        net::Request get;
        get.target = "/slack/events";
        const net::Response wrong = co_await house.send(get);
        CHECK(wrong.status == 405);
    });
}

TEST_CASE("one path serves everything, and so do the others") {
    const std::string path = GENERATE("/slack/events", "/slack/interactive", "/slack/commands?x=1");
    House house;
    boost::json::object reply;
    reply["text"] = "hello";
    house.listener.payload = reply;
    house.open([&]() -> awaitable<void> {
        const auto send = [&](std::string body, std::string type) -> awaitable<net::Response> {
            net::Request request = post(std::move(body), std::move(type));
            request.target = path;
            co_return co_await house.send(std::move(request));
        };
        const net::Response challenge = co_await send(R"({"type":"url_verification","challenge":"w\"rd"})",
                                                      "application/json; charset=utf-8");
        CHECK(challenge.status == 200);
        CHECK(challenge.body == R"({"challenge":"w\"rd"})");
        const net::Response event = co_await send(R"({"type":"event_callback"})", "application/json");
        CHECK(event.status == 200);
        CHECK(event.body.empty());  // events take no payload
        const net::Response command = co_await send("command=%2Frapport&text=", form_type);
        CHECK(command.body == R"({"text":"hello"})");
        CHECK_THAT(std::string{command.header("Content-Type")}, ContainsSubstring("application/json"));
        const net::Response click =
            co_await send("payload=%7B%22type%22%3A%22block_actions%22%7D", form_type);
        CHECK(click.body.empty());
        CHECK(house.listener.deliveries.size() == 3);
        CHECK(house.http->metrics().deliveries == 3);
    });
}

TEST_CASE("edge case 25: app_rate_limited over HTTP marks a gap and is answered") {
    House house;
    house.open([&]() -> awaitable<void> {
        for (
            const char* body :
            {R"({"type":"app_rate_limited","minute_rate_limited":1518467820})",
             R"({"type":"event_callback","event":{"type":"app_rate_limited","minute_rate_limited":1518467880}})"}) {
            const net::Response response = co_await house.send(post(body));
            CHECK(response.status == 200);
        }
    });
    REQUIRE(house.listener.gaps.size() == 2);
    CHECK(house.listener.gaps[0].first == Time{1518467820s});
    CHECK(house.listener.gaps[1].second == Time{1518467940s});
    CHECK(house.listener.asked == 0);
}

TEST_CASE("what is signed and cannot be understood is kept and answered 200") {
    const auto [content, media] = GENERATE(table<std::string, std::string>({
        {"", "application/json"},
        {"[]", "application/json"},
        {"{", "application/json"},
        {R"({"type":"brand_new"})", "application/json"},
        {R"({"type":"url_verification"})", "application/json"},
        {"payload=%7B", form_type},
        {"payload=[]", form_type},
        {"a=b", form_type},
        {"a=%", form_type},
        {"{}", "text/plain"},
    }));
    House house;
    house.open([&, body = content, type = media]() -> awaitable<void> {
        const net::Response response = co_await house.send(post(body, type));
        CHECK(response.status == 200);
        CHECK(response.body.empty());
    });
    CHECK(house.unreadable.size() == 1);
    CHECK(house.listener.asked == 0);
}

TEST_CASE("without a signing secret nothing is served") {
    Listener listener;
    HttpReceiver receiver{{}, listener};
    run([](HttpReceiver& it) -> awaitable<void> {
        const Result<> ended = co_await it.run();
        REQUIRE_FALSE(ended);
        CHECK_THAT(ended.error().what, ContainsSubstring("SLACK_SIGNING_SECRET"));
    }(receiver));
}
