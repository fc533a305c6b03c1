#include "doubles/slack/events.hpp"

#include <fmt/format.h>

#include "doubles/slack/block_rules.hpp"
#include "doubles/slack/courier.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

json::object wrapped(Core& core, const Team& team, json::object event, bool ext_shared) {
    const std::string type{text_of(event, "type")};
    const std::string channel{text_of(event, "channel")};
    std::string outer = team.id;
    const User* author = core.world.user(std::string{text_of(event, "user")});
    if (ext_shared && author) outer = author->team;  // In shared channels it is the sender's.
    const json::value enterprise =
        team.enterprise.empty() ? json::value(nullptr) : json::value(team.enterprise);
    const json::value own_team = team.whole_organisation ? json::value(nullptr) : json::value(team.id);
    json::object body{
        {"token", "legacy-token"},
        {"team_id", outer},
        {"context_team_id", team.id},
        {"context_enterprise_id", enterprise},
        {"api_app_id", core.settings.app},
        {"event", std::move(event)},
        {"type", "event_callback"},
        {"event_id", core.world.next_id("Ev")},
        {"event_time", seconds_of(core.world.now())},
        {"authorizations", json::array{json::object{{"enterprise_id", enterprise},
                                                    {"team_id", own_team},
                                                    {"user_id", team.bot_user},
                                                    {"is_bot", true},
                                                    {"is_enterprise_install", team.whole_organisation}}}},
        {"is_ext_shared_channel", ext_shared},
        {"event_context", fmt::format("1-{}-{}-{}", type, team.id, channel)}};
    if (!team.enterprise.empty()) body["enterprise_id"] = enterprise;
    return body;
}

namespace {

void send(Core& core, const Team& team, json::object event, bool ext_shared) {
    Delivery delivery;
    delivery.type = "events_api";
    delivery.name = std::string{text_of(event, "type")};
    const std::string_view subtype = text_of(event, "subtype");
    if (!subtype.empty()) delivery.name += "." + std::string{subtype};
    delivery.team = team.id;
    delivery.user = std::string{text_of(event, "user")};
    delivery.channel = std::string{text_of(event, "channel")};
    delivery.payload = wrapped(core, team, std::move(event), ext_shared);
    core.courier->deliver(std::move(delivery));
}

bool hears(const Team& team, const Channel& channel) {
    return team.installed && channel.members.contains(team.bot_user);
}

}  // namespace

void announce(Core& core, const Team& team, json::object event) {
    if (team.installed || event.if_contains("type")) send(core, team, std::move(event), false);
}

void announce(Core& core, const Channel& channel, json::object event) {
    if (!event.contains("channel")) event["channel"] = channel.id;
    if (!event.contains("event_ts")) {
        event["event_ts"] = event.contains("ts") ? event["ts"] : json::value(core.world.next_ts());
    }
    const bool message = text_of(event, "type") == "message";
    if (message && !event.contains("channel_type")) event["channel_type"] = channel.type();
    for (const std::string& id : channel.teams) {
        const Team* team = core.world.team(id);
        if (team && hears(*team, channel)) send(core, *team, event, channel.ext_shared);
    }
}

json::object bot_profile(Core& core, const Team& team) {
    return {{"id", team.bot},
            {"deleted", false},
            {"name", "rapport"},
            {"updated", 1700000000},
            {"app_id", core.settings.app},
            {"icons", json::object{}},
            {"team_id", team.id}};
}

namespace {

/// One element of rich text: a mention, a channel, a link, or words as people see them.
json::object typed_element(std::string_view piece) {
    if (piece.starts_with("<") && piece.ends_with(">")) {
        const std::string_view inner = piece.substr(1, piece.size() - 2);
        const std::size_t bar = inner.find('|');
        const std::string_view target = inner.substr(0, bar);
        if (target.starts_with("@")) return {{"type", "user"}, {"user_id", target.substr(1)}};
        if (target.starts_with("#")) return {{"type", "channel"}, {"channel_id", target.substr(1)}};
        if (target.starts_with("!subteam^"))
            return {{"type", "usergroup"}, {"usergroup_id", target.substr(9)}};
        if (target.starts_with("!")) return {{"type", "broadcast"}, {"range", target.substr(1)}};
        json::object link{{"type", "link"}, {"url", target}};
        if (bar != std::string_view::npos) link["text"] = inner.substr(bar + 1);
        return link;
    }
    std::string text{piece};
    for (const auto& [from, to] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}}) {
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1)) {
            text.replace(at, std::string_view{from}.size(), to);
        }
    }
    return {{"type", "text"}, {"text", text}};
}

}  // namespace

json::array typed_blocks(Core& core, std::string_view text) {
    json::array elements;
    while (!text.empty()) {
        const std::size_t open = text.find('<');
        const std::size_t close = open == std::string_view::npos ? open : text.find('>', open);
        const std::size_t end = open != 0 ? open : close == std::string_view::npos ? close : close + 1;
        elements.push_back(typed_element(text.substr(0, end)));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end);
    }
    json::object section{{"type", "rich_text_section"}, {"elements", std::move(elements)}};
    return {json::object{{"type", "rich_text"},
                         {"block_id", core.world.next_id("b")},
                         {"elements", json::array{std::move(section)}}}};
}

