#pragma once

#include "adapters/slack/check/check.hpp"

namespace rapport::slack {

// Whether a secret looks like what it should be. Pure; says nothing of whether Slack takes it.

Finding look_at_bot_token(const Secret& token);
Finding look_at_app_token(const Secret& token);
/// 32 hexadecimal digits (docs.slack.dev, "Verifying requests from Slack").
Finding look_at_signing_secret(const Secret& secret);

}  // namespace rapport::slack
