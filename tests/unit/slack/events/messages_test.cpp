#include "unit/slack/events/support.hpp"

namespace rapport::slack::events {

TEST_CASE("a message becomes an event with everything the program needs") {
    World world;
    const Message said = posted(world.event(R"({"type":"message","channel":"C1","channel_type":"channel",
        "user":"U1","team":"T1","ts":"1700000000.000100","thread_ts":"1690000000.000200",
        "text":"<@U2> and <@U3>, <@UBOT> &amp; all"})"));
    CHECK(said.channel.key == ChannelKey{"slack", "T1", "C1"});
    CHECK(said.channel.name == "general");
    CHECK(said.channel.kind == ChannelKind::open);
    CHECK(said.id == "1700000000.000100");
    CHECK(said.at == at_ms(1700000000000));
    CHECK(said.author.key == AccountKey{"slack", "T1", "U1"});
    CHECK(said.author.name == "Ada");
    CHECK(said.author.handle == "ada");
    CHECK(said.author.picture == "https://p.example/ada");
    CHECK_FALSE(said.author.bot);
    CHECK_FALSE(said.via_app);
    CHECK(said.text == "@Bea Baker and @Carl, @UBOT & all");
    CHECK(said.mentions == std::vector<AccountKey>{{"slack", "T1", "U2"}, {"slack", "T9", "U3"}});
    CHECK(said.thread == "1690000000.000200");
    CHECK(said.reply_to == "1690000000.000200");
    CHECK(said.link ==
          "https://acme.slack.com/archives/C1/p1700000000000100?thread_ts=1690000000.000200&cid=C1");
}

TEST_CASE("a thread's root is no reply, and a broadcast is one reply") {
    World world;
    const Message root = posted(world.event(
        R"({"type":"message","channel":"C1","user":"U1","ts":"1.000001","thread_ts":"1.000001","text":"a"})"));
    CHECK(root.thread.empty());
    CHECK(root.reply_to.empty());
    CHECK(root.link == "https://acme.slack.com/archives/C1/p1000001");
    const Message shown = posted(world.event(R"({"type":"message","subtype":"thread_broadcast","channel":"C1",
        "user":"U1","ts":"2.000001","thread_ts":"1.000001","text":"b","root":{"ts":"1.000001","user":"U2"}})"));
    CHECK(shown.id == "2.000001");
    CHECK(shown.reply_to == "1.000001");
}

TEST_CASE("the kind of place comes from Slack's facts, not from the id's letter") {
    World world;
    const auto kind = [&](const std::string& channel, const std::string& type) {
        return posted(world.event(R"({"type":"message","user":"U1","ts":"1.000001","text":"a","channel":")" +
                                  channel + R"(","channel_type":")" + type + R"("})"))
            .channel.kind;
    };
    CHECK(kind("C1", "group") == ChannelKind::open);
    CHECK(kind("G1", "channel") == ChannelKind::group);
    CHECK(kind("M1", "channel") == ChannelKind::dm);
    CHECK(kind("C404", "channel") == ChannelKind::open);
    CHECK(kind("G405", "group") == ChannelKind::group);
    // Several people's direct message is one, and so is what nobody can tell: its text is shown to few.
    CHECK(kind("G404", "mpim") == ChannelKind::dm);
    CHECK(kind("C405", "") == ChannelKind::dm);
    CHECK(kind("C406", "what_is_to_come") == ChannelKind::dm);
}

TEST_CASE("a direct message to us is a word to Rapport and a message") {
    World world;
    const auto direct = signal<DirectMessageToUs>(world.event(R"({"type":"message","channel":"D1",
        "channel_type":"im","user":"U1","ts":"1700000000.000100","text":"who is <@U3>?"})"));
    CHECK(direct.user == "U1");
    CHECK(direct.words == "who is @slack:T9:U3?");
    CHECK(direct.message.text == "who is @Carl?");
    CHECK(direct.message.channel.kind == ChannelKind::dm);
    CHECK(direct.message.author.key == AccountKey{"slack", "T1", "U1"});
}

TEST_CASE("edge case 11: a retry is understood as if it were the first") {
    World world;
    auto payload = world.wrap(
        {{"type", "message"}, {"channel", "C1"}, {"user", "U1"}, {"ts", "1.000001"}, {"text", "hi"}});
    payload["retry_attempt"] = 3;
    CHECK(posted(world.body(payload)).text == "hi");
    CHECK(posted(world.body(payload)).text == "hi");
}

