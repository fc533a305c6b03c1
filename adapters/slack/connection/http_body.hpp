#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <variant>

#include "adapters/net/http.hpp"
#include "adapters/slack/connection/payload.hpp"
#include "adapters/slack/slack.hpp"

// What Slack posts over HTTP, understood (docs.slack.dev, "Using the Events API", "Handling user
// interaction", "Slash commands"). Pure.

namespace rapport::slack {

/// Slack looks whether our certificate is good; nothing else in the request counts.
struct SslCheck {};
/// Slack wants this word back (url_verification).
struct Challenge {
    std::string word{};
};
struct HttpPost {
    DeliveryKind kind = DeliveryKind::event;
    boost::json::object payload{};
    bool takes_payload = false;
};
struct Malformed {
    std::string why{};
};
using HttpBody = std::variant<SslCheck, Challenge, Blackout, HttpPost, Malformed>;

/// To be called only for a request that is known to be Slack's.
HttpBody read_body(const net::Request& request, Time now);

/// A form without a signature that holds ssl_check=1. Nothing else may be taken from it.
bool is_unsigned_ssl_check(const net::Request& request);

}  // namespace rapport::slack
