#include "adapters/web/pages.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "adapters/web/assets.hpp"

namespace rapport::web {
namespace {

net::Response plain(unsigned status, std::string text) {
    net::Response response;
    response.status = status;
    response.headers.push_back({"Content-Type", "text/plain; charset=utf-8"});
    response.body = std::move(text);
    return response;
}

/// "[::1]:8080" -> "::1", "example.org:80" -> "example.org".
std::string_view host_without_port(std::string_view host) {
    if (host.starts_with('['))
        return host.substr(1, host.find(']') == host.npos ? host.npos : host.find(']') - 1);
    return host.substr(0, host.find(':'));
}

bool loopback(std::string_view host) {
    return host == "::1" || host == "127.0.0.1" || net::same_word(host, "localhost");
}

bool known_host(const net::Request& request, const Config& config) {
    if (!loopback(config.address)) return true;
    const std::string_view host = host_without_port(request.header("Host"));
    return loopback(host) ||
           std::any_of(config.hosts.begin(), config.hosts.end(),
                       [&](const std::string& known) { return net::same_word(known, host); });
}

net::Response wrong_host() {
    return plain(403,
                 "This address is not known here. Open Rapport as http://127.0.0.1:PORT, or add the name to "
                 "\"hosts\" in the web section of the configuration.\n");
}

/// What every answer carries: nothing is loaded from elsewhere, nothing inline, and nobody frames us. Only
/// the desk shows pictures that came over its socket.
void protect(net::Response& response, bool desk) {
    response.headers.push_back(
        {"Content-Security-Policy",
         std::string{"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"} +
             (desk ? " data:" : "") +
             "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"});
    response.headers.push_back({"X-Content-Type-Options", "nosniff"});
    response.headers.push_back({"Referrer-Policy", "no-referrer"});
    response.headers.push_back({"Cross-Origin-Opener-Policy", "same-origin"});
}

net::Response serve_asset(const net::Request& request, const Asset& asset) {
    net::Response response;
    response.headers.push_back({"ETag", std::string{asset.etag}});
    response.headers.push_back({"Cache-Control", "no-cache"});
    if (request.header("If-None-Match").find(asset.etag) != std::string_view::npos) {
        response.status = 304;
        return response;
    }
    response.headers.push_back({"Content-Type", std::string{asset.type}});
    response.body = std::string{asset.data};
    return response;
}

net::Response route(const net::Request& request, const Config& config) {
    if (request.method != "GET" && request.method != "HEAD") {
        net::Response response = plain(405, "Only GET and HEAD are answered here.\n");
        response.headers.push_back({"Allow", "GET, HEAD"});
        return response;
    }
    const std::string_view path = request.path();
    if (path == "/healthz") return plain(200, "ok\n");
    if (!known_host(request, config)) return wrong_host();
    std::string_view name;
    if (path == "/") name = "chat.html";
    if (path == "/desk") name = "desk.html";
    if (path == "/favicon.ico") name = "icon.svg";
    if (path.starts_with("/assets/")) name = path.substr(8);
    if (const Asset* asset = find_asset(name)) return serve_asset(request, *asset);
    return plain(404, "There is no such page here.\n");
}

}  // namespace

net::Response serve_page(const net::Request& request, const Config& config) {
    net::Response response = route(request, config);
    protect(response, request.path() == "/desk");
    return response;
}

std::optional<net::Response> refuse_socket(const net::Request& request, const Config& config) {
    if (request.path() != "/ws/chat" && request.path() != "/ws/desk")
        return plain(404, "No WebSocket here.\n");
    if (!known_host(request, config)) return wrong_host();
    const std::string_view origin = request.header("Origin");
    if (origin.empty()) return std::nullopt;  // Not a browser; it could claim any origin anyway.
    const auto mark = origin.find("://");
    const std::string_view from =
        mark == std::string_view::npos ? std::string_view{} : origin.substr(mark + 3);
    if (net::same_word(from, request.header("Host"))) return std::nullopt;
    return plain(403, "Pages of other sites may not connect here.\n");
}

}  // namespace rapport::web
