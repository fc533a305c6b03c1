#include "adapters/slack/install/installer.hpp"

#include <fmt/core.h>

#include "adapters/slack/api/addresses.hpp"

namespace rapport::slack {
namespace asio = boost::asio;

namespace {

constexpr std::string_view cookie_name = "rapport_install";

int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool coded =
            text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0;
        if (coded) {
            out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

/// The value under `name` in "a=1&b=2" (or, of a cookie, "a=1; b=2"); empty if there is none.
std::string value_of(std::string_view list, std::string_view name, char separator) {
    while (!list.empty()) {
        const std::size_t end = list.find(separator);
        std::string_view part = list.substr(0, end);
        list = end == std::string_view::npos ? std::string_view{} : list.substr(end + 1);
        while (part.starts_with(' ')) part.remove_prefix(1);
        if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=')
            return decoded(part.substr(name.size() + 1));
    }
    return {};
}

std::string html(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else {
            out += c;
        }
    }
    return out;
}

net::Response page(unsigned status, std::string_view title, std::string_view words) {
    net::Response response;
    response.status = status;
    response.headers = {{"Content-Type", "text/html; charset=utf-8"},
                        {"Cache-Control", "no-store"},
                        {"Referrer-Policy", "no-referrer"},
                        {"Content-Security-Policy", "default-src 'none'"}};
    response.body = fmt::format(
        "<!doctype html><html lang=\"en\"><meta "
        "charset=\"utf-8\"><title>{0}</title><h1>{0}</h1><p>{1}</p></html>\n",
        html(title), html(words));
    return response;
}

net::Response again(unsigned status, std::string_view why) {
    return page(status, "Rapport was not installed", fmt::format("Nothing was changed: {}.", why));
}

}  // namespace

Installer::Installer(Options options, WebApi& api, TokenStore& store)
    : options_(std::move(options)), api_(api), store_(store) {}

asio::awaitable<std::optional<net::Response>> Installer::answer(const net::Request& request) {
    const std::string path{request.path()};
    if (path != "/slack/install" && path != "/slack/oauth") co_return std::nullopt;
    if (request.method != "GET") {
        net::Response response = again(405, "this address is for a browser");
        response.headers.push_back({"Allow", "GET"});
        co_return response;
    }
    if (path == "/slack/install") co_return begin();
    const std::size_t mark = request.target.find('?');
    std::string query = mark == std::string::npos ? std::string{} : request.target.substr(mark + 1);
    std::string cookie = value_of(request.header("cookie"), cookie_name, ';');
    net::Response response = co_await finish(std::move(query), std::move(cookie));
    co_return response;
}

net::Response Installer::begin() {
    const std::string state = options_.random();
    const std::string cookie = options_.random();
    states_.begin(state, cookie, options_.timing.now());
    net::Response response = page(302, "To Slack", "Slack asks whether Rapport may be installed.");
    response.headers.push_back({"Location", authorize_url(options_.oauth, state)});
    // Lax: the way back from Slack is a link that somebody follows.
    response.headers.push_back(
        {"Set-Cookie", fmt::format("{}={}; Path=/slack/oauth; Max-Age=600; HttpOnly; SameSite=Lax{}",
                                   cookie_name, cookie, options_.secure ? "; Secure" : "")});
    return response;
}

asio::awaitable<net::Response> Installer::finish(std::string query, std::string cookie) {
    const Result<> good = states_.finish(value_of(query, "state", '&'), cookie, options_.timing.now());
    if (!good) co_return again(400, good.error().what);
    const std::string refused = value_of(query, "error", '&');
    if (refused == "access_denied") co_return again(200, "it was cancelled in Slack");
    const std::string code = value_of(query, "code", '&');
    if (!refused.empty() || code.empty())
        co_return again(400, "Slack sent no code. Start it again at /slack/install");
    const ApiResult<StoredInstallation> installation =
        co_await exchange_code(api_, options_.oauth, code, options_.timing);
    if (!installation) co_return again(502, installation.error().what);
    const Result<> saved = co_await store_.save(*installation);
    if (!saved) co_return again(500, "it could not be kept: " + saved.error().what);
    const std::string name = installation->installation.name.empty() ? installation->installation.realm()
                                                                     : installation->installation.name;
    if (options_.log) options_.log(fmt::format("Slack: the app was installed in {}.", redact(name)));
    const std::string more = options_.installed ? options_.installed(*installation) : std::string{};
    co_return page(200, "Rapport is installed", fmt::format("It is now in the workspace {}. {}", name, more));
}

}  // namespace rapport::slack
