#include "adapters/replay/slack_message.hpp"

#include <algorithm>
#include <array>
#include <boost/json/value.hpp>

#include "adapters/replay/slack_text.hpp"
#include "adapters/replay/timestamp.hpp"
#include "adapters/replay/utf8.hpp"

namespace rapport::replay {
namespace {

namespace json = boost::json;

constexpr std::size_t max_files = 10;
constexpr std::size_t max_reactions = 10'000;
constexpr std::array<std::string_view, 5> message_subtypes = {"", "file_share", "thread_broadcast",
                                                              "me_message", "bot_message"};

/// A text member; empty if it is absent or something else. `user` is an object in some places: then its `id`.
std::string_view view_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (!value) return {};
    if (const json::object* nested = value->if_object()) value = nested->if_contains("id");
    const json::string* text = value ? value->if_string() : nullptr;
    return text ? std::string_view{text->data(), text->size()} : std::string_view{};
}

const json::object* object_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value ? value->if_object() : nullptr;
}

const json::array* array_at(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value ? value->if_array() : nullptr;
}

bool is_set(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    const bool* flag = value ? value->if_bool() : nullptr;
    return flag && *flag;
}

std::string first_of(std::initializer_list<std::string_view> candidates) {
    for (const std::string_view candidate : candidates)
        if (!candidate.empty()) return std::string{candidate};
    return {};
}

/// A user who is not in users.json: from a connected workspace, told by the message itself.
void learn_stranger(const json::object& record, std::string_view user, SlackDirectory& directory) {
    if (directory.users.contains(std::string{user})) return;
    Account account = directory.account(user);
    const json::object empty;
    const json::object* found = object_at(record, "user_profile");
    const json::object& profile = found ? *found : empty;
    const std::string team =
        first_of({view_at(record, "user_team"), view_at(profile, "team"), view_at(record, "team")});
    if (!team.empty()) account.key.realm = team;
    account.name = first_of({view_at(profile, "display_name"), view_at(profile, "real_name")});
    account.handle = view_at(profile, "name");
    directory.users.emplace(std::string{user}, std::move(account));
}

Account bot_account(const json::object& record, const SlackDirectory& directory) {
    const json::object* profile = object_at(record, "bot_profile");
    Account account;
    account.bot = true;
    account.name = first_of({view_at(record, "username"), profile ? view_at(*profile, "name") : ""});
    account.handle = account.name;
    account.key = {
        "slack", directory.realm,
        first_of({view_at(record, "bot_id"), profile ? view_at(*profile, "id") : "", account.name})};
    return account;
}

bool posted_by_program(const json::object& record) {
    return !view_at(record, "bot_id").empty() || !view_at(record, "app_id").empty() ||
           object_at(record, "bot_profile") != nullptr;
}

/// The text in Slack's mark-up: `text`, else what the blocks say, else what the attachments say.
std::string marked_up(const json::object& record) {
    if (const auto text = view_at(record, "text"); !text.empty()) return std::string{text};
    if (const json::value* blocks = record.if_contains("blocks"))
        if (std::string text = text_of_blocks(*blocks); !text.empty()) return text;
    std::string text;
    if (const json::array* attachments = array_at(record, "attachments"))
        for (const json::value& entry : *attachments)
            if (const json::object* attachment = entry.if_object(); attachment && text.size() < max_text) {
                if (!text.empty()) text += '\n';
                text += first_of({view_at(*attachment, "text"), view_at(*attachment, "fallback")});
            }
    return text;
}

void append_files(std::string& text, const json::object& record) {
    const json::array* files = array_at(record, "files");
    if (!files) return;
    std::size_t named = 0;
    for (const json::value& entry : *files) {
        const json::object* file = entry.if_object();
        if (!file || ++named > max_files) continue;
        const std::string name = first_of({view_at(*file, "title"), view_at(*file, "name")});
        if (!text.empty()) text += '\n';
        text += name.empty() ? "[file]" : "[file: " + name + "]";
    }
}

