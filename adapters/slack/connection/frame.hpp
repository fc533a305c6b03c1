#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "adapters/slack/connection/lines.hpp"
#include "adapters/slack/slack.hpp"

// What Slack writes over a WebSocket (docs.slack.dev, "Using Socket Mode"), and what we answer.

namespace rapport::slack {

struct Disconnect {
    std::string reason{};
};

struct Envelope {
    std::string id{};
    DeliveryKind kind = DeliveryKind::event;
    boost::json::object payload{};
    bool takes_payload = false;
    int retry = 0;
};

/// A JSON object that is none of the others; `envelope` is empty if there is nothing to acknowledge.
struct StrangeFrame {
    std::string envelope{};
    std::string why{};
};

/// No JSON object at all.
struct GarbageFrame {};

using Frame = std::variant<Hello, Disconnect, Envelope, StrangeFrame, GarbageFrame>;

Frame read_frame(std::string_view text);

/// The acknowledgement of an envelope. No payload, no such key.
std::string ack_text(const std::string& envelope, const std::optional<boost::json::object>& payload);

}  // namespace rapport::slack
