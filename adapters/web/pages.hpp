#pragma once

#include <optional>

#include "adapters/net/http.hpp"
#include "adapters/web/web.hpp"

namespace rapport::web {

/// Answers a plain request: pages, their files, /healthz.
net::Response serve_page(const net::Request& request, const Config& config);

/// Why a WebSocket may not be opened; nothing if it may. Browsers send Origin, and another site's page must
/// not talk to us in its visitor's name; a name that was rebound to our address must not pass for ours.
std::optional<net::Response> refuse_socket(const net::Request& request, const Config& config);

}  // namespace rapport::web
