#include "unit/slack/events/support.hpp"

namespace rapport::slack::events {
namespace {

std::string change(const std::string& message, const std::string& before) {
    return R"({"type":"message","subtype":"message_changed","hidden":true,"channel":"C1",
        "event_ts":"1700000300.000000","ts":"1700000300.000000","message":)" +
           message + (before.empty() ? "" : R"(,"previous_message":)" + before) + "}";
}

constexpr const char* was = R"({"user":"U1","ts":"1700000000.000100","text":"old"})";
constexpr const char* is =
    R"({"user":"U1","ts":"1700000000.000100","text":"new &amp; better","edited":{"user":"U1","ts":"1700000200.000000"}})";

}  // namespace

TEST_CASE("an edit brings the new words") {
    World world;
    const auto edit = only<MessageEdited>(world.event(change(is, was)));
    CHECK(edit.message == MessageKey{{"slack", "T1", "C1"}, "1700000000.000100"});
    CHECK(edit.text == "new & better");
    CHECK(edit.at == at_ms(1700000200000));
}

TEST_CASE("edge case 32: an unfurl is no edit") {
    World world;
    const std::string unfurled =
        R"({"user":"U1","ts":"1700000000.000100","text":"old","attachments":[{"title":"A page","text":"long"}]})";
    ignored(world.event(change(unfurled, was)));
    ignored(world.event(change(unfurled, "")));
    ignored(world.event(change(R"({"ts":"1700000000.000100","text":"old"})", was)));
    const std::string bot = R"({"bot_id":"B5","ts":"1700000000.000100","text":"count 2",
        "edited":{"ts":"1700000200.000000"}})";
    ignored(world.event(change(bot, was)));
    ignored(world.event(change(R"({"user":"UBOT","ts":"1700000000.000100","text":"card 2"})", was)));
}

TEST_CASE("other files are an edit, too") {
    World world;
    const std::string before =
        R"({"user":"U1","ts":"1700000000.000100","text":"see","files":[{"id":"F1"},{"id":"F2"}]})";
    const std::string after = R"({"user":"U1","ts":"1700000000.000100","text":"see","files":[{"id":"F1"}]})";
    CHECK(only<MessageEdited>(world.event(change(after, before))).text == "see");
}

TEST_CASE("edge case 33: previous_message may be anything") {
    for (const char* before : {"[]", "null", "", "7", "{}"}) {
        World world;
        CHECK(only<MessageEdited>(world.event(change(is, before))).text == "new & better");
    }
}

TEST_CASE("edge case 34: a tombstone is the deletion of a root") {
    World world;
    const char* tombstone = R"({"subtype":"tombstone","user":"USLACKBOT","hidden":true,
        "text":"This message was deleted.","ts":"1700000000.000100","thread_ts":"1700000000.000100"})";
    for (const char* before : {was, "[]"}) {
        const auto gone = only<MessageDeleted>(world.event(change(tombstone, before)));
        CHECK(gone.message.id == "1700000000.000100");
        CHECK(gone.at == at_ms(1700000300000));
    }
}

TEST_CASE("a deletion names its message, before or after that was heard of") {
    World world;
    const auto gone = only<MessageDeleted>(world.event(R"({"type":"message","subtype":"message_deleted",
        "hidden":true,"channel":"C1","deleted_ts":"1700000000.000100","event_ts":"1700000400.000000"})"));
    CHECK(gone.message == MessageKey{{"slack", "T1", "C1"}, "1700000000.000100"});
    CHECK(gone.at == at_ms(1700000400000));
    world.posted.insert("C1/1700000000.000100");
    const auto own = signal<OwnMessageGone>(world.event(R"({"type":"message","subtype":"message_deleted",
        "channel":"C1","deleted_ts":"1700000000.000100"})"));
    CHECK(own.ts == "1700000000.000100");
}

TEST_CASE("an older edit that comes late is left out") {
    World world;
    const auto edit = [&](const std::string& text, const std::string& ts) {
        return world.event(change(R"({"user":"U1","ts":"1700000000.000100","text":")" + text +
                                      R"(","edited":{"ts":")" + ts + R"("}})",
                                  was));
    };
    CHECK(only<MessageEdited>(edit("second", "1700000200.000000")).text == "second");
    CHECK(ignored(edit("first", "1700000100.000000")) == "an older edit came late");
    CHECK(only<MessageEdited>(edit("second", "1700000200.000000")).text == "second");
    CHECK(only<MessageEdited>(edit("third", "1700000250.000000")).text == "third");
}

