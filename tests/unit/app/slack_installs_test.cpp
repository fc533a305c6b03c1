// One app in many workspaces: what must be set, and the way from the page to the first message heard there.

#include "bot/slack_installs.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>

#include "adapters/net/client.hpp"
#include "doubles/slack/running.hpp"
#include "support/catch.hpp"
#include "support/fake_slack_world.hpp"
#include "support/run_alone.hpp"

using namespace rapport;
using test::slack::RunningDouble;
using test::slack::SlackDouble;
namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;

namespace {

using Variables = std::map<std::string, std::string>;

Variables all_set() {
    return {{"SLACK_CLIENT_ID", "1111.2222"},
            {"SLACK_CLIENT_SECRET", "double-client-secret"},
            {"SLACK_TOKEN_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="},
            {"SLACK_APP_TOKEN", "xapp-1-A0RAPPORT-double"}};
}

SlackConfig config_on() {
    SlackConfig config;
    config.port = 0;
    config.oauth.public_url = "http://127.0.0.1:8081";
    return config;
}

SlackInstalls::Parts parts(Variables variables, Notebook& notebook) {
    SlackInstalls::Parts made{[variables = std::move(variables)](const std::string& name) {
                                  const auto at = variables.find(name);
                                  return at == variables.end() ? std::string{} : at->second;
                              },
                              notebook};
    made.random = [count = 0]() mutable { return std::string(31, 'r') + std::to_string(++count); };
    return made;
}

asio::awaitable<net::Response> get(std::string url, std::string cookie = {}) {
    net::Request request;
    request.target.clear();
    if (!cookie.empty()) request.headers.push_back({"Cookie", cookie});
    Result<net::Response> response = co_await net::fetch(url, std::move(request));
    REQUIRE(response);
    co_return *response;
}

/// What a person's browser does.
asio::awaitable<net::Response> install(std::string pages, std::string code) {
    const net::Response begun = co_await get(pages + "/slack/install");
    CHECK(begun.status == 302);
    const std::string to{begun.header("location")};
    std::string cookie{begun.header("set-cookie")};
    cookie = cookie.substr(0, cookie.find(';'));
    const std::string state = to.substr(to.find("state=") + 6, 32);
    net::Response finished = co_await get(pages + "/slack/oauth?code=" + code + "&state=" + state, cookie);
    co_return finished;
}

/// Ends when the inbox has `text`, or after ten seconds.
asio::awaitable<bool> until_heard(const test::FakeInbox& inbox, std::string text) {
    asio::steady_timer timer{co_await asio::this_coro::executor};
    for (int i = 0; i < 1000; ++i) {
        for (const std::string& one : inbox.texts()) {
            if (one == text) co_return true;
        }
        timer.expires_after(std::chrono::milliseconds{10});
        co_await timer.async_wait(asio::use_awaitable);
    }
    co_return false;
}

}  // namespace

TEST_CASE("Slack installs: what is not set is named, all at once, and a key must be one") {
    test::FakeNotebook notebook;
    Variables variables = all_set();
    variables.erase("SLACK_CLIENT_SECRET");
    variables.erase("SLACK_APP_TOKEN");
    const auto missing = SlackInstalls::make(config_on(), parts(variables, notebook));
    REQUIRE_FALSE(missing);
    CHECK_THAT(missing.error().what, ContainsSubstring("SLACK_CLIENT_SECRET, SLACK_APP_TOKEN"));
    variables = all_set();
    variables["SLACK_TOKEN_KEY"] = "short";
    const auto key = SlackInstalls::make(config_on(), parts(variables, notebook));
    REQUIRE_FALSE(key);
    CHECK_THAT(key.error().what, ContainsSubstring("SLACK_TOKEN_KEY"));
    CHECK(key.error().what.find("short") == std::string::npos);
}

TEST_CASE(
    "Slack installs: SLACK_BOT_TOKEN beside them is a problem, and without it the first is not wanted") {
    const auto with = [](Variables variables) {
        return slack_set_up(config_on(), [variables = std::move(variables)](const std::string& name) {
            const auto at = variables.find(name);
            return at == variables.end() ? std::string{} : at->second;
        });
    };
    CHECK(with(all_set()).problems.empty());
    CHECK(with(all_set()).workspaces.empty());
    Variables both = all_set();
    both["SLACK_BOT_TOKEN"] = "xoxb-secret-secret";
    REQUIRE(with(both).problems.size() == 1);
    CHECK(with(both).problems[0].find("xoxb") == std::string::npos);
}

TEST_CASE("Slack installs: somebody installs the app, and after the next start their workspace is heard") {
    RunningDouble slack;
    test::FakeNotebook notebook;
    Variables variables = all_set();
    variables["SLACK_API_URL"] = slack.api_url();
    const std::string code = slack([](SlackDouble& s) { return s.oauth_code("T0ACME"); });
    const auto first_start = [&]() -> asio::awaitable<int> {
        auto made = SlackInstalls::make(config_on(), parts(variables, notebook));
        REQUIRE(made);
        SlackInstalls& installs = **made;
        const auto executor = co_await asio::this_coro::executor;
        REQUIRE(installs.listen(executor));
        const auto none = co_await installs.workspaces();
        REQUIRE(none);
        CHECK(none->empty());
        const std::string pages = "http://127.0.0.1:" + std::to_string(installs.port());
        auto ended = co_await (installs.run() || install(pages, code));
        REQUIRE(ended.index() == 1);
        CHECK(std::get<1>(ended).status == 200);
        CHECK_THAT(std::get<1>(ended).body, ContainsSubstring("in the workspace Acme"));
        co_return 0;
    };
    test::run_alone(first_start());

    test::FakeInbox inbox;
    test::FakeOffice office;
    const auto second_start = [&]() -> asio::awaitable<int> {
        auto made = SlackInstalls::make(config_on(), parts(variables, notebook));
        REQUIRE(made);
        SlackInstalls& installs = **made;
        const auto executor = co_await asio::this_coro::executor;
        REQUIRE(installs.listen(executor));
        const auto found = co_await installs.workspaces();
        REQUIRE(found);
        REQUIRE(found->size() == 1);
        slack::Config config = found->front();
        CHECK(config.name == "slack-T0ACME");
        CHECK(config.fed);
        config.is_staff = [](const AccountKey&, Time) { return false; };
        slack::SlackAdapter adapter{executor, std::move(config), office, notebook, nullptr};
        installs.add(adapter);
        slack([](SlackDouble& s) {
            s.core().timers.after(std::chrono::milliseconds{500},
                                  [&s] { s.people().say("cleo", "help", "Is anybody there?"); });
        });
        auto ended =
            co_await (installs.run() || adapter.run(inbox) || until_heard(inbox, "Is anybody there?"));
        REQUIRE(ended.index() == 2);
        CHECK(std::get<2>(ended));
        co_return 0;
    };
    test::run_alone(second_start());
    CHECK(slack([](SlackDouble& s) { return s.complaints(); }).empty());
}
