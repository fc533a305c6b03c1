// The double refuses what Slack refuses.
#include "support.hpp"
#include "support/catch.hpp"

namespace rapport::test::slack {
namespace {

namespace json = boost::json;

TEST_CASE("tokens are checked: none, unknown, of the wrong kind, revoked, without the scope") {
    RunningDouble slack{quick()};
    CHECK(call(slack, "auth.test", {}, "").error() == "not_authed");
    CHECK(call(slack, "auth.test", {}, "xoxb-made-up").error() == "invalid_auth");
    CHECK(call(slack, "apps.connections.open", {}, bot_token).error() == "not_allowed_token_type");
    CHECK(call(slack, "users.list", {}, app_token).error() == "not_allowed_token_type");
    CHECK(call(slack, "no.such.method").error() == "unknown_method");
    const Answer self = call(slack, "auth.test");
    REQUIRE(self.ok());
    CHECK(self.body.at("user_id") == "U0RAPPORT");
    CHECK(self.body.at("team_id") == "T0ACME");

    slack([](SlackDouble& s) { s.remove_scope("T0ACME", "users:read.email"); });
    const Answer no_scope = call(slack, "users.lookupByEmail", {{"email", "ada@acme.example"}});
    CHECK(no_scope.error() == "missing_scope");
    CHECK(no_scope.body.at("needed") == "users:read.email");
    CHECK_THAT(std::string{no_scope.body.at("provided").as_string()}, ContainsSubstring("chat:write"));
    slack([](SlackDouble& s) { s.revoke(bot_token); });
    CHECK(call(slack, "auth.test").error() == "token_revoked");
}

TEST_CASE("messages: who may post where and what is refused") {
    RunningDouble slack{quick()};
    slack([](SlackDouble& s) { s.world().place("general").members.erase("U0RAPPORT"); });
    CHECK(call(slack, "chat.postMessage", {{"channel", "C0NOWHERE"}, {"text", "x"}}).error() ==
          "channel_not_found");
    CHECK(call(slack, "chat.postMessage", {{"channel", "C0GENERAL"}, {"text", "x"}}).error() ==
          "not_in_channel");
    CHECK(call(slack, "chat.postMessage", {{"channel", "C0HELP"}}).error() == "no_text");
    CHECK(call(slack, "chat.postMessage", {{"channel", "C0HELP"}, {"text", "x"}, {"thread_ts", "1.000001"}})
              .error() == "thread_not_found");
    const Answer blocks = call(
        slack, "chat.postMessage",
        {{"channel", "C0HELP"}, {"blocks", R"([{"type":"section","text":{"type":"mrkdwn","text":""}}])"}});
    CHECK(blocks.error() == "invalid_blocks");
    CHECK_THAT(json::serialize(blocks.body), ContainsSubstring("json-pointer:/blocks/0/text/text"));

    const Answer direct = call(slack, "chat.postMessage", {{"channel", "U0ADA"}, {"text", "Hello"}});
    REQUIRE(direct.ok());
    const std::string id{direct.body.at("channel").as_string()};
    CHECK(id.starts_with("D"));
    const std::string ts{direct.body.at("ts").as_string()};
    CHECK(call(slack, "chat.update", {{"channel", "U0ADA"}, {"ts", ts}, {"text", "x"}}).error() ==
          "channel_not_found");
    CHECK(call(slack, "chat.update", {{"channel", id}, {"ts", ts}, {"text", std::string(4'000, 'x')}}).ok());
    CHECK(call(slack, "chat.update", {{"channel", id}, {"ts", ts}, {"text", std::string(4'001, 'x')}})
              .error() == "msg_too_long");
    const std::string theirs = slack([](SlackDouble& s) { return s.people().say("cleo", "help", "Mine"); });
    CHECK(call(slack, "chat.update", {{"channel", "C0HELP"}, {"ts", theirs}, {"text", "x"}}).error() ==
          "cant_update_message");
    CHECK(call(slack, "chat.delete", {{"channel", "C0HELP"}, {"ts", theirs}}).error() ==
          "cant_delete_message");
    CHECK(call(slack, "chat.postEphemeral", {{"channel", "C0HELP"}, {"user", "U0EVE"}, {"text", "x"}})
              .error() == "user_not_in_channel");
}

TEST_CASE("a long text is cut at 40,000 characters and attachments end at 100") {
    RunningDouble slack{quick()};
    const Answer long_one =
        call(slack, "chat.postMessage", {{"channel", "C0HELP"}, {"text", std::string(40'001, 'x')}});
    REQUIRE(long_one.ok());
    CHECK(long_one.body.at("message").at("text").as_string().size() == 40'000);
    const auto attached = [&](std::size_t count) {
        json::array list(count, json::object{{"text", "x"}});
        return call(slack, "chat.postMessage",
                    {{"channel", "C0HELP"}, {"attachments", json::serialize(list)}});
    };
    CHECK(attached(100).ok());
    CHECK(attached(101).error() == "too_many_attachments");
}

TEST_CASE("text without blocks takes the blocks away") {
    RunningDouble slack{quick()};
    const Answer posted = call_json(
        slack, "chat.postMessage",
        {{"channel", "C0HELP"}, {"text", "a"}, {"blocks", json::array{json::object{{"type", "divider"}}}}});
    REQUIRE(posted.ok());
    const std::string ts{posted.body.at("ts").as_string()};
    CHECK(posted.body.at("message").as_object().contains("blocks"));
    REQUIRE(call(slack, "chat.update", {{"channel", "C0HELP"}, {"ts", ts}, {"text", "b"}}).ok());
    const auto seen = slack([](SlackDouble& s) { return s.messages("help"); });
    REQUIRE(seen.size() == 1);
    CHECK_FALSE(seen[0].contains("blocks"));
    CHECK(seen[0].at("text") == "b");
}

TEST_CASE("read methods take no JSON body") {
    RunningDouble slack{quick()};
    CHECK(call_json(slack, "conversations.info", {{"channel", "C0HELP"}}).error() == "invalid_arguments");
    CHECK(call(slack, "conversations.info", {{"channel", "C0HELP"}}).ok());
}

TEST_CASE("history is newest first without replies and pages have cursors") {
    RunningDouble slack{quick()};
    const std::string root = slack([](SlackDouble& s) {
        const std::string ts = s.people().say("cleo", "help", "one");
        Saying reply;
        reply.thread = ts;
        s.people().say("ada", "help", "reply", reply);
        s.people().say("cleo", "help", "two");
        return ts;
    });
    const Answer first = call(slack, "conversations.history", {{"channel", "C0HELP"}, {"limit", "1"}});
    REQUIRE(first.ok());
    CHECK(first.body.at("messages").at(0).at("text") == "two");
    CHECK(first.body.at("has_more") == true);
    const std::string cursor{first.body.at("response_metadata").at("next_cursor").as_string()};
    const Answer second =
        call(slack, "conversations.history", {{"channel", "C0HELP"}, {"limit", "1"}, {"cursor", cursor}});
    CHECK(second.body.at("messages").at(0).at("text") == "one");
    CHECK(second.body.at("messages").at(0).at("reply_count") == 1);
    CHECK(second.body.at("has_more") == false);
    const Answer thread = call(slack, "conversations.replies", {{"channel", "C0HELP"}, {"ts", root}});
    REQUIRE(thread.body.at("messages").as_array().size() == 2);
    CHECK(thread.body.at("messages").at(0).at("ts").as_string() == root);
    const Answer later = call(slack, "conversations.history", {{"channel", "C0HELP"}, {"oldest", root}});
    CHECK(later.body.at("messages").as_array().size() == 1);
    CHECK(call(slack, "conversations.history", {{"channel", "C0HELP"}, {"oldest", "yesterday"}}).error() ==
          "invalid_ts_oldest");
}

TEST_CASE("tiers answer 429 with Retry-After until time has passed") {
    Time now{std::chrono::milliseconds{1'700'000'000'000}};
    Settings settings;
    settings.clock = [&now] { return now; };
    RunningDouble slack{settings};
    for (int i = 0; i < 20; ++i) CHECK(call(slack, "users.list").ok());
    const Answer busy = call(slack, "users.list");
    CHECK(busy.status == 429);
    CHECK(busy.retry_after == "3");
    CHECK(call(slack, "users.info", {{"user", "U0ADA"}}).ok());
    slack([&now](SlackDouble&) { now += std::chrono::seconds{3}; });
    CHECK(call(slack, "users.list").ok());
    slack([](SlackDouble& s) { s.limit("users.list", false); });
    CHECK(call(slack, "users.list").ok());
}

TEST_CASE("faults: refused before, broken after, hanging, half an answer, late") {
    RunningDouble slack{quick()};
    const auto plan = [&](const Fault& fault) {
        slack([&](SlackDouble& s) { s.next_calls("chat.postMessage", 1, fault); });
    };
    const auto say = [&](const char* text) {
        return post(slack.api_url() + "chat.postMessage",
                    encode_form({{"channel", "C0HELP"}, {"text", text}}), "application/x-www-form-urlencoded",
                    bot_token, std::chrono::milliseconds{300});
    };
    plan(Fault::rate_limited(7));
    const Answer limited = say("not there");
    CHECK(limited.status == 429);
    CHECK(limited.retry_after == "7");
    plan(Fault::rate_limited(std::nullopt));
    CHECK(say("not there").retry_after.empty());
    plan(Fault::html(502));
    const Answer html = say("not there");
    CHECK(html.status == 502);
    CHECK_THAT(html.text, ContainsSubstring("<h1>"));
    plan(Fault::timeout());
    CHECK(say("not there").status == 0);
    CHECK(slack([](SlackDouble& s) { return s.messages("help").size(); }) == 0);
    plan(Fault::lost_answer());
    CHECK(say("there").status == 0);
    plan(Fault::lost_answer_hanging());
    CHECK(say("there").status == 0);
    plan(Fault::half_answer());
    CHECK(say("there").status == 0);
    plan(Fault::slow(std::chrono::milliseconds{50}));
    CHECK(say("there").ok());
    CHECK(slack([](SlackDouble& s) { return s.messages("help").size(); }) == 4);
}

TEST_CASE("refresh tokens are good for one use") {
    RunningDouble slack{quick()};
    const std::string code = slack([](SlackDouble& s) { return s.oauth_code("T0ACME", true); });
    const Params app{{"client_id", "1111.2222"}, {"client_secret", "double-client-secret"}};
    Params first = app;
    first["code"] = code;
    const Answer installed = call(slack, "oauth.v2.access", first, "");
    REQUIRE(installed.ok());
    CHECK(call(slack, "oauth.v2.access", first, "").error() == "invalid_code");
    CHECK(call(slack, "auth.test", {}, std::string{installed.body.at("access_token").as_string()}).ok());
    Params again = app;
    again["grant_type"] = "refresh_token";
    again["refresh_token"] = std::string{installed.body.at("refresh_token").as_string()};
    CHECK(call(slack, "oauth.v2.access", again, "").ok());
    CHECK(call(slack, "oauth.v2.access", again, "").error() == "invalid_refresh_token");
}

}  // namespace
}  // namespace rapport::test::slack
