#include "adapters/slack/events/history.hpp"

#include "unit/slack/events/support.hpp"

namespace rapport::slack::events {
namespace {

boost::json::object answer(const char* text) {
    return boost::json::parse(text).as_object();
}

}  // namespace

TEST_CASE("history becomes late events from the oldest on") {
    World world;
    const HistoryPage page = read_history(answer(R"({"ok":true,"messages":[
        {"type":"message","user":"U2","text":"third","ts":"30.000001"},
        {"type":"message","user":"U1","text":"second","ts":"20.000001","thread_ts":"20.000001","reply_count":1,
         "latest_reply":"40.000001"},
        {"type":"message","user":"U1","text":"old","ts":"10.000001","thread_ts":"10.000001","latest_reply":"15.000001"},
        {"type":"message","user":"U1","text":"older","ts":"5.000001","thread_ts":"5.000001","latest_reply":"35.000001"}],
        "response_metadata":{"next_cursor":"abc"}})"),
                                          "C1", "15.000001", world.knowledge());
    REQUIRE(page.events.size() == 2);
    const auto& first = std::get<MessagePosted>(page.events[0].body);
    CHECK(first.late);
    CHECK(first.message.text == "second");
    CHECK(first.message.reply_to.empty());
    CHECK(first.message.channel.key == ChannelKey{"slack", "T1", "C1"});
    CHECK(std::get<MessagePosted>(page.events[1].body).message.text == "third");
    CHECK(page.threads == std::vector<Id>{"5.000001", "20.000001"});
    CHECK(page.next_cursor == "abc");
    CHECK(page.newest == "30.000001");
    CHECK(page.oldest == "5.000001");
}

TEST_CASE("replies come after their root, and only new ones") {
    World world;
    const HistoryPage page = read_replies(answer(R"({"messages":[
        {"user":"U1","text":"root","ts":"20.000001","thread_ts":"20.000001","latest_reply":"40.000001"},
        {"user":"U2","text":"seen","ts":"25.000001","thread_ts":"20.000001"},
        {"user":"U2","text":"new","ts":"40.000001","thread_ts":"20.000001"}],"has_more":false})"),
                                          "C1", "25.000001", world.knowledge());
    REQUIRE(page.events.size() == 1);
    const Message& said = std::get<MessagePosted>(page.events[0].body).message;
    CHECK(said.text == "new");
    CHECK(said.reply_to == "20.000001");
    CHECK(page.threads.empty());
    CHECK(page.next_cursor.empty());
}

TEST_CASE("history tells of our own posts, of edits, tombstones, direct messages and what is broken") {
    World world;
    const HistoryPage page = read_history(answer(R"({"messages":[
        {"user":"UBOT","text":"card","ts":"1.000001","metadata":{"event_type":"rapport_alert","event_payload":{"id":"a"}}},
        {"user":"U1","text":"mended","ts":"2.000001","edited":{"user":"U1","ts":"3.000000"}},
        {"subtype":"tombstone","user":"USLACKBOT","text":"This message was deleted.","ts":"4.000001","hidden":true},
        {"subtype":"channel_join","user":"U1","text":"joined","ts":"5.000001"},
        {"user":"U1","text":"no time"},{"text":"nobody","ts":"6.000001"},7]})"),
                                          "C1", "", world.knowledge());
    REQUIRE(page.ours.size() == 1);
    CHECK(page.ours[0].metadata.at("id") == "a");
    CHECK(page.ours[0].metadata_type == "rapport_alert");
    REQUIRE(page.events.size() == 3);
    CHECK(std::get<MessagePosted>(page.events[0].body).message.text == "mended");
    const auto& edit = std::get<MessageEdited>(page.events[1].body);
    CHECK(edit.text == "mended");
    CHECK(edit.at == at_ms(3000));
    CHECK(std::get<MessageDeleted>(page.events[2].body).message.id == "4.000001");
    CHECK(page.broken.size() == 2);

    const HistoryPage direct =
        read_history(answer(R"({"messages":[{"user":"U1","text":"who is <@U3>?","ts":"2.000001"}]})"), "D1",
                     "", world.knowledge());
    REQUIRE(direct.to_us.size() == 1);
    CHECK(direct.to_us[0].words == "who is @slack:T9:U3?");
}

TEST_CASE("history too says what must be looked up, and bears any shape") {
    World world;
    const auto page = answer(
        R"({"messages":[{"user":"U80","text":"<@U81>","ts":"1.000001"},{"user":"UBOT","ts":"2.000001"}]})");
    const Needs needs = what_history_needs(page, "C80", world.installation, world.directory);
    CHECK(needs.users == std::set<Id>{"U80", "U81"});
    CHECK(needs.channels == std::set<Id>{"C80"});
    for (const char* odd : {"{}", R"({"messages":{}})", R"({"messages":null,"response_metadata":[]})"})
        CHECK(read_history(answer(odd), "C1", "", world.knowledge()).events.empty());
}

}  // namespace rapport::slack::events
