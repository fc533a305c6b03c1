#pragma once

#include "adapters/net/http.hpp"
#include "doubles/slack/core.hpp"

namespace rapport::test::slack {

/// What Slack does once the app has acknowledged a delivery, or has not in time: closes or changes views,
/// shows what a command answered, tells the person about an error.
void answered(Core& core, Delivery& delivery);

/// A POST to a response_url (docs.slack.dev, Handling user interaction, message responses).
net::Response response_url(Core& core, const net::Request& request);

}  // namespace rapport::test::slack