void fill_ids(Core& core, json::value& blocks) {
    if (!blocks.is_array()) return;
    const auto element = [&](json::value& item) {
        if (!item.is_object() || item.get_object().contains("action_id")) return;
        const std::string_view type = text_of(item.get_object(), "type");
        if (type == "image" || type == "mrkdwn" || type == "plain_text" || type.starts_with("rich_text"))
            return;
        item.get_object()["action_id"] = core.world.next_id("a");
    };
    for (json::value& block : blocks.get_array()) {
        if (!block.is_object()) continue;
        json::object& item = block.get_object();
        if (!item.contains("block_id")) item["block_id"] = core.world.next_id("b");
        if (text_of(item, "type") == "rich_text") continue;
        if (json::value* list = item.if_contains("elements"); list && list->is_array()) {
            for (json::value& one : list->get_array()) element(one);
        }
        for (const char* name : {"accessory", "element"}) {
            if (json::value* one = item.if_contains(name)) element(*one);
        }
    }
}

namespace {

/// In shared channels a message bears whose it is.
void add_teams(Core& core, const Channel& channel, json::object& message) {
    const User* author = core.world.user(std::string{text_of(message, "user")});
    if (!author || message.contains("team")) return;
    message["team"] = author->team;
    if (channel.ext_shared) {
        message["user_team"] = author->team;
        message["source_team"] = author->team;
    }
}

void mention(Core& core, const Channel& channel, const json::object& message) {
    const std::string_view text = text_of(message, "text");
    for (const std::string& id : channel.teams) {
        const Team* team = core.world.team(id);
        if (!team || !hears(*team, channel) || channel.kind == Kind::im) continue;
        if (text.find("<@" + team->bot_user) == std::string_view::npos) continue;
        json::object event = message;
        event["type"] = "app_mention";
        event.erase("subtype");
        event["channel"] = channel.id;
        event["event_ts"] = message.at("ts");
        send(core, *team, std::move(event), channel.ext_shared);
    }
}

}  // namespace

std::string post(Core& core, Channel& channel, json::object message) {
    const std::string ts = core.world.next_ts();
    message["type"] = "message";
    message["ts"] = ts;
    add_teams(core, channel, message);
    const std::string thread{text_of(message, "thread_ts")};
    const auto root = channel.messages.find(thread);
    if (root != channel.messages.end() && !text_of(root->second, "user").empty()) {
        message["parent_user_id"] = root->second.at("user");
    }
    channel.messages[ts] = message;
    if (!thread.empty()) World::count_replies(channel, thread);
    json::object event = message;
    event["channel"] = channel.id;
    if (text_of(event, "subtype") == "thread_broadcast" && root != channel.messages.end()) {
        channel.messages[ts]["root"] = event["root"] = root->second;
    }
    announce(core, channel, std::move(event));
    mention(core, channel, message);
    return ts;
}

void change(Core& core, Channel& channel, const std::string& ts, json::object changes,
            const std::string& by) {
    const auto found = channel.messages.find(ts);
    if (found == channel.messages.end()) return;
    const json::object before = found->second;
    for (auto& [name, value] : changes) {
        if (value.is_null()) {
            found->second.erase(name);
        } else {
            found->second[name] = value;
        }
    }
    if (!by.empty()) {
        const std::string second = std::to_string(seconds_of(core.world.now()));
        found->second["edited"] = json::object{{"user", by}, {"ts", second + ".000000"}};
    }
    announce(core, channel,
             {{"type", "message"},
              {"subtype", "message_changed"},
              {"message", found->second},
              {"previous_message", before},
              {"hidden", true},
              {"ts", core.world.next_ts()}});
}

void erase(Core& core, Channel& channel, const std::string& ts) {
    const auto found = channel.messages.find(ts);
    if (found == channel.messages.end()) return;
    const json::object before = found->second;
    json::object event{
        {"type", "message"}, {"hidden", true}, {"previous_message", before}, {"ts", core.world.next_ts()}};
    if (before.contains("reply_count")) {
        json::object tombstone{
            {"type", "message"},   {"subtype", "tombstone"}, {"text", "This message was deleted."},
            {"user", "USLACKBOT"}, {"hidden", true},         {"ts", ts}};
        for (const char* name :
             {"thread_ts", "reply_count", "reply_users_count", "latest_reply", "reply_users", "is_locked"}) {
            if (const json::value* kept = before.if_contains(name)) tombstone[name] = *kept;
        }
        found->second = tombstone;
        event["subtype"] = "message_changed";
        event["message"] = std::move(tombstone);
    } else {
        channel.messages.erase(found);
        event["subtype"] = "message_deleted";
        event["deleted_ts"] = ts;
    }
    announce(core, channel, std::move(event));
    if (is_reply(before)) World::count_replies(channel, std::string{text_of(before, "thread_ts")});
}

}  // namespace rapport::test::slack
