// chat.*, reactions.add
#include <fmt/format.h>

#include "doubles/slack/api.hpp"
#include "doubles/slack/events.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

namespace {

constexpr std::size_t longest_post = 40'000;   // Cut there (docs.slack.dev, chat.postMessage).
constexpr std::size_t longest_update = 4'000;  // msg_too_long (docs.slack.dev, chat.update).
constexpr std::size_t most_attachments = 100;

std::string first_code_points(const std::string& text, std::size_t count) {
    std::size_t at = 0;
    while (at < text.size()) {
        const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (begins && count-- == 0) break;
        ++at;
    }
    return text.substr(0, at);
}

/// text, blocks, attachments and metadata of a call, checked. Refuses when there is nothing to show.
json::object content(const Call& call) {
    json::object result{{"text", first_code_points(call.text("text"), longest_post)}};
    if (std::optional<json::value> blocks = call.json("blocks")) {
        Complaints wrong = check_blocks(*blocks, Surface::message, "/blocks");
        if (!wrong.empty()) throw Refusal{"invalid_blocks", std::move(wrong)};
        fill_ids(call.core, *blocks);
        if (!blocks->get_array().empty()) result["blocks"] = std::move(*blocks);
    }
    if (std::optional<json::value> attachments = call.json("attachments")) {
        if (!attachments->is_array()) throw Refusal{"invalid_attachments"};
        if (attachments->get_array().size() > most_attachments) throw Refusal{"too_many_attachments"};
        if (!attachments->get_array().empty()) result["attachments"] = std::move(*attachments);
    }
    if (std::optional<json::value> metadata = call.json("metadata")) {
        const json::object* object = metadata->if_object();
        const json::value* payload = object ? object->if_contains("event_payload") : nullptr;
        if (!object || text_of(*object, "event_type").empty() || !payload || !payload->is_object()) {
            throw Refusal{"invalid_metadata_format"};
        }
        result["metadata"] = std::move(*metadata);
    }
    const bool nothing =
        text_of(result, "text").empty() && !result.contains("blocks") && !result.contains("attachments");
    if (nothing) throw Refusal{"no_text"};
    return result;
}

/// The channel to post to; a person's id opens the direct message.
Channel& target(const Call& call) {
    if (call.text("channel").empty()) throw Refusal{"channel_not_found"};
    const std::string& id = call.need("channel");
    if (User* person = call.core.world.user(id)) {
        if (person->deleted) throw Refusal{"channel_not_found"};
        return call.core.world.direct(call.team->id, {person->id, call.self()});
    }
    Channel& channel = call.channel();
    if (channel.archived) throw Refusal{"is_archived"};
    const bool member = channel.members.contains(call.self());
    const bool anywhere = channel.kind == Kind::open && call.token.scopes.contains("chat:write.public");
    if (!member && !anywhere) throw Refusal{"not_in_channel"};
    if (channel.only_threads) throw Refusal{"restricted_action"};
    return channel;
}

json::object post_message(const Call& call) {
    Channel& channel = target(call);
    json::object message = content(call);
    const std::string thread = call.text("thread_ts");
    if (!thread.empty()) {
        const auto root = channel.messages.find(thread);
        if (root == channel.messages.end()) throw Refusal{"thread_not_found"};
        if (is_reply(root->second)) throw Refusal{"thread_not_found"};
        message["thread_ts"] = thread;
        if (call.flag("reply_broadcast")) message["subtype"] = "thread_broadcast";
    }
    message["user"] = call.self();
    message["bot_id"] = call.team->bot;
    message["app_id"] = call.core.settings.app;
    message["team"] = call.team->id;
    message["bot_profile"] = bot_profile(call.core, *call.team);
    const std::string ts = post(call.core, channel, std::move(message));
    return {{"channel", channel.id}, {"ts", ts}, {"message", channel.messages[ts]}};
}

json::object& own_message(const Call& call, Channel& channel, const char* word) {
    const auto found = channel.messages.find(call.need("ts"));
    if (found == channel.messages.end() || text_of(found->second, "subtype") == "tombstone") {
        throw Refusal{"message_not_found"};
    }
    const bool ours =
        text_of(found->second, "user") == call.self() && text_of(found->second, "subtype") != "bot_message";
    if (!ours) throw Refusal{word};
    return found->second;
}

Channel& known_channel(const Call& call) {
    // A person's id will not do here: the D... id is needed.
    if (call.text("channel").empty() || call.core.world.user(call.text("channel")))
        throw Refusal{"channel_not_found"};
    return call.channel();
}

json::object update(const Call& call) {
    Channel& channel = known_channel(call);
    const json::object& before = own_message(call, channel, "cant_update_message");
    if (code_points(call.text("text")) > longest_update) throw Refusal{"msg_too_long"};
    if (channel.archived) throw Refusal{"is_inactive"};
    json::object changes = content(call);
    // Text without blocks takes the blocks away (docs.slack.dev, chat.update).
    for (const char* name : {"blocks", "attachments"}) {
        if (before.contains(name) && !changes.contains(name) && !call.text("text").empty())
            changes[name] = nullptr;
    }
    if (call.text("text").empty()) changes.erase("text");
    const std::string ts = call.need("ts");
    change(call.core, channel, ts, std::move(changes), call.self());
    const json::object& after = channel.messages[ts];
    return {{"channel", channel.id}, {"ts", ts}, {"text", text_of(after, "text")}, {"message", after}};
}

json::object remove(const Call& call) {
    Channel& channel = known_channel(call);
    own_message(call, channel, "cant_delete_message");
    const std::string ts = call.need("ts");
    erase(call.core, channel, ts);
    return {{"channel", channel.id}, {"ts", ts}};
}

json::object post_ephemeral(const Call& call) {
    Channel& channel = call.channel();
    if (channel.archived) throw Refusal{"is_archived"};
    if (!channel.members.contains(call.self())) throw Refusal{"not_in_channel"};
    const std::string& user = call.need("user");
    if (!channel.members.contains(user)) throw Refusal{"user_not_in_channel"};
    Ephemeral shown;
    shown.channel = channel.id;
    shown.user = user;
    shown.ts = call.core.world.next_ts();
    shown.thread = call.text("thread_ts");
    shown.body = content(call);
    call.core.world.ephemerals.push_back(shown);
    return {{"message_ts", shown.ts}};
}

json::object permalink(const Call& call) {
    const Channel& channel = call.channel();
    const std::string& ts = call.need("message_ts");
    const auto found = channel.messages.find(ts);
    if (found == channel.messages.end()) throw Refusal{"message_not_found"};
    std::string digits = ts;
    std::erase(digits, '.');
    std::string link =
        fmt::format("https://{}.slack.com/archives/{}/p{}", call.team->domain, channel.id, digits);
    if (is_reply(found->second)) {
        link += fmt::format("?thread_ts={}&cid={}", text_of(found->second, "thread_ts"), channel.id);
    }
    return {{"channel", channel.id}, {"permalink", link}};
}

json::object add_reaction(const Call& call) {
    call.scope("reactions:write");
    Channel& channel = call.joined();
    const auto found = channel.messages.find(call.need("timestamp"));
    if (found == channel.messages.end()) throw Refusal{"message_not_found"};
    const std::string& name = call.need("name");
    const std::string self = call.self();
    if (!found->second.contains("reactions")) found->second["reactions"] = json::array{};
    json::array& all = found->second["reactions"].get_array();
    for (json::value& one : all) {
        if (text_of(one.get_object(), "name") == name) throw Refusal{"already_reacted"};
    }
    all.push_back(json::object{{"name", name}, {"users", json::array{self}}, {"count", 1}});
    announce(call.core, channel,
             {{"type", "reaction_added"},
              {"user", self},
              {"reaction", name},
              {"item_user", found->second["user"]},
              {"item", {{"type", "message"}, {"channel", channel.id}, {"ts", found->first}}},
              {"event_ts", call.core.world.next_ts()}});
    return {};
}

constexpr Method methods[] = {
    {"chat.postMessage", post_message, 60, true, "chat:write"},
    {"chat.postEphemeral", post_ephemeral, 100, true, "chat:write"},
    {"chat.update", update, 50, true, "chat:write"},
    {"chat.delete", remove, 50, true, "chat:write"},
    {"chat.getPermalink", permalink, 600},
    {"reactions.add", add_reaction, 50, true},
};

}  // namespace

std::span<const Method> chat_methods() {
    return methods;
}

}  // namespace rapport::test::slack
