#include "adapters/slack/events/history.hpp"

#include <algorithm>

#include "adapters/slack/events/fields.hpp"
#include "adapters/slack/events/moment.hpp"
#include "adapters/slack/events/understand.hpp"

namespace rapport::slack::events {
namespace {

void add(HistoryPage& page, Meaning meaning) {
    for (Event& event : meaning.events) page.events.push_back(std::move(event));
    for (Signal& signal : meaning.signals) {
        if (auto* own = std::get_if<OwnMessageSeen>(&signal)) page.ours.push_back(std::move(*own));
        if (auto* direct = std::get_if<DirectMessageToUs>(&signal)) page.to_us.push_back(std::move(*direct));
    }
}

/// An edit made while nobody listened: whoever has the message already gets its newest words.
void add_edit(HistoryPage& page, const json::object& message, const Id& after, const Knowledge& knowledge) {
    const json::object* edited = object_in(message, "edited");
    if (edited == nullptr || page.events.empty()) return;
    const auto* posted = std::get_if<MessagePosted>(&page.events.back().body);
    const std::string_view ts = text(*edited, "ts");
    const auto at = to_time(ts);
    if (posted == nullptr || !at || !earlier(after, ts) || posted->message.id != text(message, "ts")) return;
    const Id channel = posted->message.channel.key.id;
    if (knowledge.edits != nullptr && !knowledge.edits->take(channel, posted->message.id, Id{ts})) return;
    Event event;
    event.body = MessageEdited{posted->message.key(), posted->message.text, *at};
    page.events.push_back(std::move(event));
}

void read_message(HistoryPage& page, const json::object& message, const Id& channel, const Id& after,
                  const Knowledge& knowledge) {
    const std::string_view ts = text(message, "ts");
    const std::string_view subtype = text(message, "subtype");
    if (!valid_ts(ts)) {
        page.broken.push_back({"a message in the history of " + channel + " has no time (ts)"});
        return;
    }
    if (page.newest.empty() || earlier(page.newest, ts)) page.newest = ts;
    if (page.oldest.empty() || earlier(ts, page.oldest)) page.oldest = ts;
    const bool root = text(message, "thread_ts") == ts || text(message, "thread_ts").empty();
    if (root && earlier(after, text(message, "latest_reply"))) page.threads.emplace_back(ts);
    if (!earlier(after, ts)) return;
    if (subtype == "tombstone") {
        Event event;
        event.body = MessageDeleted{
            {knowledge.directory.channel_key(knowledge.installation, channel), Id{ts}}, *to_time(ts)};
        page.events.push_back(std::move(event));
        return;
    }
    json::object whole = message;
    whole["channel"] = channel;
    whole["type"] = "message";
    Understood understood = understand_message(whole, knowledge, *to_time(ts), false);
    if (auto* meaning = std::get_if<Meaning>(&understood)) add(page, std::move(*meaning));
    if (auto* broken = std::get_if<Broken>(&understood)) page.broken.push_back(std::move(*broken));
    add_edit(page, message, after, knowledge);
}

HistoryPage read(const json::object& answer, const Id& channel, const Id& after, const Knowledge& knowledge) {
    HistoryPage page;
    std::vector<const json::object*> messages;
    if (const json::array* all = array_in(answer, "messages"))
        for (const json::value& one : *all)
            if (const json::object* message = one.if_object()) messages.push_back(message);
    std::stable_sort(messages.begin(), messages.end(), [](const json::object* a, const json::object* b) {
        return earlier(text(*a, "ts"), text(*b, "ts"));
    });
    for (const json::object* message : messages) read_message(page, *message, channel, after, knowledge);
    for (Event& event : page.events)
        if (auto* posted = std::get_if<MessagePosted>(&event.body)) posted->late = true;
    if (const json::object* more = object_in(answer, "response_metadata"))
        page.next_cursor = text(*more, "next_cursor");
    return page;
}

}  // namespace

HistoryPage read_history(const json::object& answer, const Id& channel, const Id& after,
                         const Knowledge& knowledge) {
    return read(answer, channel, after, knowledge);
}

HistoryPage read_replies(const json::object& answer, const Id& channel, const Id& after,
                         const Knowledge& knowledge) {
    HistoryPage page = read(answer, channel, after, knowledge);
    page.threads.clear();
    return page;
}

Needs what_history_needs(const json::object& answer, const Id& channel, const Installation& installation,
                         const Directory& directory) {
    Needs needs;
    if (directory.channel_wanted(channel)) needs.channels.insert(channel);
    if (const json::array* all = array_in(answer, "messages"))
        for (const json::value& one : *all)
            if (const json::object* message = one.if_object()) add_needs(needs, *message, directory);
    needs.users.erase(installation.bot_user);
    return needs;
}

}  // namespace rapport::slack::events
