#include "adapters/slack/api/calls.hpp"
#include "unit/slack/api/fixture.hpp"

using namespace rapport;
using namespace rapport::slack;
using namespace rapport::test;

namespace {

net::Response page(std::initializer_list<const char*> items, std::string cursor) {
    json::array members;
    for (const char* item : items) members.push_back(json::value(item));
    return Scripted::ok({{"members", members}, {"response_metadata", json::object{{"next_cursor", cursor}}}});
}

json::object message(std::string ts, std::string id, std::string type = "rapport_alert") {
    json::object payload{{"id", id}};
    json::object metadata{{"event_type", type}, {"event_payload", payload}};
    return {{"ts", ts}, {"metadata", metadata}};
}

net::Response history(json::array messages, std::string cursor = "") {
    return Scripted::ok(
        {{"messages", messages}, {"response_metadata", json::object{{"next_cursor", cursor}}}});
}

Sought sought(std::string thread = "") {
    Sought it;
    it.channel = "C1";
    it.thread = thread;
    it.event_type = "rapport_alert";
    it.id = "42";
    it.since = "1700000000.000000";
    return it;
}

}  // namespace

TEST_CASE("auth.test tells who we are, also in an organisation") {
    with_office([](Office& office) -> awaitable<void> {
        office.slack.answer(
            Scripted::ok({{"team_id", "T1"}, {"team", "Acme"}, {"user_id", "U1"}, {"bot_id", "B1"}}));
        const auto found = co_await auth_test(*office.api);
        REQUIRE(found);
        CHECK(found->realm() == "T1");
        CHECK(found->bot_user == "U1");
        CHECK(found->app.empty());
        office.slack.answer(
            Scripted::ok({{"team_id", nullptr}, {"enterprise_id", "E1"}, {"is_enterprise_install", true}}));
        const auto whole = co_await auth_test(*office.api);
        REQUIRE(whole);
        CHECK(whole->realm() == "E1");
        office.slack.answer(Scripted::ok());
        CHECK_FALSE((co_await auth_test(*office.api)).has_value());
    });
}

TEST_CASE("a WebSocket's address is taken from Slack's hosts only, with the app's token") {
    with_office([](Office& office) -> awaitable<void> {
        office.slack.answer(Scripted::ok({{"url", "wss://wss-primary.slack.com/link/?ticket=1"}}));
        CHECK((co_await open_connection(*office.api)).has_value());
        CHECK(office.slack.requests.at(0).header("authorization") == "Bearer xapp-1-app");
        CHECK(office.slack.requests.at(0).body.empty());
        office.slack.answer(Scripted::ok({{"url", "wss://evil.example/link"}}));
        CHECK_FALSE((co_await open_connection(*office.api)).has_value());
        office.slack.answer(Scripted::ok({{"url", "ws://" + office.place() + "/link"}}));
        CHECK((co_await open_connection(*office.api)).has_value());
    });
}

TEST_CASE("a posted message is known by the channel that Slack answers and links are not unfurled") {
    with_office([](Office& office) -> awaitable<void> {
        office.slack.answer(Scripted::ok({{"channel", "D7"}, {"ts", "1.2"}}));
        const auto posted = co_await post_message(*office.api, {{"channel", "U1"}, {"text", "hi"}});
        REQUIRE(posted);
        CHECK(posted->channel == "D7");
        CHECK(posted->ts == "1.2");
        CHECK(form(office.slack.requests.at(0).body).at("unfurl_links") == "false");
        office.slack.answer(Scripted::ok());
        const auto where = co_await post_message(*office.api, {{"channel", "C9"}});
        REQUIRE_FALSE(where);
        CHECK(where.error().unknown_outcome);
    });
}

