#include <algorithm>
#include <optional>

#include "adapters/slack/events/fields.hpp"
#include "adapters/slack/events/moment.hpp"
#include "adapters/slack/events/understand.hpp"

namespace rapport::slack::events {
namespace {

Understood of(Signal signal) {
    Meaning meaning;
    meaning.signals.push_back(std::move(signal));
    return meaning;
}

Understood of_event(Event::Body body) {
    Event event;
    event.body = std::move(body);
    Meaning meaning;
    meaning.events.push_back(std::move(event));
    return meaning;
}

Broken lacks(std::string_view type, std::string_view what) {
    return {std::string(type) + " does not say " + std::string(what)};
}

Understood reaction(const json::object& event, const Knowledge& knowledge, Time at) {
    const json::object* item = object_in(event, "item");
    if (item == nullptr) return lacks("reaction_added", "to what (event.item)");
    if (text(*item, "type") != "message")
        return Ignored{"a reaction to something else than a message", false};
    const Id channel = id_in(*item, "channel");
    const Id user = id_in(event, "user");
    const std::string_view ts = text(*item, "ts");
    if (channel.empty() || !valid_ts(ts)) return lacks("reaction_added", "to which message (event.item)");
    if (user.empty()) return lacks("reaction_added", "who reacted (event.user)");
    if (user == knowledge.installation.bot_user) return Ignored{"our own reaction", false};
    ReactionAdded added;
    added.message = {knowledge.directory.channel_key(knowledge.installation, channel), Id{ts}};
    added.by = knowledge.directory.account(knowledge.installation, user);
    added.reaction = visible(text(event, "reaction"), 256);
    added.at = at;
    return of_event(std::move(added));
}

/// Slack tells of one change in up to three events, and of many that nobody here sees (a status, a huddle).
/// Every message carries its author's account as it is now, so what is passed over here is not lost.
Understood account(std::string_view type, const json::object& event, const Knowledge& knowledge, Time at) {
    const Installation& installation = knowledge.installation;
    Directory& directory = knowledge.directory;
    const Id user = id_in(event, "user");
    if (user.empty()) return lacks(type, "of whom (event.user)");
    std::optional<Account> before;
    if (!directory.user_wanted(user)) before = directory.account(installation, user);
    directory.learn_event(event, installation.bot_user);
    if (user == installation.bot_user) return Ignored{"our own profile", false};
    Account now = directory.account(installation, user);
    const bool profile = type == "user_change" || type == "user_profile_changed";
    const bool same = before && before->handle == now.handle && before->name == now.name &&
                      before->bot == now.bot && before->picture == now.picture;
    if (before ? same : !profile) return Ignored{"nothing of their profile that we show has changed", false};
    return of_event(AccountChanged{std::move(now), at});
}

Understood home(const json::object& event, const Knowledge& knowledge) {
    const std::string_view tab = text(event, "tab");
    if (!tab.empty() && tab != "home") return Ignored{"the app's messages were opened", false};
    const Id user = id_in(event, "user");
    if (user.empty()) return lacks("app_home_opened", "by whom (event.user)");
    return of(HomeOpened{user, knowledge.directory.account_key(knowledge.installation, user)});
}

Understood membership(std::string_view type, const json::object& event, const Knowledge& knowledge) {
    const Id user = id_in(event, "user");
    const Id channel = id_in(event, "channel");
    if (channel.empty()) return lacks(type, "which channel (event.channel)");
    if (type == "channel_left" || type == "group_left") return of(MembershipChanged{channel, false});
    if (user.empty()) return lacks(type, "who (event.user)");
    if (user != knowledge.installation.bot_user) return Ignored{"somebody joined or left a channel", false};
    return of(MembershipChanged{channel, type == "member_joined_channel"});
}

Understood channel_id(const json::object& event, const Knowledge& knowledge) {
    const Id from = id_in(event, "old_channel_id");
    const Id to = id_in(event, "new_channel_id");
    if (from.empty() || to.empty()) return lacks("channel_id_changed", "from what to what");
    return of(ChannelIdChanged{from, to, knowledge.directory.channel_key(knowledge.installation, to)});
}

Understood shared(std::string_view type, const json::object& event) {
    const Id channel = id_in(event, "channel");
    if (channel.empty()) return lacks(type, "which channel (event.channel)");
    const bool now = type == "channel_unshared" ? flag(event, "is_ext_shared") : true;
    return of(ChannelSharedChanged{channel, now});
}

Understood closed(std::string_view type, const json::object& event) {
    const Id channel = id_in(event, "channel");
    if (channel.empty()) return lacks(type, "which channel (event.channel)");
    return of(ChannelClosed{channel, !type.ends_with("_unarchive")});
}

Understood revoked(const json::object& event, const Knowledge& knowledge) {
    const json::object* tokens = object_in(event, "tokens");
    if (tokens == nullptr) return lacks("tokens_revoked", "which (event.tokens)");
    TokensRevoked all;
    if (const json::array* users = array_in(*tokens, "oauth"))
        for (const json::value& user : *users)
            if (Id id = id_of(user); !id.empty()) all.users.push_back(std::move(id));
    if (const json::array* bots = array_in(*tokens, "bot"))
        all.bot = std::any_of(bots->begin(), bots->end(), [&](const json::value& bot) {
            const Id& ours = knowledge.installation.bot_user;
            return ours.empty() || id_of(bot) == ours;
        });
    return of(std::move(all));
}

Understood group(std::string_view type, const json::object& event) {
    const Id id = type == "subteam_members_changed" ? id_in(event, "subteam_id") : id_in(event, "subteam");
    if (id.empty()) return lacks(type, "which group");
    return of(GroupChanged{id});
}

template <std::size_t N>
bool among(std::string_view type, const std::string_view (&all)[N]) noexcept {
    return std::find(std::begin(all), std::end(all), type) != std::end(all);
}

constexpr std::string_view of_accounts[] = {"user_change", "team_join", "user_profile_changed",
                                            "user_status_changed"};
constexpr std::string_view of_members[] = {"member_joined_channel", "member_left_channel", "channel_left",
                                           "group_left"};
constexpr std::string_view of_sharing[] = {
    "channel_shared", "channel_unshared", "shared_channel_invite_accepted", "shared_channel_invite_approved"};
constexpr std::string_view of_closing[] = {"channel_archive", "channel_unarchive", "channel_deleted",
                                           "group_archive",   "group_unarchive",   "group_deleted"};
constexpr std::string_view of_groups[] = {"subteam_members_changed", "subteam_updated", "subteam_created"};
/// What they tell is in the directory by now, or nobody here needs it.
constexpr std::string_view no_more[] = {"reaction_removed",
                                        "channel_rename",
                                        "group_rename",
                                        "dnd_updated_user",
                                        "team_access_granted",
                                        "team_access_revoked",
                                        "assistant_thread_started",
                                        "assistant_thread_context_changed",
                                        "shared_channel_invite_received",
                                        "shared_channel_invite_declined"};

}  // namespace

Time time_of(const json::object& payload, const json::object& event) {
    if (const auto at = to_time(text(event, "event_ts"))) return *at;
    if (const auto at = number(payload, "event_time"); at && *at > 0 && *at < 100'000'000'000)
        return Time{std::chrono::seconds{*at}};
    return to_time(text(event, "ts")).value_or(Time{});
}

bool is_unshared(const json::object& payload) {
    const json::value* value = payload.if_contains("is_ext_shared_channel");
    return value != nullptr && value->is_bool() && !value->get_bool();
}

Understood understand_other(std::string_view type, const json::object& event, const Knowledge& knowledge,
                            Time at) {
    if (among(type, of_accounts)) return account(type, event, knowledge, at);
    knowledge.directory.learn_event(event, knowledge.installation.bot_user);
    if (type == "reaction_added") return reaction(event, knowledge, at);
    if (type == "app_home_opened") return home(event, knowledge);
    if (type == "channel_id_changed") return channel_id(event, knowledge);
    if (type == "tokens_revoked") return revoked(event, knowledge);
    if (type == "app_uninstalled") return of(AppUninstalled{});
    if (among(type, of_members)) return membership(type, event, knowledge);
    if (among(type, of_sharing)) return shared(type, event);
    if (among(type, of_closing)) return closed(type, event);
    if (among(type, of_groups)) return group(type, event);
    if (among(type, no_more)) return Ignored{std::string(type), false};
    return Ignored{"unknown event " + std::string(type.substr(0, 80)), true};
}

}  // namespace rapport::slack::events
