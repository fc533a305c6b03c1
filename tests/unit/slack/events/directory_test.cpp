#include "adapters/slack/events/directory.hpp"

#include "adapters/slack/events/personal.hpp"
#include "unit/slack/events/support.hpp"

namespace rapport::slack::events {

TEST_CASE("a user is learnt piece by piece") {
    World world;
    world.learn(R"({"user":{"id":"U5"}})");
    REQUIRE(world.directory.user("U5") != nullptr);
    CHECK(world.directory.user("U5")->name().empty());
    world.learn(R"({"user":{"id":"U5","team_id":"T1","name":"eve","real_name":"Eve","tz":"Europe/Berlin",
        "is_restricted":true,"deleted":true,"profile":{"display_name":"","title":"CTO","email":"e@example.org",
        "image_72":"http://plain.example/x","image_48":"https://p.example/48"}}})");
    world.learn(R"({"user":{"id":"U5","profile":{"display_name":"evie"}}})");
    const User& eve = *world.directory.user("U5");
    CHECK(eve.name() == "evie");
    CHECK(eve.handle == "eve");
    CHECK(eve.title == "CTO");
    CHECK(eve.email == "e@example.org");
    CHECK(eve.zone == "Europe/Berlin");
    CHECK(eve.guest);
    CHECK(eve.deleted);
    CHECK_FALSE(eve.bot);
    CHECK(eve.picture == "https://p.example/48");
    CHECK(world.directory.user("U2")->name() == "Bea Baker");
    CHECK(world.directory.user("U4")->bot);
}

TEST_CASE("where people are at home") {
    World world;
    CHECK(world.directory.home(world.installation, "U1") == "T1");
    CHECK(world.directory.home(world.installation, "U3") == "T9");
    CHECK(world.directory.home(world.installation, "U3", "T8") == "T9");  // one person, one account
    CHECK(world.directory.home(world.installation, "U90", "T8") == "T8");
    CHECK(world.directory.home(world.installation, "U90") == "T8");
    CHECK(world.directory.home(world.installation, "U91") == "T1");
    CHECK(world.directory.home(world.installation, "USLACKBOT", "T7") == "T1");
    CHECK(world.directory.external(world.installation, "U3"));
    CHECK_FALSE(world.directory.external(world.installation, "U1"));
    world.installation.enterprise = "E1";
    CHECK(world.directory.home(world.installation, "U92", "E1") == "T1");
    world.learn(R"({"user":{"id":"U93","team_id":"T3","enterprise_user":{"enterprise_id":"E1"}}})");
    CHECK_FALSE(world.directory.external(world.installation, "U93"));
    world.installation.whole_organisation = true;
    CHECK(world.directory.home(world.installation, "U93") == "E1");
    world.learn(R"({"user":{"id":"U94","team_id":"T4","enterprise_user":{"enterprise_id":"E7"}}})");
    CHECK(world.directory.home(world.installation, "U94") == "E7");
    CHECK(world.directory.external(world.installation, "U94"));
}

TEST_CASE("a channel keeps its identity when its id changes") {
    World world;
    CHECK(signal<ChannelIdChanged>(
              world.event(R"({"type":"channel_id_changed","old_channel_id":"G1","new_channel_id":"C5"})"))
              .key == ChannelKey{"slack", "T1", "G1"});
    CHECK(signal<ChannelIdChanged>(
              world.event(R"({"type":"channel_id_changed","old_channel_id":"C5","new_channel_id":"C6"})"))
              .key.id == "G1");
    CHECK(world.directory.first_id("C6") == "G1");
    CHECK(world.directory.current_id("G1") == "C6");
    CHECK(world.directory.current_id("C5") == "C6");
    CHECK(world.directory.channel("C6")->name == "leads");
    const Message said =
        posted(world.event(R"({"type":"message","channel":"C6","user":"U1","ts":"1.000001","text":"x"})"));
    CHECK(said.channel.key.id == "G1");
    CHECK(said.link == "https://acme.slack.com/archives/C6/p1000001");
    CHECK_FALSE(world.directory.moved("C5", "C6"));

    Directory again;
    for (const auto& [later, first] : world.directory.all_moved()) again.moved(first, later);
    CHECK(again.first_id("C5") == "G1");
    CHECK(again.first_id("C6") == "G1");
}

TEST_CASE("private and shared are what the flags say") {
    World world;
    world.learn(R"({"channel":{"id":"C8","is_channel":true,"is_private":true,"is_ext_shared":true}})");
    CHECK(world.directory.channel("C8")->kind() == ChannelKind::group);
    CHECK(world.directory.channel("C8")->outsiders());
    world.learn(R"({"channel":{"id":"C9","is_channel":true,"is_pending_ext_shared":true,"is_shared":true}})");
    CHECK(world.directory.channel("C9")->outsiders());
    world.learn(R"({"channel":{"id":"C10","is_channel":true,"is_shared":true,"is_org_shared":true}})");
    CHECK_FALSE(world.directory.channel("C10")->outsiders());
    world.learn(R"({"channel":{"id":"D7"}})");  // as conversations.open answers
    CHECK(world.directory.channel_wanted("D7"));
    world.event(R"({"type":"channel_rename","channel":{"id":"C1","name":"lobby"}})");
    CHECK(world.directory.channel("C1")->name == "lobby");
}

