#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/slack/events/fields.hpp"
#include "adapters/slack/events/history.hpp"
#include "unit/slack/events/support.hpp"

namespace rapport::slack::events {
namespace {

namespace fs = std::filesystem;

fs::path api(const char* kind) {
    return fs::path(RAPPORT_SHARED_DIR) / "slack" / "samples" / kind / "api";
}

boost::json::object load(const fs::path& file) {
    std::ifstream stream(file);
    std::stringstream text;
    text << stream.rdbuf();
    return boost::json::parse(text.str()).as_object();
}

}  // namespace

TEST_CASE("samples: answers about users, channels, groups and bots fill the directory") {
    if (!fs::exists(api("skeleton"))) RAPPORT_SKIP("no samples of Slack's payloads beside the checkout");
    for (const char* file : {"users.info.json", "users.list.json", "users.lookupByEmail.json"}) {
        CAPTURE(file);
        Directory directory;
        directory.learn(load(api("skeleton") / file));
        const User* user = directory.user("U00000000");
        REQUIRE(user != nullptr);
        CHECK(user->asked);
        CHECK(user->team == "T00000000");
        if (file != std::string("users.lookupByEmail.json")) CHECK(user->enterprise == "E00000000");
        CHECK(user->picture == "https://www.example.com/");
        CHECK_FALSE(user->bot);
        CHECK_FALSE(user->guest);
        CHECK_FALSE(user->deleted);
    }
    for (const char* file : {"conversations.info.json", "conversations.list.json", "users.conversations.json",
                             "conversations.join.json"}) {
        CAPTURE(file);
        Directory directory;
        directory.learn(load(api("skeleton") / file));
        const Id id = file == std::string("conversations.list.json") ? "D00000000" : "C00000000";
        REQUIRE(directory.channel(id) != nullptr);
        CHECK(directory.channel(id)->known);
        CHECK_FALSE(directory.channel(id)->outsiders());
        CHECK_FALSE(directory.channel(id)->is_private);
    }
    Directory directory;
    directory.learn(load(api("skeleton") / "usergroups.list.json"));
    CHECK(directory.group("S00000000")->members == std::set<Id>{"U00000000"});
    directory.learn_members("S00000000", load(api("skeleton") / "usergroups.users.list.json"));
    CHECK(directory.group("S00000000")->members.empty());
    directory.learn(load(api("skeleton") / "bots.info.json"));
    CHECK(directory.bot("B00000000")->app == "A00000000");
    CHECK(directory.bot("B00000000")->user == "U00000000");
    directory.learn(load(api("skeleton") / "dnd.teamInfo.json"));
    CHECK(directory.user("U00000001")->quiet.from == Time{std::chrono::seconds{12345}});
    directory.learn_quiet("U00000002", load(api("skeleton") / "dnd.info.json"));
    CHECK(directory.user("U00000002")->quiet.until == Time{std::chrono::seconds{12345}});
    directory.learn(load(api("skeleton") / "conversations.members.json"));  // ids only: nothing to learn
    directory.learn(load(api("skeleton") / "conversations.open.json"));
    directory.learn(load(api("skeleton") / "team.info.json"));
}

TEST_CASE("samples: a page of channels and old user objects") {
    if (!fs::exists(api("realistic"))) RAPPORT_SKIP("no samples of Slack's payloads beside the checkout");
    Directory directory;
    directory.learn(load(api("realistic") / "conversations.list.json"));
    CHECK(directory.channel("C111")->name == "general");
    CHECK(directory.channel("C222")->name == "random");
    CHECK(directory.channel("C222")->kind() == ChannelKind::open);
    CHECK(directory.memberships().size() == 2);

    const auto start = load(api("realistic") / "rtm.start.users-channels.json");
    boost::json::object users;
    users["members"] = *array_in(start, "users");
    directory.learn(users);
    CHECK(directory.user("U10CX1234")->handle == "fakeuser");
    CHECK(directory.user("U10CX1234")->picture.starts_with("https://secure.gravatar.com/"));
    REQUIRE(directory.user("USLACKBOT") != nullptr);
    CHECK(directory.user("USLACKBOT")->bot);  // Slack says is_bot: false
    CHECK(directory.user("USLACKBOT")->name() == "Slack Bot");
    CHECK(directory.user("USLACKBOT")->zone.empty());
}

TEST_CASE("samples: pages of history and replies are read") {
    if (!fs::exists(api("skeleton"))) RAPPORT_SKIP("no samples of Slack's payloads beside the checkout");
    World world;
    const HistoryPage history =
        read_history(load(api("skeleton") / "conversations.history.json"), "C1", "", world.knowledge());
    REQUIRE(history.events.size() + history.broken.size() == 2);  // the message, and its edit
    const auto& said = std::get<MessagePosted>(history.events.at(0).body);
    CHECK(said.late);
    CHECK(said.message.author.key.id == "U00000000");
    CHECK(said.message.via_app);
    CHECK(said.message.id == "0000000000.000000");
    CHECK(history.broken.empty());
    CHECK(history.next_cursor.empty());
    const HistoryPage replies =
        read_replies(load(api("skeleton") / "conversations.replies.json"), "C1", "", world.knowledge());
    CHECK(replies.broken.empty());
    CHECK(std::get<MessagePosted>(replies.events.at(0).body).message.author.key.id == "U00000000");
}

}  // namespace rapport::slack::events
