// What people say and do in channels.
#include "doubles/slack/people.hpp"

#include <fmt/format.h>

#include "doubles/slack/block_rules.hpp"
#include "doubles/slack/courier.hpp"
#include "doubles/slack/events.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

std::string People::say(const std::string& user, const std::string& channel, const std::string& text,
                        Saying how) {
    const User& author = core_.world.person(user);
    Channel& place = core_.world.place(channel);
    json::object message{
        {"user", author.id}, {"text", text}, {"client_msg_id", core_.world.next_secret("client-")}};
    if (!text.empty()) message["blocks"] = typed_blocks(core_, text);
    if (!author.bot.empty()) {
        message["bot_id"] = author.bot;
        message["app_id"] = author.app;
        message.erase("client_msg_id");
    }
    if (!how.thread.empty()) message["thread_ts"] = how.thread;
    if (!how.subtype.empty()) message["subtype"] = how.subtype;
    if (how.broadcast) message["subtype"] = "thread_broadcast";
    if (!how.files.empty()) {
        message["subtype"] = "file_share";
        message["files"] = std::move(how.files);
        message["upload"] = false;
        message.erase("client_msg_id");
    }
    for (auto& [name, value] : how.also) {
        if (value.is_null()) {
            message.erase(name);
        } else {
            message[name] = value;
        }
    }
    if (!how.quiet) return post(core_, place, std::move(message));
    const std::set<std::string> listening = std::exchange(place.members, {});
    std::string ts = post(core_, place, std::move(message));
    place.members = listening;
    return ts;
}

void People::edit(const std::string& channel, const std::string& ts, const std::string& text) {
    Channel& place = core_.world.place(channel);
    const std::string by{text_of(place.messages.at(ts), "user")};
    change(core_, place, ts, {{"text", text}, {"blocks", typed_blocks(core_, text)}}, by);
}

void People::remove(const std::string& channel, const std::string& ts) {
    erase(core_, core_.world.place(channel), ts);
}

void People::unfurl(const std::string& channel, const std::string& ts) {
    const json::object preview{
        {"id", 1}, {"fallback", "A page"}, {"title", "A page"}, {"from_url", "https://example.com/"}};
    change(core_, core_.world.place(channel), ts, {{"attachments", json::array{preview}}}, {});
}

namespace {

void reaction(Core& core, const User& who, Channel& channel, const std::string& ts, const std::string& name,
              std::string_view type) {
    const json::object& message = channel.messages.at(ts);
    announce(core, channel,
             {{"type", type},
              {"user", who.id},
              {"reaction", name},
              {"item", {{"type", "message"}, {"channel", channel.id}, {"ts", ts}}},
              {"item_user", text_of(message, "user")},
              {"event_ts", core.world.next_ts()}});
}

}  // namespace

void People::react(const std::string& user, const std::string& channel, const std::string& ts,
                   const std::string& name) {
    Channel& place = core_.world.place(channel);
    const User& who = core_.world.person(user);
    json::object& message = place.messages.at(ts);
    if (!message.contains("reactions")) message["reactions"] = json::array{};
    json::array& all = message["reactions"].get_array();
    bool known = false;
    for (json::value& one : all) {
        if (text_of(one.get_object(), "name") != name) continue;
        one.get_object()["users"].get_array().emplace_back(who.id);
        one.get_object()["count"] = one.get_object()["users"].get_array().size();
        known = true;
    }
    if (!known) all.push_back(json::object{{"name", name}, {"users", json::array{who.id}}, {"count", 1}});
    reaction(core_, who, place, ts, name, "reaction_added");
}

void People::unreact(const std::string& user, const std::string& channel, const std::string& ts,
                     const std::string& name) {
    Channel& place = core_.world.place(channel);
    const User& who = core_.world.person(user);
    json::object& message = place.messages.at(ts);
    if (message.contains("reactions")) {
        json::array kept;
        for (json::value& one : message["reactions"].get_array()) {
            if (text_of(one.get_object(), "name") != name) kept.push_back(one);
        }
        message["reactions"] = std::move(kept);
    }
    reaction(core_, who, place, ts, name, "reaction_removed");
}

