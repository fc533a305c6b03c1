#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/event.hpp"
#include "adapters/net/http.hpp"

namespace rapport::slack {

/// What a request's signature says. (docs.slack.dev, "Verifying requests from Slack".)
struct Signature {
    bool valid = false;   ///< Made with our secret, for this very body.
    bool recent = false;  ///< Its time is near enough to ours, on either side.
    /// Our clock minus Slack's; only if `valid`.
    std::chrono::seconds skew{};

    bool good() const noexcept { return valid && recent; }
};

/// Looks at the headers and the bytes of the body and parses nothing. A missing, repeated or odd header is
/// not valid.
Signature check_signature(const net::Request& request, std::string_view secret, Time now,
                          std::chrono::seconds age);

/// Whether the request bears a signature of any kind.
bool has_signature(const net::Request& request) noexcept;

/// "v0=..." for that time stamp and body.
std::string sign(std::string_view secret, std::string_view timestamp, std::string_view body);

}  // namespace rapport::slack
