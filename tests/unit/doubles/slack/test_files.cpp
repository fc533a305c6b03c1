// Files: an address, the bytes, and then it is shown.
#include "support.hpp"
#include "support/catch.hpp"

namespace rapport::test::slack {
namespace {

namespace json = boost::json;

struct Begun {
    std::string file{};
    std::string url{};
};

Begun begin(RunningDouble& slack, std::size_t length) {
    const Answer answer = call(slack, "files.getUploadURLExternal",
                               {{"filename", "week.png"}, {"length", std::to_string(length)}});
    REQUIRE(answer.ok());
    return {std::string{answer.body.at("file_id").as_string()},
            std::string{answer.body.at("upload_url").as_string()}};
}

Answer send(const Begun& begun, const std::string& bytes, const std::string& token = {}) {
    return post(begun.url, bytes, "application/octet-stream", token);
}

Answer complete(RunningDouble& slack, const std::string& file, const Params& more) {
    Params params = more;
    params["files"] = json::serialize(json::array{json::object{{"id", file}, {"title", "The week"}}});
    return call(slack, "files.completeUploadExternal", params);
}

TEST_CASE("an uploaded file is shown where it was to be shown, with its words") {
    RunningDouble slack{quick()};
    const Begun begun = begin(slack, 5);
    CHECK(send(begun, "bytes").status == 200);
    CHECK(slack([](SlackDouble& s) { return s.messages("help").empty(); }));
    REQUIRE(complete(slack, begun.file, {{"channel_id", "C0HELP"}, {"initial_comment", "Bars"}}).ok());
    const auto messages = slack([](SlackDouble& s) { return s.messages("help"); });
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].at("text") == "Bars");
    CHECK(messages[0].at("files").at(0).at("id") == json::value(begun.file));
    CHECK(messages[0].at("files").at(0).at("title") == "The week");
    const std::string ts{messages[0].at("ts").as_string()};

    const Begun second = begin(slack, 5);
    CHECK(send(second, "other").status == 200);
    REQUIRE(complete(slack, second.file, {{"channel_id", "C0HELP"}, {"thread_ts", ts}}).ok());
    CHECK(slack([](SlackDouble& s) { return s.messages("help"); }).at(1).at("thread_ts") == json::value(ts));
    CHECK(slack([](SlackDouble& s) { return s.complaints(); }).empty());
}

TEST_CASE("what Slack refuses of files") {
    RunningDouble slack{quick()};
    CHECK(call(slack, "files.getUploadURLExternal", {{"filename", "a.png"}}).error() == "invalid_arguments");
    CHECK_FALSE(call(slack, "files.getUploadURLExternal", {{"filename", "a.png"}, {"length", "0"}}).ok());
    CHECK(call(slack, "files.getUploadURLExternal",
               {{"filename", "a.png"}, {"length", "1"}, {"alt_txt", std::string(1'001, 'x')}})
              .error() == "alt_txt_too_large");

    const Begun begun = begin(slack, 5);
    CHECK(complete(slack, begun.file, {{"channel_id", "C0HELP"}}).error() == "file_not_found");
    CHECK(send(begun, "too many bytes").status == 400);
    CHECK(send({"", begun.url + "0"}, "bytes").status == 404);
    CHECK(send(begun, "bytes").status == 200);
    CHECK(send(begun, "bytes").status == 409);
    CHECK(complete(slack, "F0NOWHERE", {{"channel_id", "C0HELP"}}).error() == "file_not_found");
    CHECK(complete(slack, begun.file, {{"channel_id", "C0NOWHERE"}}).error() == "channel_not_found");
    CHECK(complete(slack, begun.file, {{"channel_id", "C0HELP"}, {"thread_ts", "1.000001"}}).error() ==
          "invalid_thread_ts");
    slack([](SlackDouble& s) { s.world().place("general").members.erase("U0RAPPORT"); });
    CHECK(complete(slack, begun.file, {{"channel_id", "C0GENERAL"}}).error() == "not_in_channel");
    CHECK(slack([](SlackDouble& s) { return s.messages("help").empty(); }));
    CHECK(complete(slack, begun.file, {{"channel_id", "C0HELP"}}).ok());
    CHECK(complete(slack, begun.file, {{"channel_id", "C0HELP"}}).error() == "file_not_found");
    CHECK(slack([](SlackDouble& s) { return s.complaints(); }).empty());
    send(begin(slack, 1), "x", bot_token);
    CHECK(slack([](SlackDouble& s) { return s.complaints().size(); }) == 1);

    slack([](SlackDouble& s) { s.remove_scope("T0ACME", "files:write"); });
    const Answer refused = call(slack, "files.getUploadURLExternal", {{"filename", "a"}, {"length", "1"}});
    CHECK(refused.error() == "missing_scope");
    CHECK(refused.body.at("needed") == "files:write");
}

TEST_CASE("an upload can go wrong as any call can") {
    RunningDouble slack{quick()};
    const Begun begun = begin(slack, 5);
    slack([](SlackDouble& s) { s.next_calls("upload_url", 1, Fault::rate_limited(3)); });
    const Answer busy = send(begun, "bytes");
    CHECK(busy.status == 429);
    CHECK(busy.retry_after == "3");
    CHECK(send(begun, "bytes").status == 200);
}

}  // namespace
}  // namespace rapport::test::slack