Message message_of(const json::object& record, const Channel& channel, SlackDirectory& directory) {
    Message message;
    message.channel = channel;
    message.id = view_at(record, "ts");
    const std::string_view user = view_at(record, "user");
    if (user.empty()) {
        message.author = bot_account(record, directory);
    } else {
        learn_stranger(record, user, directory);
        message.author = directory.account(user);
        message.via_app = posted_by_program(record) && !message.author.bot;
    }
    if (message.author.bot) message.role = "bot";
    PlainText plain = plain_text(marked_up(record), directory);
    append_files(plain.text, record);
    cut_to(plain.text, max_text);
    message.text = std::move(plain.text);
    message.mentions = std::move(plain.mentions);
    if (const auto thread = view_at(record, "thread_ts"); !thread.empty() && thread != message.id) {
        message.thread = thread;
        message.reply_to = thread;
    }
    return message;
}

void add_reactions(SlackRecord& out, const json::object& record, const MessageKey& key,
                   const SlackDirectory& directory) {
    const json::array* reactions = array_at(record, "reactions");
    if (!reactions) return;
    for (const json::value& entry : *reactions) {
        const json::object* reaction = entry.if_object();
        const json::array* users = reaction ? array_at(*reaction, "users") : nullptr;
        if (!users) continue;
        for (const json::value& user : *users) {
            const json::string* id = user.if_string();
            if (!id || id->empty() || out.events.size() > max_reactions) continue;
            Event event;
            event.body = ReactionAdded{key, directory.account({id->data(), id->size()}),
                                       std::string{view_at(*reaction, "name")}, out.at};
            out.events.push_back(std::move(event));
        }
    }
}

void read_change(SlackRecord& out, const json::object& record, const Channel& channel,
                 const SlackDirectory& directory) {
    const json::object* changed = object_at(record, "message");
    const json::object* previous = object_at(record, "previous_message");  // Can be [] or absent.
    std::string_view id = changed ? view_at(*changed, "ts") : "";
    if (id.empty() && previous) id = view_at(*previous, "ts");
    if (!changed || !parse_slack_ts(id)) {
        out.problem = "message_changed does not say which message changed";
        return;
    }
    const MessageKey key{channel.key, std::string{id}};
    Event event;
    if (view_at(*changed, "subtype") == "tombstone") {
        event.body = MessageDeleted{key, out.at};
    } else if (previous && view_at(*previous, "text") == view_at(*changed, "text")) {
        out.notice = true;  // Only a link's preview was added.
        return;
    } else {
        PlainText plain = plain_text(marked_up(*changed), directory);
        append_files(plain.text, *changed);
        cut_to(plain.text, max_text);
        event.body = MessageEdited{key, std::move(plain.text), out.at};
    }
    out.events.push_back(std::move(event));
}

void read_deletion(SlackRecord& out, const json::object& record, const Channel& channel) {
    const std::string_view id = view_at(record, "deleted_ts");
    if (!parse_slack_ts(id)) {
        out.problem = "message_deleted does not say which message was deleted";
        return;
    }
    Event event;
    event.body = MessageDeleted{{channel.key, std::string{id}}, out.at};
    out.events.push_back(std::move(event));
}

}  // namespace

SlackRecord read_slack_record(const json::value& value, const Channel& channel, SlackDirectory& directory) {
    SlackRecord out;
    const json::object* record = value.if_object();
    if (!record) {
        out.problem = "it is not an object in { }";
        return out;
    }
    const std::optional<std::int64_t> micros = parse_slack_ts(view_at(*record, "ts"));
    if (!micros) {
        out.problem = view_at(*record, "ts").empty() ? "`ts` is missing" : "`ts` is not a Slack time";
        return out;
    }
    out.order = *micros;
    out.at = Time{std::chrono::milliseconds{*micros / 1000}};
    const std::string_view subtype = view_at(*record, "subtype");
    if (subtype == "message_changed") {
        read_change(out, *record, channel, directory);
    } else if (subtype == "message_deleted") {
        read_deletion(out, *record, channel);
    } else if (is_set(*record, "hidden") || std::find(message_subtypes.begin(), message_subtypes.end(),
                                                      subtype) == message_subtypes.end()) {
        out.notice = true;
    } else {
        Message message = message_of(*record, channel, directory);
        if (message.author.key.id.empty()) {
            out.problem = "it has neither `user` nor `bot_id`";
            return out;
        }
        message.at = out.at;
        const MessageKey key = message.key();
        Event event;
        event.body.emplace<MessagePosted>().message = std::move(message);
        out.events.push_back(std::move(event));
        add_reactions(out, *record, key, directory);
    }
    return out;
}

}  // namespace rapport::replay