TEST_CASE("edge case 12: what lacks its parts is set aside with the reason") {
    World world;
    CHECK(broken(world.body({{"type", "event_callback"}})) == "the delivery holds no event (payload.event)");
    CHECK(broken(world.body({{"type", "event_callback"}, {"event", nullptr}})) ==
          "the delivery holds no event (payload.event)");
    const auto [event, missing] = GENERATE(table<std::string, std::string>({
        {"{}", "event.type"},
        {R"({"type":"message","ts":"1.000001","user":"U1"})", "event.channel"},
        {R"({"type":"message","channel":"C1","user":"U1"})", "event.ts"},
        {R"({"type":"message","channel":"C1","ts":"soon","user":"U1"})", "event.ts"},
        {R"({"type":"message","channel":"C1","ts":"1.000001"})", "event.user"},
        {R"({"type":"message","subtype":"message_changed","channel":"C1"})", "event.message"},
        {R"({"type":"message","subtype":"message_changed","channel":"C1","message":{"text":"x"}})",
         "message.ts"},
        {R"({"type":"message","subtype":"message_deleted","channel":"C1"})", "deleted_ts"},
        {R"({"type":"reaction_added","user":"U1"})", "event.item"},
        {R"({"type":"reaction_added","item":{"type":"message","channel":"C1","ts":"1.000001"}})",
         "event.user"},
        {R"({"type":"channel_id_changed","old_channel_id":"C1"})", "from what to what"},
        {R"({"type":"app_rate_limited"})", "minute_rate_limited"},
        {R"({"type":"user_change","user":7})", "event.user"},
        {R"({"type":"tokens_revoked"})", "event.tokens"},
        {R"({"type":"member_joined_channel","user":"U1"})", "event.channel"},
    }));
    CHECK_THAT(broken(world.event(event)), ContainsSubstring(missing));
}

TEST_CASE("edge case 13: what is no event at all is passed over") {
    World world;
    const Understood understood = world.body({{"type", "hello"}});
    CHECK_THAT(ignored(understood), ContainsSubstring("hello"));
    CHECK(std::get<Ignored>(understood).unknown);
}

TEST_CASE("edge case 28: our own posts are no events") {
    World world;
    const auto own = signal<OwnMessageSeen>(world.event(R"({"type":"message","channel":"C1","user":"UBOT",
        "ts":"1.000001","thread_ts":"0.000009","text":"card",
        "metadata":{"event_type":"rapport_alert","event_payload":{"id":"alert:1"}}})"));
    CHECK(own.channel == "C1");
    CHECK(own.ts == "1.000001");
    CHECK(own.thread == "0.000009");
    CHECK(own.metadata_type == "rapport_alert");
    CHECK(own.metadata.at("id") == "alert:1");
    signal<OwnMessageSeen>(world.event(
        R"({"type":"message","channel":"C1","user":"U1","app_id":"A1","bot_id":"B9","ts":"1.000001","text":"x"})"));
    signal<OwnMessageSeen>(world.event(R"({"type":"message","channel":"C1","user":"U1","ts":"1.000001",
        "bot_id":"B9","bot_profile":{"id":"B9","app_id":"A1"},"text":"x"})"));
    // As some imitations of Slack do: nothing tells that it is ours, but that we remember it.
    const char* bare = R"({"type":"message","channel":"C1","user":"U1","ts":"5.000001","text":"x"})";
    CHECK(posted(world.event(bare)).text == "x");
    world.posted.insert("C1/5.000001");
    signal<OwnMessageSeen>(world.event(bare));
}

TEST_CASE("edge case 29: a bot_id alone never makes a post ours") {
    World world;
    const Message said = posted(world.event(R"({"type":"message","subtype":"bot_message","channel":"C1",
        "bot_id":"BBOT","ts":"1.000001","text":"x","username":"imitator"})"));
    CHECK(said.author.bot);
    CHECK(said.author.name == "imitator");
    CHECK(said.author.key == AccountKey{"slack", "T1", "BBOT"});
}

TEST_CASE("edge case 30: a tool that posts with a person's token is told apart") {
    World world;
    for (const char* trace :
         {R"("bot_id":"B5")", R"("app_id":"A5")", R"("bot_profile":{"id":"B5","app_id":"A5"})"}) {
        const Message said =
            posted(world.event(R"({"type":"message","channel":"C1","user":"U1","ts":"1.000001","text":"x",)" +
                               std::string(trace) + "}"));
        CHECK(said.via_app);
        CHECK_FALSE(said.author.bot);
        CHECK(said.author.key.id == "U1");
    }
    const Message typed = posted(world.event(
        R"({"type":"message","channel":"C1","user":"U1","ts":"1.000001","text":"x","client_msg_id":"1"})"));
    CHECK_FALSE(typed.via_app);
}

TEST_CASE("edge case 31: Slackbot is a bot whatever Slack says") {
    World world;
    const char* first = R"({"type":"message","channel":"C1","user":"USLACKBOT","ts":"0.000001","text":"x"})";
    CHECK(posted(world.event(first)).author.bot);
    world.learn(R"({"user":{"id":"USLACKBOT","is_bot":false,"profile":{"real_name":"Slackbot"}}})");
    const Message said = posted(
        world.event(R"({"type":"message","channel":"C1","user":"USLACKBOT","ts":"1.000001","text":"x"})"));
    CHECK(said.author.bot);
    CHECK(said.author.name == "Slackbot");
    CHECK(posted(world.event(R"({"type":"message","channel":"C1","user":"U4","ts":"1.000001","text":"x"})"))
              .author.bot);
    const Message flow = posted(world.event(R"({"type":"message","channel":"C1","user":"U9","ts":"1.000001",
        "text":"x","bot_profile":{"id":"B7","is_workflow_bot":true}})"));
    CHECK(flow.author.bot);
}

