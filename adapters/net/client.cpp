#include "adapters/net/client.hpp"

#include <charconv>
#include <utility>

#include "adapters/net/dial.hpp"
#include "adapters/net/exchange.hpp"
#include "adapters/net/with_timeout.hpp"

namespace rapport::net {
namespace asio = boost::asio;

namespace {

std::chrono::milliseconds retry_after(const Response& response) {
    const std::string_view text = response.header("Retry-After");
    unsigned seconds = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (ec != std::errc{} || end != text.data() + text.size()) return {};
    return std::chrono::seconds{seconds};
}

}  // namespace

asio::awaitable<Result<Response>> fetch(std::string url, Request request, ClientOptions options) {
    const Result<Url> parsed = parse_url(url);
    if (!parsed) co_return parsed.error();
    if (parsed->websocket) co_return Error{ErrorKind::rejected, "\"" + url + "\" is a WebSocket's address"};
    Opened stream = co_await dial(*parsed, options.tls, options.connect);
    if (!stream) co_return stream.error();
    Exchange exchange{.body = options.body};
    Result<Response> response = co_await with_timeout(talk(*stream, std::move(request), *parsed, exchange),
                                                      options.answer, "waiting for " + parsed->authority);
    (*stream)->close();
    co_return response;
}

Result<Response> accepted(Response response, std::string doing) {
    const unsigned status = response.status;
    if (status >= 200 && status < 300) return response;
    const std::string words = doing + " was answered with status " + std::to_string(status);
    if (status == 401 || status == 403) {
        return Error{ErrorKind::unauthorized, words + ": check the token and its permissions"};
    }
    if (status == 429)
        return Error{ErrorKind::rate_limited, words + " (too many requests)", retry_after(response)};
    if (status >= 500) return Error{ErrorKind::transient, words, retry_after(response)};
    return Error{ErrorKind::rejected, words};
}

}  // namespace rapport::net
