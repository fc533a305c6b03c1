#include "adapters/net/url.hpp"

#include <algorithm>
#include <charconv>

namespace rapport::net {
namespace {

Error refused(std::string_view text, std::string_view why) {
    return {ErrorKind::rejected, "cannot use the address \"" + std::string{text} + "\": " + std::string{why}};
}

bool valid_port(std::string_view port) {
    unsigned number = 0;
    const auto [end, ec] = std::from_chars(port.data(), port.data() + port.size(), number);
    return ec == std::errc{} && end == port.data() + port.size() && number > 0 && number <= 65535;
}

bool plain_character(char c) {
    return c > ' ' && c != 0x7f && c != '@' && c != '#' && c != '\\';
}

/// Splits "host", "host:port" or "[v6]:port".
bool split_authority(std::string_view authority, Url& url) {
    std::string_view host = authority;
    std::string_view port;
    if (authority.starts_with('[')) {
        const auto close = authority.find(']');
        if (close == std::string_view::npos) return false;
        host = authority.substr(1, close - 1);
        const std::string_view rest = authority.substr(close + 1);
        if (!rest.empty() && rest.front() != ':') return false;
        if (!rest.empty()) port = rest.substr(1);
    } else if (const auto colon = authority.find(':'); colon != std::string_view::npos) {
        host = authority.substr(0, colon);
        port = authority.substr(colon + 1);
        if (port.empty()) return false;
    }
    if (host.empty() || (!port.empty() && !valid_port(port))) return false;
    url.host = host;
    url.authority = authority;
    url.port = port.empty() ? (url.secure ? "443" : "80") : std::string{port};
    return true;
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
    const auto mark = text.find("://");
    if (mark == std::string_view::npos)
        return refused(text, "it does not start with http://, https://, ws:// or wss://");
    const std::string_view scheme = text.substr(0, mark);
    Url url;
    url.secure = scheme == "https" || scheme == "wss";
    url.websocket = scheme == "ws" || scheme == "wss";
    if (!url.secure && !url.websocket && scheme != "http") {
        return refused(text, "it does not start with http://, https://, ws:// or wss://");
    }
    const std::string_view rest = text.substr(mark + 3);
    if (!std::all_of(rest.begin(), rest.end(), plain_character)) {
        return refused(text, "it holds a blank, a user name or a fragment");
    }
    const auto path = rest.find_first_of("/?");
    if (!split_authority(rest.substr(0, path), url)) return refused(text, "host or port is not valid");
    url.target = path == std::string_view::npos ? "/" : std::string{rest.substr(path)};
    if (url.target.front() == '?') url.target.insert(url.target.begin(), '/');
    return url;
}

}  // namespace rapport::net
