#include "adapters/slack/api/answer.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <optional>

#include "adapters/slack/api/addresses.hpp"
#include "adapters/slack/api/json_read.hpp"

namespace rapport::slack {
namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds default_pause = 30s;
constexpr std::size_t most_messages = 10;

std::chrono::milliseconds retry_after(const net::Response& response) {
    const std::string_view text = response.header("Retry-After");
    unsigned seconds = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (ec != std::errc{} || end != text.data() + text.size()) return default_pause;
    return std::chrono::seconds{std::clamp(seconds, 1U, 86'400U)};
}

std::optional<json::object> parse(const net::Response& response) {
    json::parse_options options;
    options.max_depth = 64;
    boost::system::error_code ec;
    json::value value = json::parse(response.body, ec, {}, options);
    if (ec || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

ApiError failed(ErrorKind kind, std::string words, const net::Response& response) {
    ApiError error{kind, redact(words)};
    error.status = response.status;
    return error;
}

ApiError limited(const std::string& method, const net::Response& response) {
    ApiError error = failed(ErrorKind::rate_limited, {}, response);
    error.code = "ratelimited";
    error.retry_after = retry_after(response);
    error.what = method + ": too many calls just now; Slack asks for a pause of " +
                 std::to_string(error.retry_after.count() / 1000) + " s";
    return error;
}

/// Slack (or something before it) broke: the call may have been carried out all the same.
ApiError broken(const std::string& method, bool repeatable, std::string how, const net::Response& response) {
    ApiError error = failed(ErrorKind::transient, method + ": " + how, response);
    error.unknown_outcome = !repeatable;
    if (error.unknown_outcome) error.what += "; nobody knows whether it was done";
    return error;
}

ApiError refused(const std::string& method, bool repeatable, const json::object& body,
                 const net::Response& response) {
    ApiError error;
    error.status = response.status;
    error.code = text_in(body, "error");
    if (error.code.empty()) error.code = "no reason";
    error.needed = text_in(body, "needed");
    error.provided = text_in(body, "provided");
    const json::object* metadata = object_in(body, "response_metadata");
    const json::array* messages = metadata ? array_in(*metadata, "messages") : nullptr;
    for (const json::value& message : messages ? *messages : json::array{}) {
        if (!message.is_string() || error.messages.size() >= most_messages) continue;
        error.messages.push_back(redact(std::string_view{message.get_string()}.substr(0, 500)));
    }
    put_into_words(error, method);
    if (error.kind == ErrorKind::rate_limited) error.retry_after = retry_after(response);
    // "It's possible some aspect of the operation succeeded before the error was raised."
    const bool halfway = error.code == "internal_error" || error.code == "fatal_error";
    error.unknown_outcome = halfway && !repeatable;
    return error;
}

ApiError of_status(const std::string& method, const net::Response& response) {
    const std::string words = method + " was answered with status " + std::to_string(response.status);
    if (response.status == 401 || response.status == 403) {
        return failed(ErrorKind::unauthorized, words + ": check the token, and proxies on the way", response);
    }
    if (response.status >= 300 && response.status < 400) {
        return failed(ErrorKind::rejected,
                      words + ": it points elsewhere, and tokens are not carried there. Check SLACK_API_URL",
                      response);
    }
    if (response.status == 408) return failed(ErrorKind::transient, words, response);
    return failed(ErrorKind::rejected, words, response);
}

}  // namespace

ApiResult<json::object> read_answer(const std::string& method, bool repeatable,
                                    const net::Response& response) {
    if (response.status == 429) return limited(method, response);
    const std::string status = std::to_string(response.status);
    if (response.status >= 500)
        return broken(method, repeatable, "Slack failed with status " + status, response);
    std::optional<json::object> body = parse(response);
    const json::value* ok = body ? body->if_contains("ok") : nullptr;
    const bool told = ok && ok->is_bool();
    if (response.status < 200 || response.status >= 300) {
        return told && !ok->get_bool() ? refused(method, repeatable, *body, response)
                                       : of_status(method, response);
    }
    if (!told) return broken(method, repeatable, "the answer is not Slack's JSON", response);
    if (!ok->get_bool()) return refused(method, repeatable, *body, response);
    return std::move(*body);
}

ApiResult<json::object> read_answer_of_response_url(const net::Response& response) {
    const std::string method = "response_url";
    if (response.status == 429) return limited(method, response);
    if (response.status >= 500) {
        return broken(method, false, "Slack failed with status " + std::to_string(response.status), response);
    }
    const std::optional<json::object> body = parse(response);
    const json::value* ok = body ? body->if_contains("ok") : nullptr;
    if (ok && ok->is_bool() && !ok->get_bool()) return refused(method, false, *body, response);
    if (response.status >= 200 && response.status < 300) return json::object{};
    if (response.status == 404) {
        ApiError error = failed(ErrorKind::rejected, {}, response);
        error.code = response.body.find("used") != std::string::npos ? "used_url" : "expired_url";
        put_into_words(error, method);
        return error;
    }
    return of_status(method, response);
}

ApiResult<json::object> read_answer_of_upload(const net::Response& response) {
    const std::string method = "upload_url";
    if (response.status == 429) return limited(method, response);
    if (response.status >= 500) {
        return broken(method, false, "Slack failed with status " + std::to_string(response.status), response);
    }
    if (response.status >= 200 && response.status < 300) return json::object{};
    return of_status(method, response);
}

ApiError no_answer(const std::string& method, bool repeatable, const net::Unanswered& why) {
    ApiError error{why.kind, redact(method + ": " + why.what)};
    error.unknown_outcome = why.maybe_received && !repeatable;
    if (error.unknown_outcome) error.what += "; nobody knows whether it was done";
    return error;
}

}  // namespace rapport::slack
