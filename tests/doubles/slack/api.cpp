#include "doubles/slack/api.hpp"

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <ctime>

namespace rapport::test::slack {
namespace asio = boost::asio;
namespace json = boost::json;

namespace {

net::Response json_response(const json::object& body, unsigned status = 200) {
    net::Response response;
    response.status = status;
    response.headers.push_back({"Content-Type", "application/json; charset=utf-8"});
    response.body = json::serialize(body);
    return response;
}

json::object refusal_json(const Refusal& refusal, const Token* token) {
    json::object body{{"ok", false}, {"error", refusal.error}};
    if (!refusal.needed.empty()) {
        std::string provided;
        for (const std::string& scope : token ? token->scopes : std::set<std::string>{}) {
            provided += (provided.empty() ? "" : ",") + scope;
        }
        body["needed"] = refusal.needed;
        body["provided"] = provided;
    }
    if (!refusal.messages.empty()) {
        body["response_metadata"] =
            json::object{{"messages", json::array(refusal.messages.begin(), refusal.messages.end())}};
    }
    return body;
}

/// The time as HTTP writes it (RFC 9110, 5.6.7).
std::string http_date(Time time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 40> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), size};
}

/// What the token may do, as Slack says it beside every answer.
void add_scopes(net::Response& response, const Token* token) {
    if (!token) return;
    std::string scopes;
    for (const std::string& scope : token->scopes) scopes += (scopes.empty() ? "" : ",") + scope;
    response.headers.push_back({"X-OAuth-Scopes", scopes});
}

/// The parameters, whichever way they came. Nested JSON becomes text, as forms carry it.
Params params_of(const net::Request& request, bool& as_json, json::object& log) {
    std::string type{request.header("content-type")};
    type = type.substr(0, type.find(';'));
    Params params = parse_query(request.target);
    as_json = net::same_word(type, "application/json");
    if (!as_json) {
        for (auto& [name, value] : parse_form(request.body)) params[name] = value;
    } else if (!request.body.empty()) {
        boost::system::error_code ec;
        const json::value parsed = json::parse(request.body, ec);
        if (ec) throw Refusal{"invalid_json"};
        if (!parsed.is_object()) throw Refusal{"json_not_object"};
        for (const auto& [name, value] : parsed.get_object()) {
            params[std::string{name}] =
                value.is_string() ? std::string{value.get_string()} : json::serialize(value);
        }
    }
    for (const auto& [name, value] : params) {
        if (name != "token" && name != "client_secret") log[name] = value;
    }
    return params;
}

}  // namespace

Api::Api(Core& core) : core_(core) {
    for (const auto list : {auth_methods(), chat_methods(), conversation_methods(), file_methods(),
                            history_methods(), people_methods(), view_methods()}) {
        for (const Method& method : list) methods_.emplace(method.name, method);
    }
}

const Token& Api::token_of(const Method& method, const net::Request& request, const Params& params,
                           ApiCall& log) {
    static const Token nobody{"none"};
    std::string text;
    const std::string_view header = request.header("authorization");
    if (header.size() > 7 && net::same_word(header.substr(0, 7), "bearer ")) text = header.substr(7);
    if (parse_query(request.target).contains("token"))
        core_.complain("a token in the address of " + log.method);
    if (const auto found = params.find("token"); text.empty() && found != params.end()) {
        text = found->second;
    }
    log.token = "none";
    if (method.kind == "none") return nobody;
    if (text.empty()) throw Refusal{"not_authed"};
    log.token = "unknown";
    const auto found = core_.tokens.find(text);
    if (found == core_.tokens.end()) throw Refusal{"invalid_auth"};
    const Token& token = found->second;
    log.token = token.kind;
    log.team = token.team;
    if (token.revoked) throw Refusal{"token_revoked"};
    if (core_.world.now() >= token.expires) throw Refusal{"token_expired"};
    const Team* team = core_.world.team(token.team);
    if (token.kind != "app" && team && !team->installed) throw Refusal{"account_inactive"};
    const bool fits = method.kind == "any" || (method.kind == "app") == (token.kind == "app");
    if (!fits) throw Refusal{"not_allowed_token_type"};
    return token;
}