TEST_CASE("subtypes that are nobody's words are passed over on purpose and unknown ones are counted") {
    World world;
    const auto subtype = [&](const std::string& name) {
        return world.event(
            R"({"type":"message","channel":"C1","user":"U1","ts":"1.000001","text":"x","subtype":")" + name +
            "\"}");
    };
    for (const char* name :
         {"message_replied", "channel_join", "channel_leave", "group_join", "channel_topic",
          "channel_purpose", "channel_name", "channel_archive", "pinned_item", "reminder_add",
          "assistant_app_thread", "document_mention", "ekm_access_denied", "file_comment",
          "channel_convert_to_private", "channel_posting_permissions"}) {
        const Understood understood = subtype(name);
        CHECK_THAT(ignored(understood), ContainsSubstring(name));
        CHECK_FALSE(std::get<Ignored>(understood).unknown);
    }
    const Understood strange = subtype("huddle_thread");
    ignored(strange);
    CHECK(std::get<Ignored>(strange).unknown);
    for (const char* name : {"file_share", "me_message"}) CHECK(posted(subtype(name)).text == "x");
    ignored(world.event(
        R"({"type":"message","hidden":true,"channel":"C1","user":"U1","ts":"1.000001","text":"x"})"));
}

TEST_CASE("edge case 36: an event is for the installation in its authorizations") {
    World world;
    auto payload = world.wrap({{"type", "message"},
                               {"channel", "C1"},
                               {"user", "U3"},
                               {"team", "T9"},
                               {"ts", "1.000001"},
                               {"text", "hi"}});
    payload["team_id"] = "T9";
    payload["enterprise_id"] = "E9";
    const Message said = posted(world.body(payload));
    CHECK(said.author.key == AccountKey{"slack", "T9", "U3"});
    CHECK(said.channel.key.realm == "T1");
    payload["authorizations"].as_array()[0].as_object()["team_id"] = "T2";
    CHECK(ignored(world.body(payload)) == "it is for another workspace");
    payload.erase("authorizations");
    CHECK(ignored(world.body(payload)) == "it is for another workspace");
    payload["context_team_id"] = "T1";
    CHECK(posted(world.body(payload)).text == "hi");
    payload["api_app_id"] = "A2";
    CHECK(ignored(world.body(payload)) == "it is for another app");
}

TEST_CASE("an installation for a whole organisation has the organisation as its realm") {
    World world;
    world.installation.team.clear();
    world.installation.enterprise = "E1";
    world.installation.whole_organisation = true;
    auto payload = world.wrap({{"type", "message"},
                               {"channel", "C1"},
                               {"user", "W1"},
                               {"team", "T5"},
                               {"ts", "1.000001"},
                               {"text", "hi"}});
    auto& authorization = payload["authorizations"].as_array()[0].as_object();
    authorization["team_id"] = nullptr;
    authorization["enterprise_id"] = "E1";
    authorization["is_enterprise_install"] = true;
    payload["is_ext_shared_channel"] = false;
    const Message said = posted(world.body(payload));
    CHECK(said.author.key == AccountKey{"slack", "E1", "W1"});
    CHECK(said.channel.key == ChannelKey{"slack", "E1", "C1"});
}

TEST_CASE("what must be looked up first is told, and only once") {
    World world;
    const auto needs = [&](const char* event) {
        return what_it_needs(world.wrap(boost::json::parse(event).as_object()), world.installation,
                             world.directory);
    };
    const char* message = R"({"type":"message","channel":"C7","user":"U7","ts":"1.000001",
        "text":"<@U1> <@U8> <@UBOT>"})";
    const Needs first = needs(message);
    CHECK(first.users == std::set<Id>{"U7", "U8"});
    CHECK(first.channels == std::set<Id>{"C7"});
    world.directory.cannot_tell_user("U7");
    world.directory.cannot_tell_channel("C7");
    world.learn(R"({"user":{"id":"U8"}})");
    CHECK(needs(message).empty());
    CHECK(needs(R"({"type":"message","subtype":"bot_message","channel":"C1","bot_id":"B5","ts":"1.000001"})")
              .bots == std::set<Id>{"B5"});
    CHECK(
        needs(R"({"type":"reaction_added","user":"U9","item":{"type":"message","channel":"C9","ts":"1.1"}})")
            .users == std::set<Id>{"U9"});
    CHECK(needs(R"({"type":"message","user":"UBOT","channel":"C9","ts":"1.000001"})").empty());
    CHECK(needs(R"({"type":"app_home_opened","user":"U9"})").empty());
    std::string crowd;
    for (int i = 0; i < 500; ++i) crowd += "<@X" + std::to_string(i) + ">";
    CHECK(needs((R"({"type":"message","channel":"C1","user":"U1","ts":"1.000001","text":")" + crowd + "\"}")
                    .c_str())
              .users.size() == 50);
}

}  // namespace rapport::slack::events
