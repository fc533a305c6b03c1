#include "adapters/slack/api/answer.hpp"
#include "unit/slack/api/fixture.hpp"

using namespace rapport;
using namespace rapport::slack;
using namespace rapport::test;

namespace {

ApiError failure(const std::string& method, const net::Response& response, bool repeatable = true) {
    const ApiResult<json::object> answer = read_answer(method, repeatable, response);
    REQUIRE_FALSE(answer);
    return answer.error();
}

ApiError of_code(const std::string& method, std::string code, bool repeatable = true) {
    return failure(method, Scripted::with(200, R"({"ok":false,"error":")" + code + "\"}"), repeatable);
}

}  // namespace

TEST_CASE("an answer counts by its status, then its JSON, then ok") {
    CHECK(read_answer("auth.test", true, Scripted::ok({{"team_id", "T1"}})).value().at("team_id") == "T1");
    CHECK(failure("m", Scripted::with(500, R"({"ok":true})")).kind == ErrorKind::transient);
    CHECK(failure("m", Scripted::with(302, "", {{"Location", "https://x"}})).kind == ErrorKind::rejected);
    CHECK(failure("m", Scripted::with(403, "<html>")).kind == ErrorKind::unauthorized);
    CHECK(failure("m", Scripted::with(404, "no")).kind == ErrorKind::rejected);
    CHECK(failure("m", Scripted::with(408, "")).kind == ErrorKind::transient);
    CHECK(failure("m", Scripted::with(400, R"({"ok":false,"error":"is_archived"})")).code == "is_archived");
    CHECK(failure("m", Scripted::with(200, "<!DOCTYPE html>")).kind == ErrorKind::transient);
    CHECK(failure("m", Scripted::with(200, "[]")).kind == ErrorKind::transient);
    CHECK(failure("m", Scripted::with(200, R"({"ok":"yes"})")).kind == ErrorKind::transient);
    CHECK(failure("m", Scripted::with(200, R"({"ok":false})")).kind == ErrorKind::rejected);
    CHECK(failure("m", Scripted::with(200, R"({"ok":false,"error":7})")).kind == ErrorKind::rejected);
    CHECK(failure("m", Scripted::with(200, std::string(100'000, '['))).kind == ErrorKind::transient);
}

TEST_CASE("edge case 39: what may have been posted is told from what was not") {
    const char* post = "chat.postMessage";
    CHECK(failure(post, Scripted::with(500, ""), false).unknown_outcome);
    CHECK(failure(post, Scripted::with(503, ""), false).unknown_outcome);
    CHECK(failure(post, Scripted::with(200, "<html>"), false).unknown_outcome);
    CHECK(of_code(post, "internal_error", false).unknown_outcome);
    CHECK(of_code(post, "fatal_error", false).unknown_outcome);
    CHECK_FALSE(of_code(post, "service_unavailable", false).unknown_outcome);
    CHECK_FALSE(of_code(post, "ratelimited", false).unknown_outcome);
    CHECK_FALSE(of_code(post, "not_in_channel", false).unknown_outcome);
    CHECK_FALSE(failure(post, Scripted::with(429, ""), false).unknown_outcome);
    CHECK_FALSE(failure("users.info", Scripted::with(500, ""), true).unknown_outcome);
    const net::Unanswered lost{Error{ErrorKind::transient, "gone"}, true};
    const net::Unanswered never{Error{ErrorKind::transient, "gone"}, false};
    CHECK(no_answer(post, false, lost).unknown_outcome);
    CHECK_FALSE(no_answer(post, false, never).unknown_outcome);
    CHECK_FALSE(no_answer("users.info", true, lost).unknown_outcome);
}

TEST_CASE("Retry-After in seconds, and 30 s where it is missing or no number") {
    const auto pause = [](std::vector<net::Header> headers) {
        return failure("m", Scripted::with(429, "", std::move(headers))).retry_after;
    };
    CHECK(pause({{"Retry-After", "7"}}) == 7s);
    CHECK(pause({}) == 30s);
    CHECK(pause({{"Retry-After", "soon"}}) == 30s);
    CHECK(pause({{"Retry-After", "-5"}}) == 30s);
    CHECK(pause({{"Retry-After", "0"}}) == 1s);
    CHECK(pause({{"Retry-After", "999999999"}}) == 24h);
    const ApiError in_body = failure("m", Scripted::with(200, R"({"ok":false,"error":"rate_limited"})"));
    CHECK(in_body.kind == ErrorKind::rate_limited);
    CHECK(in_body.retry_after == 30s);
}

TEST_CASE("errors tell people what to do and where") {
    const ApiError scope =
        failure("conversations.history",
                Scripted::with(200, R"({"ok":false,"error":"missing_scope",)"
                                    R"("needed":"channels:history","provided":"chat:write"})"));
    CHECK(scope.kind == ErrorKind::unauthorized);
    CHECK(scope.needed == "channels:history");
    CHECK(scope.provided == "chat:write");
    CHECK_THAT(scope.what, ContainsSubstring("channels:history"));
    CHECK_THAT(scope.what, ContainsSubstring("OAuth & Permissions"));
    const ApiError app =
        failure("apps.connections.open",
                Scripted::with(200, R"({"ok":false,"error":"missing_scope","needed":"connections:write"})"));
    CHECK_THAT(app.what, ContainsSubstring("App-Level Tokens"));
    CHECK_THAT(app.what, ContainsSubstring("connections:write"));
    CHECK_THAT(of_code("apps.connections.open", "invalid_auth").what, ContainsSubstring("SLACK_APP_TOKEN"));
    CHECK_THAT(of_code("auth.test", "invalid_auth").what, ContainsSubstring("SLACK_BOT_TOKEN"));
    CHECK_THAT(of_code("chat.postMessage", "not_in_channel").what, ContainsSubstring("/invite @rapport"));
    for (const char* code :
         {"invalid_auth", "not_authed", "token_revoked", "account_inactive", "token_expired",
          "not_allowed_token_type", "user_removed_from_team", "team_disabled"}) {
        INFO(code);
        CHECK(of_code("auth.test", code).kind == ErrorKind::unauthorized);
    }
    for (const char* code : {"not_in_channel", "channel_not_found", "is_archived", "msg_too_long",
                             "invalid_blocks", "something_new", "expired_trigger_id", "trigger_exchanged"}) {
        INFO(code);
        const ApiError error = of_code("chat.postMessage", code);
        CHECK(error.kind == ErrorKind::rejected);
        CHECK(error.code == code);
        CHECK_THAT(error.what, ContainsSubstring(code));
    }
}

TEST_CASE("invalid blocks: Slack's pointers are kept, and few of them") {
    std::string body = R"({"ok":false,"error":"invalid_blocks","response_metadata":{"messages":[7)";
    for (int i = 0; i < 30; ++i) body += R"(,"[ERROR] must be less than 76 [json-pointer:/blocks/0/text]")";
    const ApiError error = failure("chat.postMessage", Scripted::with(200, body + "]}}"));
    CHECK(error.messages.size() == 10);
    CHECK_THAT(error.what, ContainsSubstring("json-pointer:/blocks/0/text"));
}

TEST_CASE("what comes back from a response_url") {
    CHECK(read_answer_of_response_url(Scripted::with(200, "ok")));
    CHECK(read_answer_of_response_url(Scripted::with(200, R"({"ok":true})")));
    const auto refused =
        read_answer_of_response_url(Scripted::with(200, R"({"ok":false,"error":"invalid_blocks"})"));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "invalid_blocks");
    const auto used = read_answer_of_response_url(Scripted::with(404, R"({"ok":false,"error":"used_url"})"));
    REQUIRE_FALSE(used);
    CHECK(used.error().code == "used_url");
    const auto old = read_answer_of_response_url(Scripted::with(404, "expired"));
    REQUIRE_FALSE(old);
    CHECK_THAT(old.error().what, ContainsSubstring("30 minutes"));
    CHECK(read_answer_of_response_url(Scripted::with(500, "")).error().unknown_outcome);
}

TEST_CASE("no token gets into an error, even if Slack repeats it") {
    const ApiError error = failure(
        "auth.test", Scripted::with(200, R"({"ok":false,"error":"bad xoxb-12-secret","response_metadata":)"
                                         R"({"messages":["xapp-1-secret is wrong"]}})"));
    CHECK(error.what.find("secret") == std::string::npos);
    CHECK(error.messages.at(0).find("secret") == std::string::npos);
}
