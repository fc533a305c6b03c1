#pragma once

#include <string>
#include <string_view>

#include "adapters/web/protocol.hpp"

namespace rapport::web {

/// What the site signs for somebody whose e-mail it has verified: the HMAC-SHA256 of "EMAIL\nUNTIL" under the
/// site's secret, in lower-case hex (RFC 2104). UNTIL: seconds since 1970, after which it holds no more.
std::string vouch_proof(std::string_view secret, std::string_view email, std::string_view until);

/// The e-mail that the site vouches for; empty if it does not, no longer does, or `secret` is empty.
std::string vouched_email(const Vouch& vouch, std::string_view secret, Time now);

}  // namespace rapport::web
