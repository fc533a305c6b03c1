#include "adapters/slack/api/web_api.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <utility>

#include "adapters/net/backoff.hpp"
#include "adapters/net/base64.hpp"
#include "adapters/slack/api/answer.hpp"
#include "adapters/slack/api/turns.hpp"

namespace rapport::slack {
namespace asio = boost::asio;
namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

/// One thing to be posted, in as many tries as it takes.
struct Job {
    std::string method{};  ///< "response_url" or "upload_url" for one of those.
    std::string url{};
    std::string body{};
    std::string content_type{};
    Method traits{};
    std::string queue{};
    CallOptions options{};
};

constexpr std::string_view response_url = "response_url";
constexpr std::string_view upload_url = "upload_url";

/// Whether a token is one word that a header can carry.
bool one_word(const std::string& token) {
    return !token.empty() &&
           std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

/// Slack caps what a page may hold; asking for more gets an error or less than asked.
void cap_page(const std::string& method, json::object& params, Profile profile) {
    if (profile != Profile::restricted || page_limit(method, profile) == page_limit("", profile)) return;
    params["limit"] = page_limit(method, profile);
}

/// Its own copy: whoever asked for it may be gone before it runs.
asio::awaitable<Result<std::string>> just(std::string token) {
    co_return Result<std::string>{std::move(token)};
}

}  // namespace

TokenSource fixed_token(std::string token) {
    return [token = std::move(token)] { return just(token); };
}

struct WebApi::Impl {
    Impl(WebApiConfig settings, net::Pool& connections, Timing clock)
        : config(std::move(settings)),
          hosts(config.base.allowed(config.loopback)),
          pool(connections),
          timing(std::move(clock)),
          turns({.waiting = config.waiting, .per_queue = config.per_queue, .at_once = config.at_once},
                timing) {}

    /// The Authorization header's value; empty for none.
    asio::awaitable<ApiResult<std::string>> authorization(const Job& job) {
        if (job.options.token == Token::none) co_return std::string{};
        if (job.options.token == Token::basic) co_return "Basic " + net::base64(job.options.secret);
        Result<std::string> token{job.options.secret};
        if (job.options.token != Token::given) {
            const bool bot = job.options.token == Token::bot;
            const TokenSource& source = bot ? config.bot : config.app;
            const std::string name =
                bot ? "the bot token (SLACK_BOT_TOKEN)" : "the app token (SLACK_APP_TOKEN)";
            if (!source) {
                co_return ApiError{ErrorKind::unauthorized, job.method + ": " + name + " is not set"};
            }
            token = co_await source();
        }
        if (!token) co_return ApiError{token.error()};
        if (!one_word(*token)) {
            co_return ApiError{
                ErrorKind::unauthorized,
                job.method + ": the token is empty or holds a blank or a line break. Copy it again"};
        }
        co_return "Bearer " + *token;
    }

    asio::awaitable<ApiResult<json::object>> send(const Job& job, Time deadline) {
        const ApiResult<std::string> authorized = co_await authorization(job);
        if (!authorized) co_return authorized.error();
        const auto left = deadline - timing.now();
        if (left <= 0ms) {
            co_return ApiError{ErrorKind::transient, job.method + ": its time was over before it was sent"};
        }
        net::Request request;
        request.method = "POST";
        request.target.clear();
        request.headers.push_back({"Content-Type", job.content_type});
        if (!authorized->empty()) request.headers.push_back({"Authorization", *authorized});
        request.body = job.body;
        const auto response = co_await pool.send(job.url, std::move(request),
                                                 {.repeatable = job.traits.repeatable, .limit = left});
        if (!response) co_return no_answer(job.method, job.traits.repeatable, response.error());
        if (config.answered) config.answered(job.method, *response);
        if (job.method == response_url) co_return read_answer_of_response_url(*response);
        if (job.method == upload_url) co_return read_answer_of_upload(*response);
        co_return read_answer(job.method, job.traits.repeatable, *response);
    }

