#include "adapters/slack/events/fields.hpp"
#include "adapters/slack/events/moment.hpp"
#include "adapters/slack/events/understand.hpp"

namespace rapport::slack::events {
namespace {

/// Slack tells of them in other ways too, or they are of no use here.
constexpr std::string_view passed_over[] = {"message_replied",
                                            "channel_join",
                                            "channel_leave",
                                            "group_join",
                                            "group_leave",
                                            "channel_topic",
                                            "channel_purpose",
                                            "channel_name",
                                            "channel_archive",
                                            "channel_unarchive",
                                            "channel_posting_permissions",
                                            "channel_convert_to_private",
                                            "channel_convert_to_public",
                                            "group_topic",
                                            "group_purpose",
                                            "group_name",
                                            "group_archive",
                                            "group_unarchive",
                                            "pinned_item",
                                            "unpinned_item",
                                            "reminder_add",
                                            "reminder_delete",
                                            "assistant_app_thread",
                                            "document_mention",
                                            "ekm_access_denied",
                                            "file_comment",
                                            "file_mention",
                                            "bot_add",
                                            "bot_remove",
                                            "bot_enable",
                                            "bot_disable",
                                            "tombstone"};

MessageKey key_of(const Knowledge& knowledge, const Id& channel, std::string_view ts) {
    return {knowledge.directory.channel_key(knowledge.installation, channel), Id{ts}};
}

Event event_of(Event::Body body) {
    Event event;
    event.body = std::move(body);
    return event;
}

Understood deleted(const Id& channel, std::string_view ts, const json::object* before,
                   const Knowledge& knowledge, Time at) {
    if (ts.empty() && before != nullptr) ts = text(*before, "ts");
    if (!valid_ts(ts)) return Broken{"a deletion does not say which message (deleted_ts)"};
    Meaning meaning;
    const bool own = (before != nullptr && is_own(*before, channel, knowledge)) ||
                     (knowledge.ours && knowledge.ours(channel, Id{ts}));
    if (own)
        meaning.signals.emplace_back(OwnMessageGone{channel, Id{ts}});
    else
        meaning.events.push_back(event_of(MessageDeleted{key_of(knowledge, channel, ts), at}));
    return meaning;
}

Understood changed(const json::object& event, const Id& channel, const Knowledge& knowledge, Time at) {
    const json::object* message = object_in(event, "message");
    const json::object* before = object_in(event, "previous_message");
    if (message == nullptr) return Broken{"a change does not say to what (event.message)"};
    std::string_view ts = text(*message, "ts");
    if (ts.empty() && before != nullptr) ts = text(*before, "ts");
    if (text(*message, "subtype") == "tombstone") return deleted(channel, ts, before, knowledge, at);
    if (!valid_ts(ts)) return Broken{"a change does not say of which message (event.message.ts)"};
    if (is_own(*message, channel, knowledge)) return Ignored{"our own message changed", false};
    const Names names = names_of(knowledge.directory);
    if (!is_edit(*message, before, names))
        return Ignored{"a message changed, but not its author's words (a preview, a bot, a copy)", false};
    const json::object* edited = object_in(*message, "edited");
    const std::string_view edited_ts = edited == nullptr ? std::string_view{} : text(*edited, "ts");
    const Id order{edited_ts.empty() ? text(event, "event_ts") : edited_ts};
    if (knowledge.edits != nullptr && !knowledge.edits->take(channel, Id{ts}, order))
        return Ignored{"an older edit came late", false};
    MessageEdited edit;
    edit.message = key_of(knowledge, channel, ts);
    edit.text = text_of(*message, names).text;
    edit.at = to_time(edited_ts).value_or(at);
    Meaning meaning;
    meaning.events.push_back(event_of(std::move(edit)));
    return meaning;
}

bool on_purpose(std::string_view subtype) noexcept {
    for (const std::string_view one : passed_over)
        if (one == subtype) return true;
    return false;
}

}  // namespace

Meaning posted(const json::object& from, const Spot& spot, const Knowledge& knowledge, Time at, bool late) {
    Meaning meaning;
    if (is_own(from, spot.channel, knowledge)) {
        meaning.signals.emplace_back(own_message(from, spot.channel));
        return meaning;
    }
    Message message = message_of(from, spot, knowledge, at);
    if (knowledge.directory.is_im(spot.channel, spot.type) && !message.author.bot) {
        meaning.signals.emplace_back(to_us(from, std::move(message), knowledge));
        return meaning;
    }
    meaning.events.push_back(event_of(MessagePosted{std::move(message), late}));
    return meaning;
}

Understood understand_message(const json::object& event, const Knowledge& knowledge, Time at,
                              bool no_outsiders) {
    const Id channel = id_in(event, "channel");
    const std::string_view subtype = text(event, "subtype");
    if (channel.empty()) return Broken{"a message does not say in which channel (event.channel)"};
    knowledge.directory.learn_event(event, knowledge.installation.bot_user);
    if (subtype == "message_changed") return changed(event, channel, knowledge, at);
    if (subtype == "message_deleted")
        return deleted(channel, text(event, "deleted_ts"), object_in(event, "previous_message"), knowledge,
                       at);
    if (on_purpose(subtype)) return Ignored{"message subtype " + std::string(subtype), false};
    if (!says_something(subtype) && subtype != "bot_message")
        return Ignored{"unknown message subtype " + std::string(subtype.substr(0, 80)), true};
    if (flag(event, "hidden")) return Ignored{"a hidden message", false};
    if (!valid_ts(text(event, "ts"))) return Broken{"a message has no time (event.ts)"};
    if (id_in(event, "user").empty() && id_in(event, "bot_id").empty() &&
        object_in(event, "bot_profile") == nullptr && !is_own(event, channel, knowledge))
        return Broken{"a message has no author (event.user or event.bot_id)"};
    return posted(event, {channel, text(event, "channel_type"), no_outsiders}, knowledge, at, false);
}

}  // namespace rapport::slack::events
