#include "adapters/slack/connection/frame.hpp"

#include <boost/json/serialize.hpp>
#include <utility>

#include "adapters/slack/connection/payload.hpp"

namespace rapport::slack {
namespace json = boost::json;
namespace {

const json::object* object_in(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(json::string_view{name.data(), name.size()});
    return value ? value->if_object() : nullptr;
}

Hello read_hello(const json::object& frame) {
    Hello hello;
    const json::value* count = frame.if_contains("num_connections");
    if (count && count->is_int64()) hello.connections = count->get_int64();
    if (const json::object* info = object_in(frame, "connection_info")) hello.app = text_of(*info, "app_id");
    const json::object* debug = object_in(frame, "debug_info");
    const json::value* time = debug ? debug->if_contains("approximate_connection_time") : nullptr;
    if (time && time->is_int64() && time->get_int64() > 0 && time->get_int64() < 1'000'000) {
        hello.lifetime = std::chrono::seconds{time->get_int64()};
    }
    return hello;
}

std::optional<DeliveryKind> kind_of(std::string_view type) {
    if (type == "events_api") return DeliveryKind::event;
    if (type == "interactive") return DeliveryKind::interaction;
    if (type == "slash_commands") return DeliveryKind::command;
    return std::nullopt;
}

}  // namespace

Frame read_frame(std::string_view text) {
    std::optional<json::value> value = parse_json(text);
    json::object* frame = value ? value->if_object() : nullptr;
    if (!frame) return GarbageFrame{};
    const std::string type{text_of(*frame, "type")};
    if (type == "hello") return read_hello(*frame);
    if (type == "disconnect") return Disconnect{std::string{text_of(*frame, "reason")}};
    std::string id{text_of(*frame, "envelope_id")};
    const std::optional<DeliveryKind> kind = kind_of(type);
    if (!kind)
        return StrangeFrame{std::move(id), "a frame of the unknown type \"" + type.substr(0, 80) + "\""};
    if (id.empty()) return StrangeFrame{{}, "a frame of type " + type + " without an envelope_id"};
    json::value* payload = frame->if_contains("payload");
    if (!payload || !payload->is_object()) {
        return StrangeFrame{std::move(id), "an envelope of type " + type + " without a payload"};
    }
    Envelope envelope;
    envelope.id = std::move(id);
    envelope.kind = *kind;
    envelope.payload = std::move(payload->get_object());
    const json::value* takes = frame->if_contains("accepts_response_payload");
    envelope.takes_payload = takes && takes->is_bool() && takes->get_bool();
    envelope.retry = retry_number(frame->if_contains("retry_attempt"));
    return envelope;
}

std::string ack_text(const std::string& envelope, const std::optional<json::object>& payload) {
    json::object ack;
    ack["envelope_id"] = envelope;
    if (payload) ack["payload"] = *payload;
    return json::serialize(ack);
}

}  // namespace rapport::slack
