#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rapport::net {

/// Base64 with '+', '/' and padding (RFC 4648, section 4).
std::string base64(std::string_view bytes);
/// Nothing if it is not that.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace rapport::net