TEST_CASE("all of the typed calls ask for what they should") {
    with_office([](Office& office) -> awaitable<void> {
        WebApi& api = *office.api;
        office.slack.always = Scripted::say(Scripted::ok({{"channel", json::object{{"id", "D1"}}},
                                                          {"user", json::object{{"id", "U1"}}},
                                                          {"users", json::array{"U1", 7, "U2"}},
                                                          {"view", json::object{{"id", "V1"}, {"hash", "h"}}},
                                                          {"message_ts", "9.9"},
                                                          {"permalink", "https://x"},
                                                          {"presence", "away"}}));
        const auto last = [&] { return form(office.slack.requests.back().body); };
        CHECK((co_await conversations_open(api, {"U1", "U2"})).value() == "D1");
        CHECK(last().at("users") == "U1,U2");
        CHECK((co_await usergroup_members(api, "S1")).value() == std::vector<Id>{"U1", "U2"});
        CHECK((co_await post_ephemeral(api, {{"channel", "C1"}, {"user", "U1"}})).value() == "9.9");
        CHECK((co_await permalink(api, "C1", "1.2")).value() == "https://x");
        CHECK(last().at("message_ts") == "1.2");
        CHECK((co_await presence(api, "U1")).value() == "away");
        CHECK((co_await users_info(api, "U1")).value().at("id") == "U1");
        CHECK((co_await conversations_info(api, "C1")).has_value());
        CHECK((co_await conversations_join(api, "C1")).has_value());
        CHECK((co_await dnd_info(api, "U1")).has_value());
        CHECK((co_await conversations_history(api, "C1", {{"oldest", "1.0"}})).has_value());
        CHECK(last().at("oldest") == "1.0");
        CHECK((co_await conversations_replies(api, "C1", "1.0")).has_value());
        CHECK(last().at("ts") == "1.0");
        CHECK((co_await views_open(api, "trigger", {{"type", "modal"}})).value().at("hash") == "h");
        CHECK(last().at("view") == R"({"type":"modal"})");
        CHECK((co_await views_push(api, "trigger", {})).has_value());
        CHECK((co_await views_update(api, "V1", {}, "h")).has_value());
        CHECK(last().at("hash") == "h");
        CHECK((co_await views_publish(api, "U1", {})).has_value());
        CHECK(last().count("hash") == 0);
    });
}

