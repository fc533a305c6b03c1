#include "adapters/slack/api/addresses.hpp"

#include <algorithm>

#include "adapters/net/url.hpp"

namespace rapport::slack {
namespace {

std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// "127.0.0.1", and not "127.0.0.1.example.com".
bool dotted_127(std::string_view host) noexcept {
    return host.starts_with("127.") && std::count(host.begin(), host.end(), '.') == 3 &&
           std::all_of(host.begin(), host.end(), [](char c) { return digit(c) || c == '.'; });
}

bool name_of(std::string_view host, std::string_view domain) noexcept {
    if (host == domain) return true;
    return host.size() > domain.size() + 1 && host.ends_with(domain) &&
           host[host.size() - domain.size() - 1] == '.';
}

/// A host of Slack's. Only letters, digits, '-' and '.': what stands before the domain is a name and no
/// trick.
bool slack_host(std::string_view host) noexcept {
    const bool plain = std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || digit(c) || c == '-' || c == '.';
    });
    return plain && (name_of(host, "slack.com") || name_of(host, "slack-gov.com"));
}

Error refused(std::string_view url, std::string why) {
    const std::string shown{url.substr(0, url.find_first_of("?"))};
    return {ErrorKind::rejected, "not calling \"" + redact(shown.substr(0, 200)) + "\": " + std::move(why)};
}

}  // namespace

bool is_loopback(std::string_view host) noexcept {
    return host == "localhost" || host == "::1" || dotted_127(host);
}

AllowedHosts::AllowedHosts(std::vector<std::string> loopback) {
    for (std::string& place : loopback) {
        const Result<net::Url> url = net::parse_url("http://" + place);
        if (url && url->target == "/" && is_loopback(url->host)) loopback_.push_back(lower(place));
    }
}

Result<> AllowedHosts::check(std::string_view text, bool websocket) const {
    const Result<net::Url> url = net::parse_url(text);
    if (!url) return refused(text, "it is not a valid address");
    if (url->websocket != websocket) {
        return refused(text, websocket ? "it is not a WebSocket's address (wss://)"
                                       : "it is not a web address (https://)");
    }
    const std::string host = lower(url->host);
    if (url->secure && url->port == "443" && slack_host(host)) return {};
    const std::string bare = host.find(':') == std::string::npos ? host : "[" + host + "]";
    const bool named =
        is_loopback(host) && std::any_of(loopback_.begin(), loopback_.end(), [&](const auto& it) {
            return it == bare || it == bare + ":" + url->port;
        });
    if (named) return {};
    return refused(text, "it is not one of Slack's (https on slack.com or slack-gov.com)");
}

Result<> AllowedHosts::response_url(std::string_view url) const {
    return check(url, false);
}
Result<> AllowedHosts::websocket_url(std::string_view url) const {
    return check(url, true);
}

ApiBase::ApiBase() : url_("https://slack.com/api/") {}

Result<ApiBase> ApiBase::parse(std::string_view text) {
    const Result<net::Url> url = net::parse_url(text);
    const std::string setting = "the address of Slack's Web API (SLACK_API_URL)";
    if (!url) return Error{ErrorKind::rejected, setting + ": " + url.error().what};
    if (url->websocket || url->target.find('?') != std::string::npos) {
        return Error{ErrorKind::rejected,
                     setting + " must look like https://slack.com/api/, without a query"};
    }
    const std::string host = lower(url->host);
    if (!url->secure && !is_loopback(host)) {
        return Error{ErrorKind::rejected,
                     setting + " is plain http on " + host +
                         ": tokens would travel readable to all. Use https://; plain http is for this "
                         "machine itself (127.0.0.1) only"};
    }
    ApiBase base;
    base.url_ = std::string{text};
    while (base.url_.ends_with('/')) base.url_.pop_back();
    base.url_ += '/';
    if (is_loopback(host)) base.loopback_ = host.find(':') == std::string::npos ? host : "[" + host + "]";
    return base;
}

AllowedHosts ApiBase::allowed(std::vector<std::string> loopback) const {
    if (!loopback_.empty()) loopback.push_back(loopback_);
    return AllowedHosts{std::move(loopback)};
}

}  // namespace rapport::slack