void People::join(const std::string& user, const std::string& channel) {
    Channel& place = core_.world.place(channel);
    const User& who = core_.world.person(user);
    place.members.insert(who.id);
    announce(core_, place,
             {{"type", "member_joined_channel"},
              {"user", who.id},
              {"channel_type", place.is_private() ? "G" : "C"},
              {"team", who.team},
              {"event_ts", core_.world.next_ts()}});
}

void People::leave(const std::string& user, const std::string& channel) {
    Channel& place = core_.world.place(channel);
    const User& who = core_.world.person(user);
    announce(core_, place,
             {{"type", "member_left_channel"},
              {"user", who.id},
              {"channel_type", place.is_private() ? "G" : "C"},
              {"team", who.team},
              {"event_ts", core_.world.next_ts()}});
    place.members.erase(who.id);
}

void People::profile_changed(const std::string& user) {
    User& who = core_.world.person(user);
    who.updated = std::max(who.updated + 1, seconds_of(core_.world.now()));
    for (const auto& [id, team] : core_.world.teams) {
        if (!team.installed || (who.team != id && who.team != "")) continue;
        json::object event{{"type", "user_change"}, {"event_ts", core_.world.next_ts()}};
        event["user"] = core_.world.user_json(who, team.scopes.contains("users:read.email"));
        announce(core_, team, std::move(event));
    }
}

void People::share(const std::string& channel, const std::string& team, const std::string& new_id) {
    Channel& before = core_.world.place(channel);
    const std::string old = before.id;
    before.ext_shared = true;
    before.pending_ext_shared = false;
    before.teams.push_back(team);
    if (!new_id.empty() && new_id != old) {
        announce(core_, before,
                 {{"type", "channel_id_changed"},
                  {"old_channel_id", old},
                  {"new_channel_id", new_id},
                  {"channel", new_id},
                  {"event_ts", core_.world.next_ts()}});
        auto moved = core_.world.channels.extract(old);
        moved.key() = new_id;
        moved.mapped().id = new_id;
        core_.world.channels.insert(std::move(moved));
    }
    Channel& after = core_.world.place(new_id.empty() ? old : new_id);
    announce(core_, after,
             {{"type", "channel_shared"},
              {"connected_team_id", team},
              {"channel", after.id},
              {"event_ts", core_.world.next_ts()}});
}

void People::unshare(const std::string& channel, const std::string& team) {
    Channel& place = core_.world.place(channel);
    std::erase(place.teams, team);
    place.ext_shared = place.teams.size() > 1;
    announce(core_, place,
             {{"type", "channel_unshared"},
              {"previously_connected_team_id", team},
              {"channel", place.id},
              {"is_ext_shared", place.ext_shared},
              {"event_ts", core_.world.next_ts()}});
}

void People::archive(const std::string& channel, bool archived) {
    Channel& place = core_.world.place(channel);
    place.archived = archived;
    const std::string kind = place.kind == Kind::closed ? "group" : "channel";
    announce(core_, place,
             {{"type", kind + (archived ? "_archive" : "_unarchive")},
              {"user", "USLACKBOT"},
              {"event_ts", core_.world.next_ts()}});
}

void People::uninstall(const std::string& id) {
    Team& team = core_.world.teams.at(id);
    for (auto& [text, token] : core_.tokens) {
        if (token.team == id) token.revoked = true;
    }
    announce(core_, team,
             {{"type", "tokens_revoked"},
              {"tokens", {{"oauth", json::array{}}, {"bot", json::array{team.bot_user}}}}});
    announce(core_, team, {{"type", "app_uninstalled"}});
    team.installed = false;
}

std::string People::event(const std::string& team, json::object event) {
    Delivery delivery;
    delivery.type = "events_api";
    delivery.name = std::string{text_of(event, "type")};
    delivery.team = team;
    delivery.payload = wrapped(core_, core_.world.teams.at(team), std::move(event));
    return core_.courier->deliver(std::move(delivery));
}

std::string People::raw(json::object envelope, std::string type) {
    Delivery delivery;
    delivery.envelope = std::string{text_of(envelope, "envelope_id")};
    delivery.type = std::move(type);
    delivery.name = "raw";
    delivery.raw = true;
    delivery.payload = std::move(envelope);
    return core_.courier->deliver(std::move(delivery));
}

}  // namespace rapport::test::slack