TEST_CASE("a file gets an address, is completed with its words, and is found again") {
    with_office([](Office& office) -> awaitable<void> {
        WebApi& api = *office.api;
        const auto last = [&] { return form(office.slack.requests.back().body); };
        office.slack.answer(Scripted::ok({{"file_id", "F1"}, {"upload_url", "https://files.slack.com/u"}}));
        const auto upload = co_await upload_address(api, "week.png", 1'234);
        REQUIRE(upload);
        CHECK(upload->file == "F1");
        CHECK(upload->url == "https://files.slack.com/u");
        CHECK(last().at("length") == "1234");
        CHECK(last().at("filename") == "week.png");
        office.slack.answer(Scripted::ok({{"file_id", "F1"}}));
        CHECK_FALSE((co_await upload_address(api, "week.png", 1)).has_value());

        const Showing showing{.file = "F1", .title = "The week", .words = "Bars", .channel = "C1"};
        office.slack.answer(Scripted::ok());
        CHECK((co_await complete_upload(api, showing)).has_value());
        CHECK(last().at("files") == R"([{"id":"F1","title":"The week"}])");
        CHECK(last().at("channel_id") == "C1");
        CHECK(last().at("initial_comment") == "Bars");
        CHECK(last().count("thread_ts") == 0);
        office.slack.answer(Scripted::with(500, ""));
        const auto lost = co_await complete_upload(api, showing);
        REQUIRE_FALSE(lost);
        CHECK(lost.error().unknown_outcome);

        const json::object bearing{{"ts", "2.1"}, {"files", json::array{json::object{{"id", "F1"}}}}};
        office.slack.answer(history({message("2.0", "x"), bearing}));
        CHECK((co_await find_file(api, showing, "1.0")).value());
        CHECK(last().at("oldest") == "1.0");
        Showing reply = showing;
        reply.thread = "1.5";
        office.slack.answer(history({message("2.0", "x")}));
        CHECK_FALSE((co_await find_file(api, reply, "1.0")).value());
        CHECK(last().at("ts") == "1.5");
    });
}

TEST_CASE("pages are read until the cursor is empty") {
    with_office([](Office& office) -> awaitable<void> {
        office.slack.answer(page({"a", "b"}, "c1"));
        office.slack.answer(page({"c"}, "c2"));
        office.slack.answer(page({}, ""));
        std::string all;
        TakePage take = [&](json::array items) {
            for (const json::value& item : items) all += std::string_view{item.get_string()};
            return true;
        };
        const auto whole = co_await users_list(*office.api, take);
        REQUIRE(whole);
        CHECK(*whole);
        CHECK(all == "abc");
        CHECK(form(office.slack.requests.at(0).body) == std::map<std::string, std::string>{{"limit", "200"}});
        CHECK(form(office.slack.requests.at(2).body).at("cursor") == "c2");
    });
}

TEST_CASE("paging ends at a repeated cursor, at its bound, when enough is read, and at an error") {
    with_office([](Office& office) -> awaitable<void> {
        TakePage all = [](json::array) { return true; };
        office.slack.always = Scripted::say(page({"a"}, "same"));
        const auto repeated = co_await users_list(*office.api, all);
        CHECK_FALSE(repeated.value());
        CHECK(office.slack.requests.size() == 2);
        int number = 0;
        office.slack.always = [&](const net::Request&) -> awaitable<net::Response> {
            co_return page({"a"}, "c" + std::to_string(++number));
        };
        Paging few;
        few.pages = 3;
        const auto bounded = co_await users_list(*office.api, all, few);
        CHECK_FALSE(bounded.value());
        CHECK(number == 3);
        TakePage enough = [](json::array) { return false; };
        CHECK_FALSE((co_await users_list(*office.api, enough)).value());
        CHECK(number == 4);
        office.slack.always = Scripted::say(Scripted::with(200, R"({"ok":false,"error":"missing_scope"})"));
        CHECK_FALSE((co_await users_list(*office.api, all)).has_value());
        office.slack.always = Scripted::say(Scripted::ok());
        CHECK_FALSE((co_await users_list(*office.api, all)).has_value());
    });
}

TEST_CASE("edge case 39: a message with an unknown outcome is found by its metadata") {
    with_office([](Office& office) -> awaitable<void> {
        office.slack.answer(
            history({message("1.1", "41"), json::object{{"ts", "1.2"}}, 7, message("1.3", "42")}));
        const auto found = co_await find_posted(*office.api, sought());
        REQUIRE(found);
        REQUIRE(found->has_value());
        CHECK((*found)->ts == "1.3");
        const auto asked = form(office.slack.requests.at(0).body);
        CHECK(asked.at("include_all_metadata") == "true");
        CHECK(asked.at("oldest") == "1700000000.000000");
        CHECK(office.slack.calls("conversations.history") == 1);

        office.slack.answer(history({message("1.1", "42")}));
        const auto reply = co_await find_posted(*office.api, sought("9.9"));
        CHECK(reply.value().has_value());
        CHECK(form(office.slack.requests.back().body).at("ts") == "9.9");
        CHECK(office.slack.calls("conversations.replies") == 1);
    });
}

TEST_CASE("edge case 39: not there is told from not known") {
    with_office([](Office& office) -> awaitable<void> {
        office.slack.answer(history({message("1.1", "41"), message("1.2", "42", "someone_elses")}));
        const auto none = co_await find_posted(*office.api, sought());
        REQUIRE(none);
        CHECK_FALSE(none->has_value());
        int number = 0;
        office.slack.always = [&](const net::Request&) -> awaitable<net::Response> {
            co_return history({}, "c" + std::to_string(++number));
        };
        CHECK_FALSE((co_await find_posted(*office.api, sought())).has_value());
        CHECK(number == 5);
        office.slack.always =
            Scripted::say(Scripted::with(200, R"({"ok":false,"error":"not_allowed_token_type"})"));
        CHECK_FALSE((co_await find_posted(*office.api, sought("9.9"))).has_value());
    });
}
