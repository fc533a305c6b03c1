#include <filesystem>
#include <fstream>
#include <sstream>

#include "unit/slack/events/describe.hpp"
#include "unit/slack/events/support.hpp"

namespace rapport::slack::events {
namespace {

namespace fs = std::filesystem;

fs::path samples() {
    return fs::path(RAPPORT_SHARED_DIR) / "slack" / "samples";
}

boost::json::object sample(const fs::path& file) {
    std::ifstream stream(file);
    std::stringstream text;
    text << stream.rdbuf();
    return boost::json::parse(text.str()).as_object();
}

/// The skeletons name every field and blank every value: plausible values for those that matter.
void fill(boost::json::value& value, std::string_view name = {}) {
    static const std::map<std::string_view, std::string_view> values{{"channel", "C1"},
                                                                     {"user", "U1"},
                                                                     {"id", "U1"},
                                                                     {"ts", "1700000000.000100"},
                                                                     {"thread_ts", "1699990000.000100"},
                                                                     {"bot_id", "B1"},
                                                                     {"deleted_ts", "1.000001"},
                                                                     {"event_ts", "2.5"},
                                                                     {"text", "words"},
                                                                     {"team_id", "T1"},
                                                                     {"subteam_id", "S1"},
                                                                     {"reaction", "tada"},
                                                                     {"old_channel_id", "C1"},
                                                                     {"new_channel_id", "C2"},
                                                                     {"name", "a name"},
                                                                     {"display_name", "Ada"}};
    if (boost::json::object* object = value.if_object()) {
        for (auto& entry : *object) fill(entry.value(), entry.key());
    } else if (boost::json::array* array = value.if_array()) {
        for (auto& one : *array) fill(one, name == "users" || name == "oauth" || name == "bot" ? "user" : "");
    } else if (boost::json::string* string = value.if_string(); string != nullptr && string->empty()) {
        if (const auto found = values.find(name); found != values.end()) *string = found->second;
    }
}

Installation installation_of(const boost::json::object& payload) {
    const Recipient to = recipient(payload);
    Installation installation;
    installation.team = to.team;
    installation.enterprise = to.enterprise;
    installation.whole_organisation = to.whole_organisation;
    installation.bot_user = "UBOT";
    installation.url = "https://acme.slack.com";
    return installation;
}

std::string understood_as(const boost::json::object& payload, Id bot_user = "UBOT", Id app = "") {
    Directory directory;
    Installation installation = installation_of(payload);
    installation.bot_user = std::move(bot_user);
    installation.app = std::move(app);
    return describe(understand(payload, {installation, directory, {}, nullptr}));
}

/// Every file of the folder, understood; and each is in the table.
std::map<std::string, std::string> all_of(const std::string& folder) {
    std::map<std::string, std::string> found;
    for (const auto& entry : fs::directory_iterator(samples() / folder)) {
        boost::json::object payload = sample(entry.path());
        if (folder == "realistic/socket-mode") {
            if (payload["type"] != "events_api") continue;
            payload = boost::json::object(payload["payload"].as_object());
        } else if (folder == "realistic/events-inner") {
            if (payload["type"] != "app_rate_limited") payload = World{}.wrap(std::move(payload));
            payload["team_id"] = "T1";
            payload.erase("api_app_id");
        } else if (folder == "skeleton/events") {
            boost::json::value filled = payload;
            fill(filled);
            payload = filled.as_object();
        }
        found[entry.path().stem().string()] = understood_as(payload);
    }
    return found;
}

void compare(const std::string& folder, const std::map<std::string, std::string>& expected) {
    if (!fs::exists(samples())) RAPPORT_SKIP("no samples of Slack's payloads beside the checkout");
    const auto found = all_of(folder);
    for (const auto& [name, meaning] : found) {
        CAPTURE(folder, name);
        REQUIRE(expected.contains(name));
        CHECK(meaning == expected.at(name));
    }
    CHECK(found.size() == expected.size());
}

}  // namespace

TEST_CASE("samples: whole events") {
    compare("realistic/events",
            {
                {"app_home_opened.org-install", "ignored: the app's messages were opened"},
                {"app_mention.ext-shared",
                 "posted dm T_INSTALLED/C111/1605835902.008000 at 1605835902008 by "
                 "T_INSTALLED/U234 mentions T_INSTALLED/U123 "
                 "<https://acme.slack.com/archives/C111/p1605835902008000>: @U123 hey"},
                {"app_mention.shared-channel",
                 "posted dm T_INSTALLED/C111/1595926230.009600 at 1595926230009 by "
                 "T_INSTALLED/W222 mentions T_INSTALLED/W111 "
                 "<https://acme.slack.com/archives/C111/p1595926230009600>: @W111 Hi there!"},
                {"app_uninstalled", "uninstalled"},
                {"member_joined_channel", "ignored: somebody joined or left a channel"},
                {"member_joined_channel.shared-channel", "ignored: somebody joined or left a channel"},
                {"member_left_channel", "ignored: somebody joined or left a channel"},
                {"message.app-posted.no-subtype",
                 "posted open T111/C111/1610261539.000900 at 1610261539000 by T111/UB111 via "
                 "app <https://acme.slack.com/archives/C111/p1610261539000900>: Hi there! "
                 "Thanks for sharing the info!"},
                {"message.bot_message.no-user",
                 "posted open T111/C111/1610262363.001600 at 1610262363001 by T111/B888 "
                 "'classic-bot' bot via app "
                 "<https://acme.slack.com/archives/C111/p1610262363001600>: Hi there! Thanks "
                 "for sharing the info!"},
                {"message.ext-shared.bot.team-differs",
                 "posted open T_INSTALLED/C111/1605835904.008100 at 1605835904008 by "
                 "T_INSTALLED/U234 via app "
                 "<https://acme.slack.com/archives/C111/p1605835904008100>: Hi there!"},
                {"message.file_share",
                 "posted open T111/C111/1652227646.593159 at 1652227646593 by T111/U111 "
                 "<https://acme.slack.com/archives/C111/p1652227646593159>: Hi there!"},
                {"message.message_changed",
                 "edited T-auth/C111/1665102338.901939 at 1665102362000: updated message"},
                {"message.message_deleted", "deleted T-auth/C111/1665368619.804829 at 1665368629007"},
                {"message.org-install",
                 "posted open E111/C111/1606810819.000800 at 1606810819000 by E111/W111 "
                 "mentions E111/W222 "
                 "<https://acme.slack.com/archives/C111/p1606810819000800>: @W222"},
                {"message.own-response_url.bot_message",
                 "posted open T111/C111/1658282075.825129 at 1658282075825 by T111/BZYBOTHED "
                 "bot via app <https://acme.slack.com/archives/C111/p1658282075825129>: Hi "
                 "there! This is a reply using response_url."},
                {"message.thread_broadcast",
                 "posted open T111/C111/1633670813.007500 at 1633670813007 by T111/U111 "
                 "thread 1633663824.000500 "
                 "<https://acme.slack.com/archives/C111/p1633670813007500?thread_ts=163366382"
                 "4.000500&cid=C111>: Hi there!"},
                {"message.user",
                 "posted open T111/C111/1610261659.001400 at 1610261659001 by T111/W111 "
                 "<https://acme.slack.com/archives/C111/p1610261659001400>: Hi there! Thanks "
                 "for sharing the info!"},
                {"reaction_added",
                 "reaction heart_eyes to T111/C111/1599529504.000400 by T111/W111 at "
                 "1599616881000"},
                {"reaction_added.shared-channel",
                 "reaction heart_eyes to T_INSTALLED/C111/1599529504.000400 by "
                 "T_INSTALLED/W111 at 1599616881000"},
                {"team_access_granted", "ignored: team_access_granted"},
                {"tokens_revoked", "tokens revoked UXXXXXXXX"},
            });
}

TEST_CASE("samples: inner events") {
    compare("realistic/events-inner",
            {
                {"app_home_opened", "home T1/U061F7AUR"},
                {"app_mention",
                 "posted dm T1/C111/1622877872.008800 at 1622877872008 by T111/U222 "
                 "mentions T1/U111 <https://acme.slack.com/archives/C111/p1622877872008800>: "
                 "@U111 edited message"},
                {"app_mention.from-bot-no-user",
                 "posted dm T1/C111/1707288078.718469 at 1707288078718 by T1/B111 'Hey "
                 "bot' bot via app mentions T1/U111 "
                 "<https://acme.slack.com/archives/C111/p1707288078718469>: @U111 hey"},
                {"app_rate_limited", "limited 1518467820000 until 1518467880000"},
                {"app_uninstalled", "uninstalled"},
                {"assistant_thread_started", "ignored: assistant_thread_started"},
                {"channel_archive", "channel C024BE91L closed"},
                {"channel_deleted", "channel C024BE91L closed"},
                {"channel_id_changed", "channel G111 is now C111 stays T1/G111"},
                {"channel_left", "we are out of C024BE91L"},
                {"channel_rename", "ignored: channel_rename"},
                {"dnd_updated_user", "ignored: dnd_updated_user"},
                {"member_joined_channel", "ignored: somebody joined or left a channel"},
                {"member_left_channel", "ignored: somebody joined or left a channel"},
                {"message.bot_message",
                 "posted dm T1/G024BE91L/1355517523.000005 at 1355517523000 by T1/ABC1234 "
                 "'seanbot' bot via app "
                 "<https://acme.slack.com/archives/G024BE91L/p1355517523000005>: Let's make "
                 "a pact."},
                {"message.channel_join", "ignored: message subtype channel_join"},
                {"message.edited-flag",
                 "posted dm T1/C2147483705/1355517523.000005 at 1355517523000 by "
                 "T1/U2147483697 "
                 "<https://acme.slack.com/archives/C2147483705/p1355517523000005>: Hello, "
                 "world!"},
                {"message.file_share",
                 "posted open T1/C111/1595552503.001300 at 1595552503001 by T1/W111 thread "
                 "1595552279.000600 "
                 "<https://acme.slack.com/archives/C111/p1595552503001300?thread_ts=159555227"
                 "9.000600&cid=C111>: This is the text in the message"},
                {"message.im.assistant-thread",
                 "to us dm T1/D111/1726133700.887259 at 1726133700887 by T111/W222 thread "
                 "1726133698.626339 "
                 "<https://acme.slack.com/archives/D111/p1726133700887259?thread_ts=172613369"
                 "8.626339&cid=D111>: When Slack was released? | When Slack was released?"},
                {"message.me_message",
                 "posted open T1/C03E94MKS/1679895454.657169 at 1679895454657 by "
                 "T1/U03E94MK0 "
                 "<https://acme.slack.com/archives/C03E94MKS/p1679895454657169>: hey"},
                {"message.message_changed.assistant_app_thread",
                 "ignored: a message changed, but not its author's words (a preview, a bot, "
                 "a copy)"},
                {"message.message_changed.edit",
                 "edited T1/C111/1626342128.008700 at 1626342137000: updated message"},
                {"message.message_changed.tombstone-in-im",
                 "deleted T1/D0697V/1728639839.746989 at 1728639909003"},
                {"message.message_changed.tombstone-thread-root",
                 "deleted T1/C111/1626774922.004400 at 1626774940004"},
                {"message.message_changed.tombstone.previous_message-is-empty-array",
                 "deleted T1/C03E94MKU/1626775604.004900 at 1626775673006"},
                {"message.message_deleted", "deleted T1/C111/1626387317.008600 at 1626387318008"},
                {"message.plain",
                 "posted dm T1/C2147483705/1355517523.000005 at 1355517523000 by "
                 "T1/U2147483697 "
                 "<https://acme.slack.com/archives/C2147483705/p1355517523000005>: Hello "
                 "world"},
                {"reaction_added",
                 "reaction thumbsup to T1/C0G9QF9GZ/1360782400.498405 by T1/U024BE7LH at "
                 "1360782804083"},
                {"reaction_removed", "ignored: reaction_removed"},
                {"shared_channel_invite_accepted", "channel C12345678 shared"},
                {"shared_channel_invite_approved", "channel C12345678 shared"},
                {"shared_channel_invite_declined", "ignored: shared_channel_invite_declined"},
                {"shared_channel_invite_received", "ignored: shared_channel_invite_received"},
                {"subteam_members_changed", "group S0614TZR7"},
                {"tokens_revoked", "tokens revoked UXXXXXXXX"},
                {"user_profile_changed",
                 "account T11/U111 @seratch 'seratch' "
                 "https://avatars.slack-edge.com/2022-05-07/xxx_192.jpg at 1652050558234"},
                {"user_status_changed", "ignored: nothing of their profile that we show has changed"},
            });
}

TEST_CASE("samples: Socket Mode envelopes") {
    compare("realistic/socket-mode",
            {
                {"events_api.with-retry-fields",
                 "posted dm T111/C111/1605853844.000800 at 1605853844000 by T111/U111 "
                 "mentions T111/U222 "
                 "<https://acme.slack.com/archives/C111/p1605853844000800>: @U222 hey"},
            });
}

TEST_CASE("samples: skeletons of events") {
    compare("skeleton/events",
            {
                {"AppHomeOpenedPayload", "home T1/U1"},
                {"AppMentionPayload",
                 "posted dm T1/C1/1700000000.000100 at 1700000000000 by T1/U1 @a name "
                 "'Ada' via app thread 1699990000.000100 "
                 "<https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1699990000."
                 "000100&cid=C1>: words"},
                {"AppRateLimitedPayload", "limited 123000 until 183000"},
                {"AppUninstalledPayload", "uninstalled"},
                {"ChannelArchivePayload", "channel C1 closed"},
                {"ChannelDeletedPayload", "channel C1 closed"},
                {"ChannelIdChangedPayload", "channel C1 is now C2 stays T1/C1"},
                {"ChannelLeftPayload", "we are out of C1"},
                {"ChannelRenamePayload", "ignored: channel_rename"},
                {"ChannelSharedPayload", "channel C1 shared"},
                {"ChannelUnarchivePayload", "channel C1 open again"},
                {"ChannelUnsharedPayload", "channel C1 unshared"},
                {"DndUpdatedUserPayload", "ignored: dnd_updated_user"},
                {"GroupLeftPayload", "we are out of C1"},
                {"GroupRenamePayload", "ignored: group_rename"},
                {"MemberJoinedChannelPayload", "ignored: somebody joined or left a channel"},
                {"MemberLeftChannelPayload", "ignored: somebody joined or left a channel"},
                {"MessageBotPayload",
                 "posted dm T1/C1/1700000000.000100 at 1700000000000 by T1/B1 bot via app "
                 "thread 1699990000.000100 "
                 "<https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1699990000."
                 "000100&cid=C1>: words"},
                {"MessageChangedPayload",
                 "ignored: a message changed, but not its author's words (a preview, a bot, "
                 "a copy)"},
                {"MessageChannelArchivePayload", "ignored: message subtype channel_archive"},
                {"MessageChannelJoinPayload", "ignored: message subtype channel_join"},
                {"MessageChannelLeavePayload", "ignored: message subtype channel_leave"},
                {"MessageChannelNamePayload", "ignored: message subtype channel_name"},
                {"MessageChannelTopicPayload", "ignored: message subtype channel_topic"},
                {"MessageDeletedPayload", "deleted T1/C1/1.000001 at 2500"},
                {"MessageEkmAccessDeniedPayload", "ignored: message subtype ekm_access_denied"},
                {"MessageFileSharePayload",
                 "posted dm T1/C1/1700000000.000100 at 1700000000000 by T1/U1 thread "
                 "1699990000.000100 "
                 "<https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1699990000."
                 "000100&cid=C1>: words"},
                {"MessageMePayload",
                 "posted dm T1/C1/1700000000.000100 at 1700000000000 by T1/U1 via app "
                 "<https://acme.slack.com/archives/C1/p1700000000000100>: words"},
                {"MessagePayload",
                 "posted dm T1/C1/1700000000.000100 at 1700000000000 by T1/U1 via app "
                 "thread 1699990000.000100 "
                 "<https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1699990000."
                 "000100&cid=C1>: words"},
                {"MessageRepliedPayload", "ignored: message subtype message_replied"},
                {"MessageThreadBroadcastPayload",
                 "posted dm T1/C1/1700000000.000100 at 1700000000000 by T1/U1 thread "
                 "1699990000.000100 "
                 "<https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1699990000."
                 "000100&cid=C1>: words"},
                {"ReactionAddedPayload", "reaction tada to T1/C1/0000000000.000000 by T1/U1 at 0"},
                {"ReactionRemovedPayload", "ignored: reaction_removed"},
                {"SubteamMembersChangedPayload", "group S1"},
                {"SubteamUpdatedPayload", "group U1"},
                {"TeamAccessGrantedPayload", "ignored: team_access_granted"},
                {"TeamAccessRevokedPayload", "ignored: team_access_revoked"},
                {"TeamJoinPayload", "ignored: nothing of their profile that we show has changed"},
                {"TokensRevokedPayload", "tokens revoked U1"},
                {"UserChangePayload", "account T1/U1 @a name 'Ada' at 123000"},
                {"UserProfileChangedPayload", "account T1/U1 @a name 'Ada' at 2500"},
                {"UserStatusChangedPayload", "ignored: nothing of their profile that we show has changed"},
            });
}

TEST_CASE("samples: whose post it was depends on who we are") {
    if (!fs::exists(samples())) RAPPORT_SKIP("no samples of Slack's payloads beside the checkout");
    const fs::path events = samples() / "realistic/events";
    const auto as = [&](const char* name, const char* user, const char* app) {
        return understood_as(sample(events / name), user, app);
    };
    CHECK(as("message.app-posted.no-subtype.json", "UB111", "A111") == "own C111/1610261539.000900");
    CHECK(as("message.ext-shared.bot.team-differs.json", "UX", "A111") == "own C111/1605835904.008100");
    CHECK(as("message.user.json", "W111", "A111") == "own C111/1610261659.001400");
    CHECK(as("message.user.json", "UX", "A2") == "ignored: it is for another app");
    CHECK(as("tokens_revoked.json", "UXXXXXXXX", "") == "tokens revoked, ours UXXXXXXXX");
    CHECK(as("member_joined_channel.json", "W23456789", "") == "we are in C111");
    CHECK(as("member_left_channel.json", "W23456789", "") == "we are out of C111");

    const auto payload = sample(events / "message.own-response_url.bot_message.json");
    Directory directory;
    const Installation installation = installation_of(payload);
    const Knowledge knowledge{
        installation, directory,
        [](const Id& channel, const Id& ts) { return channel == "C111" && ts == "1658282075.825129"; },
        nullptr};
    CHECK(describe(understand(payload, knowledge)) == "own C111/1658282075.825129");
}

}  // namespace rapport::slack::events
