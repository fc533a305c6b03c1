// conversations.list, .info, .open, .join, .members and users.conversations
#include "doubles/slack/api.hpp"
#include "doubles/slack/events.hpp"

namespace rapport::test::slack {
namespace json = boost::json;

namespace {

/// The types asked for, "public_channel" by default; refuses those that the token may not see.
std::set<Kind> types_of(const Call& call) {
    static const std::map<std::string_view, std::pair<Kind, std::string_view>> known{
        {"public_channel", {Kind::open, "channels:read"}},
        {"private_channel", {Kind::closed, "groups:read"}},
        {"mpim", {Kind::mpim, "mpim:read"}},
        {"im", {Kind::im, "im:read"}}};
    std::set<Kind> result;
    const std::string text = call.text("types", "public_channel");
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        std::string_view word = rest.substr(0, comma);
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        while (word.starts_with(' ')) word.remove_prefix(1);
        const auto found = known.find(word);
        if (found == known.end()) throw Refusal{"invalid_types"};
        call.scope(found->second.second);
        result.insert(found->second.first);
    }
    return result;
}

json::object listed(const Call& call, bool only_joined, const std::string& whose) {
    const std::set<Kind> types = types_of(call);
    const bool no_archived = call.flag("exclude_archived");
    std::vector<const Channel*> found;
    for (const auto& [id, channel] : call.core.world.channels) {
        const bool ours =
            std::find(channel.teams.begin(), channel.teams.end(), call.team->id) != channel.teams.end();
        const bool member = channel.members.contains(whose);
        if (!ours || !types.contains(channel.kind) || (no_archived && channel.archived)) continue;
        if ((only_joined || channel.is_private()) && !member) continue;
        if (channel.is_private() && !channel.members.contains(call.self())) continue;
        found.push_back(&channel);
    }
    json::object answer;
    json::array list;
    for (const Channel* channel : page(call, found, answer)) {
        json::object one = call.core.world.channel_json(*channel, call.self());
        if (only_joined) {
            one.erase("is_member");
        } else {
            one["num_members"] = channel->members.size();
        }
        list.push_back(std::move(one));
    }
    answer["channels"] = std::move(list);
    return answer;
}

json::object conversations_list(const Call& call) {
    return listed(call, false, call.self());
}

json::object users_conversations(const Call& call) {
    return listed(call, true, call.text("user", call.self()));
}

json::object info(const Call& call) {
    const Channel& channel = call.channel();
    call.scope_for(channel, "read");
    json::object one = call.core.world.channel_json(channel, call.self());
    if (call.flag("include_num_members")) one["num_members"] = channel.members.size();
    return {{"channel", std::move(one)}};
}

json::object members(const Call& call) {
    const Channel& channel = call.channel();
    call.scope_for(channel, "read");
    json::object answer;
    const std::vector<std::string> all(channel.members.begin(), channel.members.end());
    const std::vector<std::string> some = page(call, all, answer);
    answer["members"] = json::array(some.begin(), some.end());
    return answer;
}

json::object open(const Call& call) {
    Core& core = call.core;
    const bool whole = call.flag("return_im");
    Channel* channel = nullptr;
    if (!call.text("channel").empty()) {
        channel = &call.channel();
    } else {
        std::set<std::string> people{call.self()};
        std::string_view rest = call.need("users");
        while (!rest.empty()) {
            const std::size_t comma = rest.find(',');
            const std::string id{rest.substr(0, comma)};
            rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
            const User* user = core.world.user(id);
            if (!user) throw Refusal{"user_not_found"};
            if (user->deleted) throw Refusal{"user_disabled"};
            people.insert(id);
        }
        if (people.size() > 9) throw Refusal{"too_many_users"};
        call.scope(people.size() > 2 ? "mpim:write" : "im:write");
        channel = &core.world.direct(call.team->id, people);
    }
    if (!whole) return {{"channel", json::object{{"id", channel->id}}}};
    return {{"channel", core.world.channel_json(*channel, call.self())}};
}

json::object join(const Call& call) {
    call.scope("channels:join");
    Channel& channel = call.channel();
    if (channel.kind != Kind::open) throw Refusal{"method_not_supported_for_channel_type"};
    if (channel.archived) throw Refusal{"is_archived"};
    json::object answer;
    if (!channel.members.insert(call.self()).second) {
        answer["warning"] = "already_in_channel";
    } else {
        announce(call.core, channel,
                 {{"type", "member_joined_channel"},
                  {"user", call.self()},
                  {"channel_type", "C"},
                  {"team", call.team->id},
                  {"event_ts", call.core.world.next_ts()}});
    }
    answer["channel"] = call.core.world.channel_json(channel, call.self());
    return answer;
}

constexpr Method methods[] = {
    {"conversations.list", conversations_list, 20},
    {"users.conversations", users_conversations, 20},
    {"conversations.info", info, 50},
    {"conversations.members", members, 100},
    {"conversations.open", open, 50, true},
    {"conversations.join", join, 50, true},
};

}  // namespace

std::span<const Method> conversation_methods() {
    return methods;
}

}  // namespace rapport::test::slack