std::optional<net::Response> Api::limited(const Method& method, const Token& token, const Params& params) {
    const std::string name{method.name};
    if (!core_.settings.limits || core_.unlimited.contains(name)) return std::nullopt;
    double burst = method.per_minute * core_.settings.limit_factor;
    Milliseconds per{60'000};
    std::string key = name + " " + token.team;
    if (name == "chat.postMessage") {  // One a second and channel, with a little room for bursts.
        const auto channel = params.find("channel");
        key += " " + (channel == params.end() ? std::string{} : channel->second);
        burst = 3 * core_.settings.limit_factor;
        per = Milliseconds{3'000};
    } else if (method.per_minute <= 1) {  // Tier 1: one a minute, and a small burst.
        burst = 3 * core_.settings.limit_factor;
        per = Milliseconds{180'000};
    }
    const Time now = core_.world.now();
    auto bucket = buckets_.try_emplace(key, net::Rate{std::max(1.0, burst), per}, now).first;
    if (bucket->second.take(now)) return std::nullopt;
    const auto seconds = (bucket->second.wait(now).count() + 999) / 1000;
    net::Response response = json_response({{"ok", false}, {"error", "ratelimited"}}, 429);
    response.headers.push_back({"Retry-After", std::to_string(std::max<std::int64_t>(1, seconds))});
    return response;
}

json::object Api::run(const Method& method, const Params& params, const net::Request& request, bool as_json,
                      ApiCall& log) {
    const Token* token = nullptr;
    try {
        token = &token_of(method, request, params, log);
        if (as_json && !method.json && !request.body.empty()) {
            throw Refusal{"invalid_arguments", {"[ERROR] this method does not take a JSON body"}};
        }
        std::string basic;
        const std::string_view header = request.header("authorization");
        if (header.size() > 6 && net::same_word(header.substr(0, 6), "basic "))
            basic = from_base64(header.substr(6));
        const Call call{core_, params, *token, core_.world.team(token->team), basic};
        if (!method.scope.empty()) call.scope(method.scope);
        json::object answer = method.handler(call);
        json::object body{{"ok", true}};
        for (auto& [name, value] : answer) body[name] = std::move(value);
        return body;
    } catch (const Refusal& refusal) {
        return refusal_json(refusal, token);
    }
}

asio::awaitable<net::Response> Api::faulty(Fault fault, net::Response truth) {
    asio::steady_timer timer{co_await asio::this_coro::executor};
    if (fault.hang) {
        timer.expires_at(std::chrono::steady_clock::time_point::max());
        co_await timer.async_wait(asio::use_awaitable);
    }
    if (fault.delay.count() > 0) {
        timer.expires_after(fault.delay);
        co_await timer.async_wait(asio::use_awaitable);
    }
    if (fault.cut) truth.status = 599;   // The gate breaks the connection at this status,
    if (fault.half) truth.status = 598;  // and sends half an answer at this one.
    if (fault.status == 0 || fault.cut || fault.half) co_return truth;
    net::Response response;
    response.status = fault.status;
    response.headers.push_back({"Content-Type", fault.type});
    if (fault.retry_after) response.headers.push_back({"Retry-After", std::to_string(*fault.retry_after)});
    response.body = fault.body;
    co_return response;
}

asio::awaitable<net::Response> Api::answer(net::Request request) {
    core_.calls.emplace_back();
    ApiCall& log = core_.calls.back();  // A deque's references stay good when it grows.
    log.method = std::string{request.path().substr(5)};
    log.at = core_.world.now();
    std::optional<Fault> fault;
    if (const auto planned = core_.faults.find(log.method);
        planned != core_.faults.end() && !planned->second.empty()) {
        fault = planned->second.front();
        planned->second.pop_front();
    }
    net::Response response;
    if (!fault || fault->effect) {
        Params params;
        json::object body;
        const auto method = methods_.find(log.method);
        try {
            params = params_of(request, log.json, log.params);
            if (method == methods_.end()) throw Refusal{"unknown_method"};
            Token known;
            if (const auto token = core_.tokens.find(std::string{
                    request.header("authorization")
                        .substr(std::min<std::size_t>(7, request.header("authorization").size()))});
                token != core_.tokens.end()) {
                known = token->second;
            }
            if (std::optional<net::Response> busy = limited(method->second, known, params)) {
                log.status = 429;
                co_return std::move(*busy);
            }
            body = run(method->second, params, request, log.json, log);
        } catch (const Refusal& refusal) {
            body = refusal_json(refusal, nullptr);
        }
        log.answer = body;
        response = json_response(body);
        response.headers.push_back({"Date", http_date(core_.world.now())});
        const std::string_view header = request.header("authorization");
        const auto token =
            core_.tokens.find(std::string{header.substr(std::min<std::size_t>(7, header.size()))});
        if (token != core_.tokens.end() && !token->second.revoked) add_scopes(response, &token->second);
    }
    if (fault) response = co_await faulty(std::move(*fault), std::move(response));
    log.status = response.status;
    co_return response;
}

}  // namespace rapport::test::slack
