#include "adapters/slack/events/once.hpp"

#include "adapters/slack/events/fields.hpp"
#include "adapters/slack/events/moment.hpp"

namespace rapport::slack::events {
namespace {

std::string key(std::string_view kind, const Id& channel, std::string_view ts, std::string_view more = {}) {
    if (channel.empty() || ts.empty()) return {};
    std::string out{kind};
    out.append(":").append(channel).append(":").append(ts);
    if (!more.empty()) out.append(":").append(more);
    return out;
}

std::string changed(const json::object& event, const Id& channel) {
    const json::object* message = object_in(event, "message");
    if (message == nullptr) return {};
    const json::object* before = object_in(event, "previous_message");
    std::string_view ts = text(*message, "ts");
    if (ts.empty() && before != nullptr) ts = text(*before, "ts");
    if (text(*message, "subtype") == "tombstone") return key("gone", channel, ts);
    const json::object* edited = object_in(*message, "edited");
    const std::string_view edited_ts = edited == nullptr ? std::string_view{} : text(*edited, "ts");
    // An unfurl is no edit: it must not stand in the way of one.
    return edited_ts.empty() ? std::string{} : key("edit", channel, ts, edited_ts);
}

std::string meaning(const json::object& event) {
    const std::string_view type = text(event, "type");
    if (type != "message" && type != "app_mention") return {};
    const Id channel = id_in(event, "channel");
    const std::string_view subtype = text(event, "subtype");
    if (subtype == "message_changed") return changed(event, channel);
    if (subtype == "message_deleted") {
        const json::object* before = object_in(event, "previous_message");
        std::string_view ts = text(event, "deleted_ts");
        if (ts.empty() && before != nullptr) ts = text(*before, "ts");
        return key("gone", channel, ts);
    }
    if (flag(event, "hidden") || subtype == "message_replied") return {};
    return key("new", channel, text(event, "ts"));
}

}  // namespace

Keys keys_of(const json::object& payload, const std::string& envelope) {
    Keys keys;
    if (!envelope.empty()) keys.envelope = "envelope:" + envelope;
    if (const std::string_view id = text(payload, "event_id"); !id.empty())
        keys.event = "event:" + std::string(id.substr(0, 128));
    if (const json::object* event = object_in(payload, "event")) keys.meaning = meaning(*event);
    return keys;
}

bool Once::seen(const std::string& key, Time now) const {
    const auto found = since_.find(key);
    return found != since_.end() && now - found->second < keep_;
}

bool Once::remember(const std::string& key, Time now) {
    tidy(now);
    const auto [found, added] = since_.try_emplace(key, now);
    if (!added && now - found->second < keep_) return false;
    found->second = now;
    order_.emplace_back(now, key);
    while (order_.size() > most_) {
        const auto oldest = since_.find(order_.front().second);
        if (oldest != since_.end() && oldest->second == order_.front().first) since_.erase(oldest);
        order_.pop_front();
    }
    return true;
}

void Once::tidy(Time now) {
    while (!order_.empty() && now - order_.front().first >= keep_) {
        const auto oldest = since_.find(order_.front().second);
        if (oldest != since_.end() && oldest->second == order_.front().first) since_.erase(oldest);
        order_.pop_front();
    }
}

bool NewestEdit::take(const Id& channel, const Id& ts, const Id& edited_ts) {
    Id& newest = newest_.at(channel + ":" + ts);
    if (earlier(edited_ts, newest)) return false;
    newest = edited_ts;
    return true;
}

}  // namespace rapport::slack::events
