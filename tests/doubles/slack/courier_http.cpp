// Deliveries over HTTP: signed, repeated, verified (docs.slack.dev, Verifying requests; Events API, retries).
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/net/client.hpp"
#include "doubles/slack/block_rules.hpp"
#include "doubles/slack/courier.hpp"
#include "doubles/slack/form.hpp"

namespace rapport::test::slack {
namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// The body of a delivery, and its content type.
std::pair<std::string, std::string> body_of(const Delivery& delivery) {
    if (delivery.type == "slash_commands" || delivery.type == "ssl_check") {
        Params fields;
        for (const auto& [name, value] : delivery.payload) {
            fields[std::string{name}] =
                value.is_string() ? std::string{value.get_string()} : json::serialize(value);
        }
        return {encode_form(fields), "application/x-www-form-urlencoded"};
    }
    if (delivery.type == "interactive") {
        return {encode_form({{"payload", json::serialize(delivery.payload)}}),
                "application/x-www-form-urlencoded"};
    }
    return {json::serialize(delivery.payload), "application/json"};
}

}  // namespace

std::string Courier::sign(const std::string& timestamp, const std::string& body) const {
    const std::string text = "v0:" + timestamp + ":" + body;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    const std::string& key = core_.settings.signing_secret;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &size);
    std::string result = "v0=";
    for (unsigned i = 0; i < size; ++i) result += fmt::format("{:02x}", digest[i]);
    return result;
}

asio::awaitable<void> Courier::over_http(std::string envelope, std::size_t number) {
    Delivery* delivery = find(envelope);
    if (!delivery || number == 0) co_return;
    const Attempt attempt = delivery->attempts[number - 1];
    auto [body, type] = body_of(*delivery);
    const std::string timestamp = std::to_string(seconds_of(core_.world.now()));
    net::Request request;
    request.method = "POST";
    request.target = {};
    request.headers = {{"Content-Type", type},
                       {"User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)"},
                       {"X-Slack-Request-Timestamp", timestamp},
                       {"X-Slack-Signature", sign(timestamp, body)}};
    if (attempt.retry > 0) {
        request.headers.push_back({"X-Slack-Retry-Num", std::to_string(attempt.retry)});
        request.headers.push_back({"X-Slack-Retry-Reason", attempt.reason});
    }
    request.body = std::move(body);
    net::ClientOptions options;
    options.connect = options.answer = core_.settings.pace.ack;
    const auto begun = std::chrono::steady_clock::now();
    const Result<net::Response> response =
        co_await net::fetch(core_.settings.request_url, std::move(request), options);
    delivery = find(envelope);
    if (!delivery) co_return;
    if (response) {
        delivery->attempts[number - 1].status = response->status;
        http_answered(*delivery, &*response, {});
    } else {
        const bool late = std::chrono::steady_clock::now() - begun >= core_.settings.pace.ack;
        http_answered(*delivery, nullptr, late ? "http_timeout" : "connection_failed");
    }
}

void Courier::http_answered(Delivery& delivery, const net::Response* response, std::string reason) {
    const bool good = response && response->status >= 200 && response->status < 300;
    if (good) {
        if (delivery.acks == 0) {
            delivery.answer_text = response->body;
            boost::system::error_code ec;
            const json::value parsed = json::parse(response->body, ec);
            if (!ec && parsed.is_object()) delivery.answer = parsed.get_object();
            const bool may = delivery.takes_payload || delivery.type == "url_verification";
            if (!may && !response->body.empty())
                core_.complain("a body that " + delivery.name + " does not take");
        }
        return acked(delivery);
    }
    if (response && delivery.type == "events_api" && response->header("x-slack-no-retry") == "1") {
        return failed(delivery);
    }
    if (response)
        reason = response->status >= 300 && response->status < 400 ? "too_many_redirects" : "http_error";
    unanswered(delivery.envelope, delivery.attempts.size(), std::move(reason));
}

std::string Courier::verify_url() {
    Delivery delivery;
    delivery.type = delivery.name = "url_verification";
    delivery.payload = {{"token", "legacy-token"},
                        {"challenge", core_.world.next_secret("challenge-")},
                        {"type", "url_verification"}};
    return deliver(std::move(delivery));
}

std::string Courier::ssl_check() {
    Delivery delivery;
    delivery.type = delivery.name = "ssl_check";
    delivery.payload = {{"ssl_check", "1"}, {"token", "legacy-token"}};
    return deliver(std::move(delivery));
}

}  // namespace rapport::test::slack
