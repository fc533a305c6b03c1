#include "support.hpp"
#include "support/catch.hpp"

namespace rapport::test::slack {
namespace {

namespace json = boost::json;

const std::string a_modal = R"({"type":"modal","title":{"type":"plain_text","text":"T"},"blocks":[]})";
const std::string home = R"({"type":"home","blocks":[{"type":"divider"}]})";

std::string trigger(RunningDouble& slack) {
    return slack([](SlackDouble& s) { return s.world().trigger("T0ACME", "U0ADA"); });
}

TEST_CASE("a trigger is good for three seconds and once in every spelling") {
    Time now{std::chrono::milliseconds{1'700'000'000'000}};
    const auto [words, old, used] = GENERATE(table<TriggerWords, std::string, std::string>(
        {{TriggerWords::usual, "expired_trigger_id", "exchanged_trigger_id"},
         {TriggerWords::other, "trigger_expired", "trigger_exchanged"},
         {TriggerWords::arguments, "invalid_arguments", "invalid_arguments"}}));
    Settings settings = quick();
    settings.clock = [&now] { return now; };
    settings.trigger_words = words;
    RunningDouble slack{settings};
    const std::string in_time = trigger(slack);
    const std::string late = trigger(slack);
    slack([&now](SlackDouble&) { now += std::chrono::milliseconds{3'000}; });
    CHECK(call(slack, "views.open", {{"trigger_id", in_time}, {"view", a_modal}}).ok());
    CHECK(call(slack, "views.open", {{"trigger_id", in_time}, {"view", a_modal}}).error() == used);
    slack([&now](SlackDouble&) { now += std::chrono::milliseconds{1}; });
    CHECK(call(slack, "views.open", {{"trigger_id", late}, {"view", a_modal}}).error() == old);
    CHECK(call(slack, "views.open", {{"trigger_id", "made up"}, {"view", a_modal}}).error() ==
          "invalid_trigger_id");
}

TEST_CASE("three views lie on one another and no fourth") {
    RunningDouble slack{quick()};
    CHECK(call(slack, "views.push", {{"trigger_id", trigger(slack)}, {"view", a_modal}}).error() ==
          "not_found");
    CHECK(call(slack, "views.open", {{"trigger_id", trigger(slack)}, {"view", a_modal}}).ok());
    CHECK(call(slack, "views.push", {{"trigger_id", trigger(slack)}, {"view", a_modal}}).ok());
    const Answer third = call(slack, "views.push", {{"trigger_id", trigger(slack)}, {"view", a_modal}});
    REQUIRE(third.ok());
    CHECK(third.body.at("view").at("root_view_id") != third.body.at("view").at("id"));
    CHECK(call(slack, "views.push", {{"trigger_id", trigger(slack)}, {"view", a_modal}}).error() ==
          "push_limit_reached");
    CHECK(slack([](SlackDouble& s) { return s.views("ada").size(); }) == 3);
}

TEST_CASE("a Home is published over the one before unless its hash is another") {
    RunningDouble slack{quick()};
    CHECK(call(slack, "views.publish", {{"user_id", "U0ADA"}, {"view", a_modal}}).error() ==
          "invalid_arguments");
    const Answer first = call(slack, "views.publish", {{"user_id", "U0ADA"}, {"view", home}});
    REQUIRE(first.ok());
    const std::string hash{first.body.at("view").at("hash").as_string()};
    const Params next{{"user_id", "U0ADA"}, {"view", home}, {"hash", hash}};
    CHECK(call(slack, "views.publish", next).ok());
    CHECK(call(slack, "views.publish", next).error() == "hash_conflict");
    CHECK(slack([](SlackDouble& s) { return s.home("ada").has_value(); }));
}

TEST_CASE("what is wrong with a view is told with its place") {
    RunningDouble slack{quick()};
    const Answer wrong = call(slack, "views.open",
                              {{"trigger_id", trigger(slack)}, {"view", R"({"type":"modal","blocks":[]})"}});
    CHECK(wrong.error() == "invalid_arguments");
    CHECK_THAT(json::serialize(wrong.body), ContainsSubstring("json-pointer:/view"));
}

TEST_CASE("deleting a root with replies leaves a tombstone and an unfurl changes no words") {
    RunningDouble slack{quick()};
    slack([](SlackDouble& s) {
        const std::string root = s.people().say("cleo", "help", "Root");
        Saying reply;
        reply.thread = root;
        const std::string answer = s.people().say("ada", "help", "Reply", reply);
        s.people().unfurl("help", root);
        s.people().remove("help", root);
        s.people().remove("help", answer);
    });
    const auto changed = slack([](SlackDouble& s) { return s.deliveries("message.message_changed"); });
    REQUIRE(changed.size() == 2);
    const json::object& unfurl = changed[0].payload.at("event").as_object();
    CHECK(unfurl.at("message").at("text") == unfurl.at("previous_message").at("text"));
    CHECK_FALSE(unfurl.at("message").as_object().contains("edited"));
    CHECK(changed[1].payload.at("event").at("message").at("subtype") == "tombstone");
    CHECK(slack([](SlackDouble& s) { return s.deliveries("message.message_deleted").size(); }) == 1);
}

TEST_CASE("in a shared channel the outer team is the sender's and the installation is ours") {
    RunningDouble slack{quick()};
    slack([](SlackDouble& s) { s.people().say("eve", "ext-globex", "Hello <@U0ADA> &lt;3"); });
    const auto sent = slack([](SlackDouble& s) { return s.deliveries("message"); });
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].payload.at("team_id") == "T0EXT");
    CHECK(sent[0].payload.at("authorizations").at(0).at("team_id") == "T0ACME");
    CHECK(sent[0].payload.at("is_ext_shared_channel") == true);
    CHECK(sent[0].payload.at("event").at("user_team") == "T0EXT");
    const json::value& typed =
        sent[0].payload.at("event").at("blocks").at(0).at("elements").at(0).at("elements");
    CHECK(typed.at(1).at("user_id") == "U0ADA");
    CHECK(typed.at(2).at("text") == " <3");
}

}  // namespace
}  // namespace rapport::test::slack