    /// One try, when its turn comes. `final` is set if another try would be of no use.
    asio::awaitable<ApiResult<json::object>> attempt(const Job& job, Time deadline, bool& final) {
        const Priority priority = job.options.priority.value_or(job.traits.priority);
        ApiResult<Turns::Turn> turn = co_await turns.wait(job.queue, job.traits, priority, deadline);
        if (!turn) {
            final = true;
            co_return turn.error();
        }
        ApiResult<json::object> answer = co_await send(job, deadline);
        if (!answer && answer.error().kind == ErrorKind::rate_limited) {
            turns.pause(job.queue, answer.error().retry_after);
        }
        co_return answer;
    }

    asio::awaitable<ApiResult<json::object>> perform(Job job) {
        const Time deadline = timing.now() + job.options.deadline;
        net::Backoff backoff{500ms, 10s};
        for (;;) {
            bool final = false;
            ApiResult<json::object> answer = co_await attempt(job, deadline, final);
            if (answer) co_return answer;
            const ApiError& error = answer.error();
            if (final || error.unknown_outcome || !error.retryable()) co_return answer;
            const auto pause = std::max(error.retry_after, backoff.next(timing.roll()));
            if (timing.now() + pause >= deadline) co_return answer;
            // After 429 the queue itself waits; elsewhere, only this call does.
            if (error.kind != ErrorKind::rate_limited) co_await timing.sleep(pause);
        }
    }

    /// Posts to an address out of a payload, without a token.
    asio::awaitable<ApiResult<>> perform_elsewhere(Job job) {
        const Result<> allowed = hosts.response_url(job.url);
        if (!allowed) co_return ApiError{allowed.error()};
        job.traits = method_traits(job.method, {}, config.profile);
        job.queue = job.method;
        job.options.token = Token::none;
        const ApiResult<json::object> answer = co_await perform(std::move(job));
        if (!answer) co_return answer.error();
        co_return ApiResult<>{};
    }

    WebApiConfig config;
    AllowedHosts hosts;
    net::Pool& pool;
    Timing timing;
    Turns turns;
};

WebApi::WebApi(WebApiConfig config, net::Pool& pool, Timing timing)
    : impl_(std::make_unique<Impl>(std::move(config), pool, std::move(timing))) {}
WebApi::~WebApi() = default;

asio::awaitable<ApiResult<json::object>> WebApi::call(std::string method, json::object params,
                                                      CallOptions options) {
    cap_page(method, params, impl_->config.profile);
    Job job;
    job.traits = method_traits(method, params, impl_->config.profile);
    job.queue = queue_of(method, job.traits, params);
    job.url = impl_->config.base.url() + method;
    job.body = form_encode(params);
    job.content_type = "application/x-www-form-urlencoded";
    job.options = std::move(options);
    job.method = std::move(method);
    ApiResult<json::object> answer = co_await impl_->perform(std::move(job));
    co_return answer;
}

asio::awaitable<ApiResult<>> WebApi::respond(std::string url, json::object message,
                                             std::chrono::milliseconds deadline) {
    Job job;
    job.method = response_url;
    job.url = std::move(url);
    job.body = json::serialize(message);
    job.content_type = "application/json; charset=utf-8";
    job.options.deadline = deadline;
    return impl_->perform_elsewhere(std::move(job));
}

asio::awaitable<ApiResult<>> WebApi::upload(std::string url, std::string bytes, CallOptions options) {
    Job job;
    job.method = upload_url;
    job.url = std::move(url);
    job.body = std::move(bytes);
    job.content_type = "application/octet-stream";
    job.options = std::move(options);
    return impl_->perform_elsewhere(std::move(job));
}

const AllowedHosts& WebApi::allowed() const noexcept {
    return impl_->hosts;
}
Profile WebApi::profile() const noexcept {
    return impl_->config.profile;
}
std::size_t WebApi::waiting() const noexcept {
    return impl_->turns.waiting();
}

}  // namespace rapport::slack
