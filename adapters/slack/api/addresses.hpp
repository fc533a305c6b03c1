#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/net/error.hpp"

namespace rapport::slack {

/// Whether `host` is this machine itself: 127.x.x.x, ::1 or localhost.
bool is_loopback(std::string_view host) noexcept;

/// Which addresses out of a payload may be called: https and wss on *.slack.com and *.slack-gov.com, port
/// 443, and those of this machine that the configuration names. Anything else is refused, as an address in a
/// payload is something that a stranger may have written.
class AllowedHosts {
public:
    AllowedHosts() = default;
    /// `loopback`: "127.0.0.1:8080", or "127.0.0.1" for any port; with or without TLS. What is not loopback
    /// is left out.
    explicit AllowedHosts(std::vector<std::string> loopback);

    /// Fine for a response_url, or for an address that takes a file (http, https)?
    Result<> response_url(std::string_view url) const;
    /// Fine for what apps.connections.open answers (ws, wss)?
    Result<> websocket_url(std::string_view url) const;

private:
    Result<> check(std::string_view url, bool websocket) const;

    std::vector<std::string> loopback_{};
};

/// Where the Web API is: an https address, or plain http on this machine; exactly one '/' at its end.
class ApiBase {
public:
    /// "https://slack.com/api/".
    ApiBase();
    static Result<ApiBase> parse(std::string_view text);

    const std::string& url() const noexcept { return url_; }
    /// Slack's own hosts; this machine (any port), if the base is there; and `loopback` (see AllowedHosts).
    AllowedHosts allowed(std::vector<std::string> loopback = {}) const;

private:
    std::string url_;
    std::string loopback_{};  ///< Its host, if that is this machine.
};

/// `text` with every token in it ("xoxb-...", "xapp-...", "xoxe...", "xwfp-...", a WebSocket's ticket) cut
/// off behind its first letters. For all that goes to logs or to people.
std::string redact(std::string_view text);

}  // namespace rapport::slack
