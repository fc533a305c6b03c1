// users.*, usergroups.*, dnd.*
#include "doubles/slack/api.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

namespace {

bool sees_email(const Call& call) {
    return call.token.scopes.contains("users:read.email");
}

/// Whether that installation may know of that person: its own, and those it shares a channel with.
bool visible(const Call& call, const User& user) {
    if (user.team == call.team->id || user.id == "USLACKBOT") return true;
    for (const auto& [id, channel] : call.core.world.channels) {
        if (!channel.members.contains(user.id)) continue;
        if (std::find(channel.teams.begin(), channel.teams.end(), call.team->id) != channel.teams.end())
            return true;
    }
    return user.stranger;
}

User& known(const Call& call) {
    User& user = call.user();
    if (!visible(call, user)) throw Refusal{"user_not_visible"};
    return user;
}

json::object users_list(const Call& call) {
    std::vector<const User*> all;
    for (const auto& [id, user] : call.core.world.users) {
        if (user.team == call.team->id || id == "USLACKBOT")
            all.push_back(&user);  // Never the external ones.
    }
    json::object answer;
    json::array list;
    for (const User* user : page(call, all, answer, 200)) {
        list.push_back(call.core.world.user_json(*user, sees_email(call)));
    }
    answer["members"] = std::move(list);
    answer["cache_ts"] = seconds_of(call.core.world.now());
    return answer;
}

json::object users_info(const Call& call) {
    const User& user = known(call);
    const bool email = sees_email(call) && user.team == call.team->id;
    json::object one = call.core.world.user_json(user, email);
    if (user.team == call.team->id && call.flag("include_locale")) one["locale"] = "en-GB";
    return {{"user", std::move(one)}};
}

json::object by_email(const Call& call) {
    const std::string& email = call.need("email");
    for (const auto& [id, user] : call.core.world.users) {
        if (user.team == call.team->id && user.email == email && !user.deleted) {
            return {{"user", call.core.world.user_json(user, true)}};
        }
    }
    throw Refusal{"users_not_found"};
}

json::object presence(const Call& call) {
    return {{"presence", known(call).active ? "active" : "away"}};
}

json::object profile(const Call& call) {
    return {{"profile", call.core.world.user_json(known(call), sees_email(call)).at("profile")}};
}

json::object groups_list(const Call& call) {
    const bool disabled = call.flag("include_disabled");
    json::array list;
    for (const auto& [id, group] : call.core.world.usergroups) {
        if (group.team != call.team->id || (group.disabled && !disabled)) continue;
        json::object one{{"id", group.id},
                         {"team_id", group.team},
                         {"is_usergroup", true},
                         {"is_subteam", true},
                         {"name", group.name},
                         {"description", ""},
                         {"handle", group.handle},
                         {"is_external", false},
                         {"date_create", 1700000000},
                         {"date_update", 1700000000},
                         {"date_delete", group.disabled ? 1700000001 : 0},
                         {"user_count", group.users.size()}};
        if (call.flag("include_users")) one["users"] = json::array(group.users.begin(), group.users.end());
        list.push_back(std::move(one));
    }
    return {{"usergroups", std::move(list)}};
}

json::object group_users(const Call& call) {
    const auto found = call.core.world.usergroups.find(call.need("usergroup"));
    if (found == call.core.world.usergroups.end() || found->second.team != call.team->id) {
        throw Refusal{"no_such_subteam"};
    }
    if (found->second.disabled && !call.flag("include_disabled")) throw Refusal{"subteam_disabled"};
    return {{"users", json::array(found->second.users.begin(), found->second.users.end())}};
}

json::object dnd_of(const User& user) {
    return {
        {"dnd_enabled", user.dnd}, {"next_dnd_start_ts", user.dnd_from}, {"next_dnd_end_ts", user.dnd_until}};
}

json::object dnd_info(const Call& call) {
    const std::string id = call.text("user", call.self());
    const User* user = call.core.world.user(id);
    if (!user) throw Refusal{"user_not_found"};
    json::object answer = dnd_of(*user);
    if (user->snooze_until > 0) {
        const std::int64_t left = user->snooze_until - seconds_of(call.core.world.now());
        answer["snooze_enabled"] = left > 0;
        answer["snooze_endtime"] = user->snooze_until;
        answer["snooze_remaining"] = std::max<std::int64_t>(0, left);
    }
    return answer;
}

json::object dnd_team(const Call& call) {
    json::object users;
    const std::string text = call.need("users");
    std::string_view rest = text;
    std::size_t count = 0;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        const std::string id{rest.substr(0, comma)};
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        if (++count > 50) throw Refusal{"too_many_users"};
        if (const User* user = call.core.world.user(id)) users[id] = dnd_of(*user);
    }
    return {{"users", std::move(users)}};
}

constexpr Method methods[] = {
    {"users.list", users_list, 20, false, "users:read"},
    {"users.info", users_info, 100, false, "users:read"},
    {"users.lookupByEmail", by_email, 50, false, "users:read.email"},
    {"users.getPresence", presence, 50, false, "users:read"},
    {"users.profile.get", profile, 100, false, "users.profile:read"},
    {"usergroups.list", groups_list, 20, false, "usergroups:read"},
    {"usergroups.users.list", group_users, 20, false, "usergroups:read"},
    {"dnd.info", dnd_info, 50, false, "dnd:read"},
    {"dnd.teamInfo", dnd_team, 20, false, "dnd:read"},
};

}  // namespace

std::span<const Method> people_methods() {
    return methods;
}

}  // namespace rapport::test::slack
