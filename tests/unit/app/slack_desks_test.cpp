// Which workspaces are switched on by what stands in the environment.

#include "bot/slack_desks.hpp"
#include "support/catch.hpp"

using namespace rapport;

namespace {

SlackSetUp with(std::map<std::string, std::string> variables, const SlackConfig& config = {}) {
    return slack_set_up(config, [variables = std::move(variables)](const std::string& name) {
        const auto at = variables.find(name);
        return at == variables.end() ? std::string{} : at->second;
    });
}

}  // namespace

TEST_CASE("Slack is off without tokens, and on with both") {
    CHECK(with({}).workspaces.empty());
    CHECK(with({}).problems.empty());
    const SlackSetUp both = with({{"SLACK_BOT_TOKEN", "xoxb-1"}, {"SLACK_APP_TOKEN", "xapp-1"}});
    CHECK(both.problems.empty());
    REQUIRE(both.workspaces.size() == 1);
    CHECK(both.workspaces[0].name == "slack");
    CHECK(both.workspaces[0].api_url == "https://slack.com/api/");
    CHECK(both.workspaces[0].desk);
    CHECK(both.workspaces[0].listens);
}

TEST_CASE("half of Slack's tokens: the missing one is named, the other never shown") {
    for (const auto& [set, missing] : {std::pair{"SLACK_BOT_TOKEN", "SLACK_APP_TOKEN is not"},
                                       std::pair{"SLACK_APP_TOKEN", "SLACK_BOT_TOKEN is not"}}) {
        const SlackSetUp half = with({{set, "xox-secret"}});
        CHECK(half.workspaces.empty());
        REQUIRE(half.problems.size() == 1);
        CHECK(half.problems[0].find(missing) != std::string::npos);
        CHECK(half.problems[0].find("xox-secret") == std::string::npos);
    }
}

TEST_CASE("over HTTP the signing secret takes the app token's place") {
    SlackConfig config;
    config.receive = SlackReceive::http;
    const SlackSetUp http = with({{"SLACK_BOT_TOKEN", "xoxb-1"},
                                  {"SLACK_SIGNING_SECRET", "s"},
                                  {"SLACK_API_URL", "http://127.0.0.1:1/"}},
                                 config);
    REQUIRE(http.workspaces.size() == 1);
    CHECK(http.workspaces[0].http);
    CHECK(http.workspaces[0].signing_secret == "s");
    CHECK(http.workspaces[0].app_token.empty());
    CHECK(http.workspaces[0].api_url == "http://127.0.0.1:1/");
}

TEST_CASE("a workspace that the file names must have its tokens") {
    SlackConfig config;
    SlackWorkspace community;
    community.name = "community";
    community.part = SlackPart::community;
    community.bot_token = "COMMUNITY_BOT_TOKEN";
    community.app_token = "COMMUNITY_APP_TOKEN";
    config.more.push_back(community);
    CHECK(with({}, config).problems.size() == 1);
    const SlackSetUp set_up =
        with({{"COMMUNITY_BOT_TOKEN", "xoxb-2"}, {"COMMUNITY_APP_TOKEN", "xapp-2"}}, config);
    CHECK(set_up.problems.empty());
    REQUIRE(set_up.workspaces.size() == 1);
    CHECK(set_up.workspaces[0].name == "slack-community");
    CHECK_FALSE(set_up.workspaces[0].desk);
}

TEST_CASE("two workspaces never share a token: both variables are named, the token is not") {
    SlackConfig config;
    SlackWorkspace second;
    second.name = "second";
    second.bot_token = "SLACK_BOT_TOKEN_2";
    second.app_token = "SLACK_APP_TOKEN_2";
    config.more.push_back(second);
    const auto [bot, app, variable] = GENERATE(table<std::string, std::string, std::string>(
        {{"xoxb-1", "xapp-2", "SLACK_BOT_TOKEN"}, {"xoxb-2", "xapp-1", "SLACK_APP_TOKEN"}}));
    const SlackSetUp same = with({{"SLACK_BOT_TOKEN", "xoxb-1"},
                                  {"SLACK_APP_TOKEN", "xapp-1"},
                                  {"SLACK_BOT_TOKEN_2", bot},
                                  {"SLACK_APP_TOKEN_2", app}},
                                 config);
    CHECK(same.workspaces.size() == 1);
    REQUIRE(same.problems.size() == 1);
    CHECK_THAT(same.problems[0], ContainsSubstring(variable + " and " + variable + "_2 hold the same token"));
    CHECK_THAT(same.problems[0], !ContainsSubstring("xoxb-1") && !ContainsSubstring("xapp-1"));
}
