#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <future>
#include <string>

#include "adapters/net/client.hpp"
#include "doubles/slack/form.hpp"
#include "doubles/slack/running.hpp"

namespace rapport::test::slack {

inline const std::string bot_token = "xoxb-double-acme";
inline const std::string app_token = "xapp-1-A0RAPPORT-double";

/// Runs a coroutine to its end on an io_context of its own.
template <class T>
T run(boost::asio::awaitable<T> what) {
    boost::asio::io_context context{1};
    std::future<T> answer = boost::asio::co_spawn(context, std::move(what), boost::asio::use_future);
    context.run();
    return answer.get();
}

/// What a call was answered: the HTTP status, the JSON (empty if it is none), and what broke otherwise.
struct Answer {
    unsigned status = 0;
    boost::json::object body{};
    std::string retry_after{};
    std::string text{};
    std::string error() const {
        const boost::json::value* word = body.if_contains("error");
        return word && word->is_string() ? std::string{word->get_string()} : std::string{};
    }
    bool ok() const {
        const boost::json::value* word = body.if_contains("ok");
        return word && word->is_bool() && word->get_bool();
    }
};

inline Answer post(const std::string& url, std::string body, const std::string& type,
                   const std::string& token, std::chrono::milliseconds limit = std::chrono::seconds{5}) {
    net::Request request;
    request.method = "POST";
    request.target = {};
    request.headers = {{"Content-Type", type}};
    if (!token.empty()) request.headers.push_back({"Authorization", "Bearer " + token});
    request.body = std::move(body);
    net::ClientOptions options;
    options.answer = limit;
    const Result<net::Response> response = run(net::fetch(url, std::move(request), options));
    Answer answer;
    if (!response) {
        answer.text = response.error().what;
        return answer;
    }
    answer.status = response->status;
    answer.text = response->body;
    answer.retry_after = std::string{response->header("retry-after")};
    boost::system::error_code ec;
    const boost::json::value parsed = boost::json::parse(response->body, ec);
    if (!ec && parsed.is_object()) answer.body = parsed.get_object();
    return answer;
}

/// A call as clients make it: a form.
inline Answer call(RunningDouble& slack, const std::string& method, const Params& params = {},
                   const std::string& token = bot_token) {
    return post(slack.api_url() + method, encode_form(params), "application/x-www-form-urlencoded", token);
}

inline Answer call_json(RunningDouble& slack, const std::string& method, const boost::json::object& params) {
    return post(slack.api_url() + method, boost::json::serialize(params), "application/json; charset=utf-8",
                bot_token);
}

/// Settings for tests that call much.
inline Settings quick() {
    Settings settings;
    settings.limits = false;
    settings.pace.ack = std::chrono::milliseconds{150};
    settings.pace.retries = {std::chrono::milliseconds{0}, std::chrono::milliseconds{50},
                             std::chrono::milliseconds{100}};
    settings.pace.drain = std::chrono::milliseconds{100};
    return settings;
}

}  // namespace rapport::test::slack
