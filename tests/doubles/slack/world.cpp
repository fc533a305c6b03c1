#include "doubles/slack/world.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "doubles/slack/block_rules.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

Time computer_time() {
    return std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
}

const std::set<std::string>& usual_scopes() {
    static const std::set<std::string> scopes{
        "app_mentions:read", "channels:history", "channels:read", "chat:write",      "commands",
        "dnd:read",          "groups:history",   "groups:read",   "im:history",      "im:read",
        "im:write",          "mpim:history",     "mpim:read",     "reactions:read",  "team:read",
        "users:read",        "usergroups:read",  "files:write",   "users:read.email"};
    return scopes;
}

std::int64_t seconds_of(Time time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

bool is_reply(const json::object& message) {
    const std::string_view thread = text_of(message, "thread_ts");
    return !thread.empty() && thread != text_of(message, "ts");
}

json::object text_object(std::string_view text) {
    return {{"type", "plain_text"}, {"text", text}, {"emoji", true}};
}

bool View::home() const {
    return text_of(body, "type") == "home";
}

std::string World::next_ts() {
    const std::int64_t micros =
        std::chrono::duration_cast<std::chrono::microseconds>(now().time_since_epoch()).count();
    last_ts_ = std::max(micros, last_ts_ + 100);
    return fmt::format("{}.{:06}", last_ts_ / 1'000'000, last_ts_ % 1'000'000);
}

std::string World::next_id(std::string_view prefix) {
    return fmt::format("{}0DBL{:05}", prefix, ++ids_);
}

std::string World::next_secret(std::string_view prefix) {
    return fmt::format("{}{}.{:x}", prefix, ++ids_,
                       std::hash<std::string>{}(fmt::format("{}{}", prefix, ids_)));
}

Team& World::add_team(Team team) {
    if (team.id.empty()) team.id = next_id("T");
    if (team.bot_user.empty()) team.bot_user = next_id("U");
    if (team.bot.empty()) team.bot = next_id("B");
    if (team.bot_token.empty()) team.bot_token = "xoxb-double-" + team.id;
    if (team.name.empty()) team.name = team.id;
    if (team.domain.empty()) team.domain = "workspace-" + std::to_string(teams.size() + 1);
    User bot;
    bot.id = team.bot_user;
    bot.team = team.id;
    bot.name = bot.real_name = "rapport";
    bot.bot = team.bot;
    add_user(std::move(bot));
    return teams[team.id] = std::move(team);
}

User& World::add_user(User user) {
    if (user.id.empty()) user.id = next_id("U");
    if (user.real_name.empty()) user.real_name = user.name;
    if (user.updated == 0) user.updated = seconds_of(now());
    return users[user.id] = std::move(user);
}

Channel& World::add_channel(Channel channel) {
    if (channel.id.empty()) channel.id = next_id(channel.kind == Kind::im ? "D" : "C");
    if (channel.teams.empty()) channel.teams.push_back(channel.team);
    if (channel.created == 0) channel.created = seconds_of(now());
    return channels[channel.id] = std::move(channel);
}

Channel& World::direct(const std::string& team, const std::set<std::string>& people) {
    const Kind kind = people.size() > 2 ? Kind::mpim : Kind::im;
    for (auto& [id, channel] : channels) {
        if (channel.kind == kind && channel.team == team && channel.members == people) return channel;
    }
    Channel channel;
    channel.team = team;
    channel.kind = kind;
    channel.members = people;
    if (kind == Kind::mpim) {
        channel.name = "mpdm";
        for (const std::string& id : people) channel.name += "-" + (user(id) ? user(id)->name : id);
        channel.name += "-1";
    }
    return add_channel(std::move(channel));
}

namespace {

template <class Map>
auto* find(Map& map, const std::string& id) {
    const auto found = map.find(id);
    return found == map.end() ? nullptr : &found->second;
}

}  // namespace

Team* World::team(const std::string& id) {
    return find(teams, id);
}
User* World::user(const std::string& id) {
    return find(users, id);
}
Channel* World::channel(const std::string& id) {
    return find(channels, id);
}
View* World::view(const std::string& id) {
    return find(views, id);
}

Channel& World::place(const std::string& id_or_name) {
    if (Channel* known = channel(id_or_name)) return *known;
    const std::string name = id_or_name.starts_with('#') ? id_or_name.substr(1) : id_or_name;
    for (auto& [id, channel] : channels) {
        if (!name.empty() && channel.name == name) return channel;
    }
    throw std::out_of_range("the double knows no channel " + id_or_name);
}

User& World::person(const std::string& id_or_name) {
    if (User* known = user(id_or_name)) return *known;
    for (auto& [id, user] : users) {
        if (user.name == id_or_name) return user;
    }
    throw std::out_of_range("the double knows no person " + id_or_name);
}

Team& World::team_of(const Channel& channel) {
    Team* owner = team(channel.team);
    if (owner && owner->installed) return *owner;
    for (const std::string& id : channel.teams) {
        Team* other = team(id);
        if (other && other->installed) return *other;
    }
    if (owner) return *owner;
    throw std::out_of_range("the double knows no workspace " + channel.team);
}

View* World::home(const std::string& user) {
    const auto found = homes.find(user);
    return found == homes.end() ? nullptr : view(found->second);
}

std::vector<View*> World::stack(const std::string& user) {
    std::vector<View*> result;
    for (const std::string& id : stacks[user]) {
        if (View* found = view(id)) result.push_back(found);
    }
    return result;
}

json::object World::user_json(const User& user, bool email) const {
    json::object profile{{"title", user.title},
                         {"phone", ""},
                         {"real_name", user.real_name},
                         {"real_name_normalized", user.real_name},
                         {"display_name", user.display_name},
                         {"display_name_normalized", user.display_name},
                         {"status_text", ""},
                         {"status_emoji", ""},
                         {"status_expiration", 0},
                         {"avatar_hash", "g00000000000"},
                         {"team", user.team}};
    if (!user.image.empty()) {
        for (const char* size : {"image_48", "image_72", "image_192", "image_512"})
            profile[size] = user.image;
    }
    if (email && !user.email.empty()) profile["email"] = user.email;
    if (!user.bot.empty()) profile["bot_id"] = user.bot;
    if (!user.app.empty()) profile["api_app_id"] = user.app;
    json::object result{{"id", user.id},
                        {"team_id", user.team},
                        {"name", user.name},
                        {"deleted", user.deleted},
                        {"real_name", user.real_name},
                        {"tz", user.tz},
                        {"tz_label", user.tz},
                        {"tz_offset", user.tz_offset},
                        {"profile", std::move(profile)},
                        {"is_admin", user.admin},
                        {"is_owner", false},
                        {"is_primary_owner", false},
                        {"is_restricted", user.restricted || user.ultra_restricted},
                        {"is_ultra_restricted", user.ultra_restricted},
                        {"is_bot", !user.bot.empty() && user.id != "USLACKBOT"},
                        {"is_app_user", false},
                        {"updated", user.updated}};
    if (user.stranger) result["is_stranger"] = true;
    if (!user.enterprise.empty()) {
        result["enterprise_user"] = json::object{
            {"id", user.id}, {"enterprise_id", user.enterprise}, {"teams", json::array{user.team}}};
    }
    return result;
}

json::object World::channel_json(const Channel& channel, const std::string& viewer) const {
    if (channel.kind == Kind::im) {
        std::string other = viewer;
        for (const std::string& id : channel.members) {
            if (id != viewer) other = id;
        }
        const auto known = users.find(other);
        return {{"id", channel.id},
                {"created", channel.created},
                {"is_archived", channel.archived},
                {"is_im", true},
                {"is_org_shared", channel.org_shared},
                {"context_team_id", channel.team},
                {"user", other},
                {"is_user_deleted", known != users.end() && known->second.deleted},
                {"priority", 0}};
    }
    json::array shared_by(channel.teams.begin(), channel.teams.end());
    json::object result{
        {"id", channel.id},
        {"name", channel.name},
        {"is_channel", channel.kind == Kind::open},
        {"is_group", channel.kind == Kind::closed},
        {"is_im", false},
        {"is_mpim", channel.kind == Kind::mpim},
        {"is_private", channel.is_private()},
        {"created", channel.created},
        {"is_archived", channel.archived},
        {"is_general", channel.name == "general"},
        {"unlinked", 0},
        {"name_normalized", channel.name},
        {"is_shared", channel.ext_shared || channel.org_shared},
        {"is_ext_shared", channel.ext_shared},
        {"is_org_shared", channel.org_shared},
        {"is_pending_ext_shared", channel.pending_ext_shared},
        {"pending_shared", json::array{}},
        {"context_team_id", channel.team},
        {"shared_team_ids", shared_by},
        {"internal_team_ids", json::array{}},
        {"creator", "USLACKBOT"},
        {"is_member", channel.members.contains(viewer)},
        {"topic", {{"value", channel.topic}, {"creator", ""}, {"last_set", 0}}},
        {"purpose", {{"value", channel.purpose}, {"creator", ""}, {"last_set", 0}}},
        {"previous_names", json::array(channel.previous_names.begin(), channel.previous_names.end())}};
    if (channel.ext_shared) {
        json::array others;
        for (const std::string& id : channel.teams)
            if (id != channel.team) others.emplace_back(id);
        result["connected_team_ids"] = std::move(others);
        result["conversation_host_id"] = channel.team;
    }
    return result;
}

void World::count_replies(Channel& channel, const std::string& root) {
    const auto found = channel.messages.find(root);
    if (found == channel.messages.end()) return;
    json::object& message = found->second;
    std::vector<std::string> people;
    std::size_t count = 0;
    std::string latest;
    for (const auto& [ts, reply] : channel.messages) {
        if (ts == root || text_of(reply, "thread_ts") != root) continue;
        ++count;
        latest = ts;
        const std::string user{text_of(reply, "user")};
        if (!user.empty() && std::find(people.begin(), people.end(), user) == people.end())
            people.push_back(user);
    }
    if (count == 0) {
        for (const char* name :
             {"thread_ts", "reply_count", "reply_users_count", "latest_reply", "reply_users", "is_locked"})
            message.erase(name);
        return;
    }
    message["thread_ts"] = root;
    message["reply_count"] = count;
    message["reply_users_count"] = people.size();
    message["latest_reply"] = latest;
    message["reply_users"] = json::array(people.begin(), people.end());
    message["is_locked"] = false;
}

std::string World::trigger(const std::string& team, const std::string& user, const std::string& view) {
    const std::string id = fmt::format("{}.{}", seconds_of(now()), next_secret(""));
    triggers[id] = Trigger{team, user, view, now()};
    return id;
}

std::string World::response_url(std::string_view kind, ResponseUrl data) {
    const std::string path = fmt::format("/{}/{}/{}", kind, data.team, next_secret(""));
    data.made = now();
    response_urls[path] = std::move(data);
    return path;
}

}  // namespace rapport::test::slack