TEST_CASE("a reaction is an event, ours and those on files are not") {
    World world;
    const auto added =
        only<ReactionAdded>(world.event(R"({"type":"reaction_added","user":"U3","reaction":"tada",
        "item":{"type":"message","channel":"C1","ts":"1700000000.000100"},"event_ts":"1700000100.000000"})"));
    CHECK(added.message == MessageKey{{"slack", "T1", "C1"}, "1700000000.000100"});
    CHECK(added.by.key == AccountKey{"slack", "T9", "U3"});
    CHECK(added.reaction == "tada");
    CHECK(added.at == at_ms(1700000100000));
    ignored(world.event(
        R"({"type":"reaction_added","user":"U3","reaction":"x","item":{"type":"file","file":"F1"}})"));
    ignored(world.event(R"({"type":"reaction_added","user":"UBOT","reaction":"x",
        "item":{"type":"message","channel":"C1","ts":"1.000001"}})"));
    ignored(world.event(R"({"type":"reaction_removed","user":"U3"})"));
}

TEST_CASE("a profile that changed is told once") {
    World world;
    const char* renamed = R"({"type":"user_change","user":{"id":"U1","team_id":"T1","name":"ada",
        "profile":{"display_name":"Ada L.","image_192":"https://p.example/new"}},"event_ts":"1700000100.000000"})";
    const auto changed = only<AccountChanged>(world.event(renamed));
    CHECK(changed.account.key == AccountKey{"slack", "T1", "U1"});
    CHECK(changed.account.name == "Ada L.");
    CHECK(changed.account.picture == "https://p.example/new");
    CHECK(changed.at == at_ms(1700000100000));
    ignored(world.event(renamed));
    ignored(
        world.event(R"({"type":"user_status_changed","user":{"id":"U1","profile":{"status_text":"out"}}})"));
    ignored(world.event(R"({"type":"team_join","user":{"id":"U77","name":"new","profile":{}}})"));
    CHECK_FALSE(world.directory.user_wanted("U77"));
}

TEST_CASE("what concerns the adapter comes as signals") {
    World world;
    const auto home =
        signal<HomeOpened>(world.event(R"({"type":"app_home_opened","user":"U1","tab":"home"})"));
    CHECK(home.user == "U1");
    CHECK(home.by == AccountKey{"slack", "T1", "U1"});
    ignored(world.event(R"({"type":"app_home_opened","user":"U1","tab":"messages"})"));

    CHECK(signal<MembershipChanged>(
              world.event(R"({"type":"member_joined_channel","user":"UBOT","channel":"C1"})"))
              .joined);
    CHECK_FALSE(signal<MembershipChanged>(world.event(R"({"type":"channel_left","channel":"C1"})")).joined);
    CHECK_FALSE(signal<MembershipChanged>(
                    world.event(R"({"type":"member_left_channel","user":"UBOT","channel":"C1"})"))
                    .joined);
    CHECK(signal<ChannelSharedChanged>(world.event(R"({"type":"channel_shared","channel":"C1"})")).shared);
    CHECK(world.directory.channel("C1")->outsiders());
    CHECK_FALSE(signal<ChannelSharedChanged>(
                    world.event(R"({"type":"channel_unshared","channel":"C1","is_ext_shared":false})"))
                    .shared);
    CHECK_FALSE(world.directory.channel("C1")->outsiders());
    CHECK(signal<ChannelClosed>(world.event(R"({"type":"channel_archive","channel":"C1","user":"U1"})"))
              .closed);
    CHECK_FALSE(signal<ChannelClosed>(world.event(R"({"type":"channel_unarchive","channel":"C1"})")).closed);
    signal<AppUninstalled>(world.event(R"({"type":"app_uninstalled"})"));
    const auto revoked = signal<TokensRevoked>(
        world.event(R"({"type":"tokens_revoked","tokens":{"oauth":["U1"],"bot":["UBOT"]}})"));
    CHECK(revoked.bot);
    CHECK(revoked.users == std::vector<Id>{"U1"});
    CHECK_FALSE(
        signal<TokensRevoked>(world.event(R"({"type":"tokens_revoked","tokens":{"bot":["UX"]}})")).bot);
    CHECK(std::get<Ignored>(world.event(R"({"type":"never_heard_of"})")).unknown);
}

TEST_CASE("edge case 25: app_rate_limited inside and outside of an event") {
    World world;
    const auto outer = signal<RateLimited>(
        world.body({{"type", "app_rate_limited"}, {"team_id", "T1"}, {"minute_rate_limited", 1518467820}}));
    CHECK(outer.from == at_ms(1518467820000));
    CHECK(outer.until == at_ms(1518467880000));
    CHECK(signal<RateLimited>(world.event(R"({"type":"app_rate_limited","minute_rate_limited":1518467820})"))
              .from == outer.from);
}

TEST_CASE("edge case 35: whoever joined may be an object") {
    World world;
    CHECK(signal<MembershipChanged>(
              world.event(R"({"type":"member_joined_channel","user":{"id":"UBOT"},"channel":{"id":"C1"}})"))
              .joined);
    CHECK(world.directory.channel("C1")->member);
    const Message said = posted(
        world.event(R"({"type":"message","channel":"C1","user":{"id":"U1"},"ts":"1.000001","text":"x"})"));
    CHECK(said.author.key.id == "U1");
}

}  // namespace rapport::slack::events
