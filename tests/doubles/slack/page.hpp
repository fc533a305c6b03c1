#pragma once

#include "adapters/net/http.hpp"

namespace rapport::test::slack {

class SlackDouble;

/// The page on which somebody without a workspace tries things, and the calls it makes (/double/...).
/// Everything else is 404.
net::Response page(SlackDouble& slack, const net::Request& request);

}  // namespace rapport::test::slack
