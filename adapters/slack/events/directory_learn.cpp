#include "adapters/slack/events/directory.hpp"
#include "adapters/slack/events/fields.hpp"

namespace rapport::slack::events {
namespace {

void take_text(std::string& into, const json::object& from, std::string_view name) {
    if (from.contains(name)) into = text(from, name);
}
void take_flag(bool& into, const json::object& from, std::string_view name) {
    const json::value* value = from.if_contains(name);
    if (value != nullptr && (value->is_bool() || value->is_string())) into = flag(from, name);
}
void take_id(Id& into, const json::object& from, std::string_view name) {
    if (Id id = id_in(from, name); !id.empty()) into = std::move(id);
}

/// Seconds since 1970; 0 and absent are "none".
std::optional<Time> seconds(const json::object& from, std::string_view name) {
    constexpr std::int64_t far = 100'000'000'000;
    const std::int64_t value = number(from, name).value_or(0);
    if (value <= 0 || value > far) return std::nullopt;
    return Time{std::chrono::seconds{value}};
}

template <class Each>
void for_each_object(const json::object& in, std::string_view name, Each each) {
    const json::array* array = array_in(in, name);
    if (array == nullptr) return;
    for (const json::value& one : *array)
        if (const json::object* object = one.if_object()) each(*object);
}

bool tells_what_it_is(const json::object& channel) {
    for (const std::string_view name : {"is_channel", "is_im", "is_private", "is_mpim", "is_group"})
        if (channel.contains(name)) return true;
    return false;
}

}  // namespace

void Directory::learn(const json::object& answer) {
    if (const json::object* user = object_in(answer, "user")) learn_user(*user, true);
    for_each_object(answer, "members", [&](const json::object& user) { learn_user(user, true); });
    if (const json::object* channel = object_in(answer, "channel")) learn_channel(*channel, true);
    for_each_object(answer, "channels", [&](const json::object& channel) { learn_channel(channel, true); });
    for_each_object(answer, "usergroups", [&](const json::object& group) { learn_group(group); });
    if (const json::object* bot = object_in(answer, "bot")) learn_bot(*bot, true);
    if (const json::object* quiet = object_in(answer, "users"))
        for (const auto& [id, status] : *quiet)
            if (status.is_object() && valid_id(id)) learn_quiet(Id{id}, status.get_object());
}

void Directory::learn_user(const json::object& from, bool asked) {
    const Id id = id_in(from, "id");
    if (id.empty()) return;
    User& user = user_at(id);
    user.asked = user.asked || asked;
    take_id(user.team, from, "team_id");
    take_id(user.enterprise, from, "enterprise_id");
    if (const json::object* enterprise = object_in(from, "enterprise_user"))
        take_id(user.enterprise, *enterprise, "enterprise_id");
    take_text(user.handle, from, "name");
    take_text(user.real_name, from, "real_name");
    take_text(user.zone, from, "tz");
    take_flag(user.deleted, from, "deleted");
    take_flag(user.stranger, from, "is_stranger");
    if (from.contains("is_restricted") || from.contains("is_ultra_restricted"))
        user.guest = flag(from, "is_restricted") || flag(from, "is_ultra_restricted");
    if (from.contains("is_bot"))
        user.bot = id == slackbot || flag(from, "is_bot") || flag(from, "is_workflow_bot") ||
                   flag(from, "is_connector_bot");
    if (const json::object* profile = object_in(from, "profile")) learn_profile(id, *profile);
}

void Directory::learn_profile(const Id& id, const json::object& profile) {
    User& user = user_at(id);
    take_text(user.display_name, profile, "display_name");
    if (const std::string_view name = text(profile, "real_name"); !name.empty()) user.real_name = name;
    take_text(user.title, profile, "title");
    take_text(user.email, profile, "email");
    if (user.team.empty()) take_id(user.team, profile, "team");
    for (const std::string_view size : {"image_192", "image_512", "image_72", "image_48", "image_24"}) {
        const std::string_view address = text(profile, size);
        if (!address.starts_with("https://")) continue;
        user.picture = address;
        break;
    }
}

void Directory::learn_channel(const json::object& from, bool asked) {
    const Id id = id_in(from, "id");
    if (id.empty()) return;
    Conversation& channel = channel_at(id);
    take_text(channel.name, from, "name");
    take_flag(channel.im, from, "is_im");
    take_flag(channel.mpim, from, "is_mpim");
    take_flag(channel.is_private, from, "is_private");
    take_flag(channel.ext_shared, from, "is_ext_shared");
    take_flag(channel.pending_ext_shared, from, "is_pending_ext_shared");
    take_flag(channel.org_shared, from, "is_org_shared");
    take_flag(channel.archived, from, "is_archived");
    take_flag(channel.member, from, "is_member");
    take_id(channel.user, from, "user");
    if (!asked || !tells_what_it_is(from)) return;
    channel.asked = true;
    channel.known = true;
}

void Directory::learn_group(const json::object& from) {
    const Id id = id_in(from, "id");
    if (id.empty()) return;
    Group& group = groups_.at(id);
    group.id = id;
    take_text(group.handle, from, "handle");
    take_text(group.name, from, "name");
    learn_members(id, from);
}

void Directory::learn_members(const Id& id, const json::object& answer) {
    const json::array* users = array_in(answer, "users");
    if (users == nullptr || id.empty()) return;
    Group& group = groups_.at(id);
    group.id = id;
    group.members.clear();
    for (const json::value& user : *users)
        if (Id member = id_of(user); !member.empty()) group.members.insert(std::move(member));
}

void Directory::learn_bot(const json::object& from, bool asked) {
    const Id id = id_in(from, "id");
    if (id.empty()) return;
    Bot& bot = bots_.at(id);
    bot.id = id;
    bot.asked = bot.asked || asked;
    take_text(bot.name, from, "name");
    take_id(bot.app, from, "app_id");
    take_id(bot.user, from, "user_id");
}

void Directory::learn_quiet(const Id& id, const json::object& status) {
    if (id.empty()) return;
    QuietHours& quiet = user_at(id).quiet;
    take_flag(quiet.on, status, "dnd_enabled");
    if (status.contains("next_dnd_start_ts")) quiet.from = seconds(status, "next_dnd_start_ts");
    if (status.contains("next_dnd_end_ts")) quiet.until = seconds(status, "next_dnd_end_ts");
    if (status.contains("snooze_enabled"))
        quiet.snoozed_until =
            flag(status, "snooze_enabled") ? seconds(status, "snooze_endtime") : std::nullopt;
}

void Directory::learn_event(const json::object& event, const Id& our_bot) {
    const std::string_view type = text(event, "type");
    if (type == "user_change" || type == "team_join" || type == "user_profile_changed" ||
        type == "user_status_changed") {
        if (const json::object* user = object_in(event, "user")) learn_user(*user, true);
    } else if (type == "dnd_updated_user") {
        if (const json::object* status = object_in(event, "dnd_status"))
            learn_quiet(id_in(event, "user"), *status);
    } else if (type == "subteam_created" || type == "subteam_updated") {
        if (const json::object* group = object_in(event, "subteam")) learn_group(*group);
    } else if (type == "subteam_members_changed") {
        Group* group = groups_.find(id_in(event, "subteam_id"));
        const json::array* added = array_in(event, "added_users");
        const json::array* removed = array_in(event, "removed_users");
        if (group != nullptr && added != nullptr)
            for (const json::value& user : *added)
                if (Id id = id_of(user); !id.empty()) group->members.insert(std::move(id));
        if (group != nullptr && removed != nullptr)
            for (const json::value& user : *removed) group->members.erase(id_of(user));
    } else if (type == "message" || type == "app_mention") {
        const Id author = id_in(event, "user");
        const json::object* profile = object_in(event, "user_profile");
        if (profile == nullptr || !user_wanted(author)) return;
        learn_profile(author, *profile);
        take_text(user_at(author).handle, *profile, "name");
    } else {
        learn_channel_event(type, event, our_bot);
    }
}

void Directory::learn_channel_event(std::string_view type, const json::object& event, const Id& our_bot) {
    if (type == "channel_id_changed") {
        moved(id_in(event, "old_channel_id"), id_in(event, "new_channel_id"));
        return;
    }
    const Id id = id_in(event, "channel");
    if (id.empty()) return;
    const bool about_us = id_in(event, "user") == our_bot;
    if (type == "channel_rename" || type == "group_rename") {
        if (const json::object* channel = object_in(event, "channel")) learn_channel(*channel, false);
    } else if (type == "channel_shared") {
        channel_at(id).ext_shared = true;
    } else if (type == "channel_unshared") {
        channel_at(id).ext_shared = flag(event, "is_ext_shared");
    } else if (type == "channel_archive" || type == "group_archive" || type == "channel_deleted" ||
               type == "group_deleted") {
        channel_at(id).archived = true;
    } else if (type == "channel_unarchive" || type == "group_unarchive") {
        channel_at(id).archived = false;
    } else if (type == "channel_left" || type == "group_left" ||
               (type == "member_left_channel" && about_us)) {
        channel_at(id).member = false;
    } else if (type == "member_joined_channel" && about_us) {
        channel_at(id).member = true;
    }
}

}  // namespace rapport::slack::events