TEST_CASE("groups, bots and quiet hours are learnt") {
    World world;
    world.event(
        R"({"type":"subteam_members_changed","subteam_id":"S1","added_users":["U3"],"removed_users":["U1"]})");
    CHECK(world.directory.group("S1")->members == std::set<Id>{"U2", "U3"});
    world.directory.learn_members("S1", boost::json::parse(R"({"users":["U9"]})").as_object());
    CHECK(world.directory.group("S1")->members == std::set<Id>{"U9"});
    world.learn(R"({"bot":{"id":"B5","name":"Build","app_id":"A5","user_id":"U50"}})");
    CHECK(world.directory.bot("B5")->name == "Build");
    CHECK_FALSE(world.directory.bot_wanted("B5"));
    world.event(R"({"type":"dnd_updated_user","user":"U1","dnd_status":{"dnd_enabled":true,
        "next_dnd_start_ts":1450387800,"next_dnd_end_ts":1450423800}})");
    CHECK(world.directory.user("U1")->quiet.on);
    CHECK(world.directory.user("U1")->quiet.until == at_ms(1450423800000));
    world.learn(R"({"users":{"U2":{"dnd_enabled":true,"next_dnd_start_ts":1,"next_dnd_end_ts":2}}})");
    CHECK(world.directory.user("U2")->quiet.from == at_ms(1000));
}

TEST_CASE("the directory is bounded and asks again for what it let go") {
    Directory small{{2, 2, 2, 2, 2}};
    for (const char* id : {"U1", "U2", "U3"})
        small.learn(boost::json::object{{"user", boost::json::object{{"id", id}}}});
    CHECK(small.user_wanted("U1"));
    CHECK_FALSE(small.user_wanted("U2"));
    CHECK_FALSE(small.user_wanted("U3"));
}

TEST_CASE("a stranger's profile in the message itself gives the name") {
    World world;
    const Message said = posted(world.event(R"({"type":"message","channel":"C1","user":"U60","user_team":"T6",
        "ts":"1.000001","text":"x","user_profile":{"name":"zoe","display_name":"Zoe","image_72":"https://p.example/z"}})"));
    CHECK(said.author.name == "Zoe");
    CHECK(said.author.handle == "zoe");
    CHECK(said.author.key.realm == "T6");
    CHECK(world.directory.user_wanted("U60"));
}

TEST_CASE("whose reply it is - every condition") {
    World world;
    const auto staff = [](const AccountKey& key) { return key == AccountKey{"slack", "T1", "U1"}; };
    const auto [extra, expected] = GENERATE(table<std::string, Impersonal>({
        {R"("user":"U1")", Impersonal::no},
        {R"("user":"U1","client_msg_id":"x")", Impersonal::no},
        {R"("user":"U1","subtype":"file_share")", Impersonal::no},
        {R"("user":"U1","subtype":"thread_broadcast")", Impersonal::no},
        {R"("user":"U1","subtype":"me_message")", Impersonal::no},
        {R"("user":"U1","subtype":"bot_message")", Impersonal::other_subtype},
        {R"("user":"U1","subtype":"channel_join")", Impersonal::other_subtype},
        {R"("user":"U1","hidden":true)", Impersonal::hidden},
        {R"("text":"x")", Impersonal::no_user},
        {R"("user":"UBOT")", Impersonal::our_bot},
        {R"("user":"U1","app_id":"A1")", Impersonal::our_bot},
        {R"("user":"USLACKBOT")", Impersonal::slackbot},
        {R"("user":"U1","bot_id":"B5")", Impersonal::via_app},
        {R"("user":"U1","app_id":"A5")", Impersonal::via_app},
        {R"("user":"U1","bot_profile":{"id":"B5"})", Impersonal::via_app},
        {R"("user":"U2")", Impersonal::not_staff},
        {R"("user":"U3","team":"T1")", Impersonal::not_staff},
    }));
    const auto message = boost::json::parse("{\"ts\":\"1.000001\"," + extra + "}").as_object();
    CAPTURE(extra);
    CHECK(personal(message, world.installation, world.directory, staff) == expected);
    CHECK_FALSE(to_string(expected).empty());
    const bool tool = expected == Impersonal::via_app;
    CHECK(personal(message, world.installation, world.directory, staff, true) ==
          (tool ? Impersonal::no : expected));
}

TEST_CASE("whose reply it is - a user of the same id in another workspace is somebody else") {
    World world;
    const auto staff = [](const AccountKey& key) { return key == AccountKey{"slack", "T1", "U70"}; };
    const auto message = boost::json::parse(R"({"user":"U70","user_team":"T6","team":"T1"})").as_object();
    CHECK(personal(message, world.installation, world.directory, staff) == Impersonal::not_staff);
}

}  // namespace rapport::slack::events
