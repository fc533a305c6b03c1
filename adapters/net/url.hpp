#pragma once

#include <string>
#include <string_view>

#include "adapters/net/error.hpp"

namespace rapport::net {

/// The parts of an address that a connection needs.
struct Url {
    bool secure = false;      ///< https or wss.
    bool websocket = false;   ///< ws or wss.
    std::string host{};       ///< Without the brackets of an IPv6 address.
    std::string port{};       ///< As written, or the scheme's own.
    std::string target{};     ///< Path and query; "/" if there is none.
    std::string authority{};  ///< For the Host header.
};

/// Reads "scheme://host[:port][/path][?query]" with http, https, ws or wss. User names and fragments are
/// refused.
Result<Url> parse_url(std::string_view text);

}  // namespace rapport::net
