// What `rapport slack check` prints, on a good set-up and on broken ones, each compared with a file that
// people read under review (RAPPORT_UPDATE_SNAPSHOTS=1 writes them anew).

#include "adapters/slack/check/check.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "adapters/net/client.hpp"
#include "adapters/slack/check/scopes.hpp"
#include "doubles/slack/running.hpp"
#include "support/catch.hpp"
#include "support/run_alone.hpp"

using namespace rapport;
using namespace rapport::slack;
using namespace std::chrono_literals;
using test::slack::Fault;
using test::slack::RunningDouble;
using test::slack::SlackDouble;

namespace {

const std::string bot_token = "xoxb-double-acme";
const std::string app_token = "xapp-1-A0RAPPORT-double";

AccountKey slack_account(std::string realm, std::string id) {
    return {"slack", std::move(realm), std::move(id)};
}

/// Everything right, for the seeded double.
struct SetUp {
    explicit SetUp(const std::string& api_url) {
        workspace.bot_token.value = bot_token;
        workspace.app_token.value = app_token;
        workspace.signing_secret.value = "0123456789abcdef0123456789abcdef";
        workspace.alert_channel = "alerts";
        workspace.api_url = api_url;
        options.staff = {{"ada", {slack_account("T0ACME", "U0ADA")}, true},
                         {"bea", {slack_account("T0ACME", "U0BEA")}},
                         {"cyd", {slack_account("T0ACME", "U0CYD"), {"github", "github.com", "7"}}}};
        options.call = 3s;
        options.hello = 3s;
        options.event = 3s;
    }
    CheckedWorkspace workspace{};
    CheckOptions options{};
};

/// The addresses of this run are random; the file says what they stand for.
std::string made_steady(std::string text, const std::string& part, const std::string& name) {
    for (std::size_t at = text.find(part); !part.empty() && at != std::string::npos; at = text.find(part, at))
        text.replace(at, part.size(), name);
    return text;
}

void compare(const std::string& name, const std::string& text) {
    const std::filesystem::path file =
        std::filesystem::path{RAPPORT_SOURCE_DIR} / "tests/unit/slack/check/transcripts" / (name + ".txt");
    if (std::getenv("RAPPORT_UPDATE_SNAPSHOTS")) std::ofstream{file} << text;
    std::ifstream in{file};
    std::stringstream kept;
    kept << in.rdbuf();
    INFO("tests/unit/slack/check/transcripts/" << name << ".txt");
    CHECK(text == kept.str());
}

std::vector<Report> transcript(const std::string& name, const SetUp& set_up) {
    const std::vector<Report> reports = test::run_alone(check({set_up.workspace}, set_up.options));
    std::string text = to_text(reports);
    for (const std::string& secret : {set_up.workspace.bot_token.value, set_up.workspace.app_token.value,
                                      set_up.workspace.signing_secret.value}) {
        if (!secret.empty()) CHECK(text.find(secret) == std::string::npos);
    }
    text = made_steady(std::move(text), set_up.workspace.api_url, "https://slack.example/api/");
    const std::string& url = set_up.workspace.api_url;  // "http://127.0.0.1:PORT/api/"
    if (const std::size_t colon = url.rfind(':'); colon > 5)
        text = made_steady(std::move(text), "port " + url.substr(colon + 1, url.find('/', colon) - colon - 1),
                           "port 443");
    compare(name, text);
    return reports;
}

}  // namespace

TEST_CASE("slack check: a good set-up has no problem") {
    RunningDouble slack;
    const SetUp set_up{slack.api_url()};
    CHECK(problems(transcript("good", set_up)) == 0);
    CHECK(slack([](SlackDouble& s) { return s.complaints(); }).empty());
    CHECK(slack.until([](SlackDouble& s) { return s.sockets().empty(); }));
}

TEST_CASE("slack check: live, a line is posted, heard and deleted again") {
    RunningDouble slack;
    SetUp set_up{slack.api_url()};
    set_up.options.live = true;
    CHECK(problems(transcript("good-live", set_up)) == 0);
    CHECK(slack([](SlackDouble& s) { return s.messages("alerts").size(); }) == 0);
    CHECK(slack([](SlackDouble& s) { return s.calls("chat.postMessage").size(); }) == 1);
}

TEST_CASE("slack check: live without an alert channel, the line goes to the lead") {
    RunningDouble slack;
    SetUp set_up{slack.api_url()};
    set_up.workspace.alert_channel.clear();
    set_up.options.live = true;
    CHECK(problems(transcript("good-live-direct", set_up)) == 0);
}

TEST_CASE("slack check: live, and no events are subscribed") {
    RunningDouble slack;
    slack([](SlackDouble& s) { s.policy().hold = 100; });
    SetUp set_up{slack.api_url()};
    set_up.options.live = true;
    set_up.options.event = 1s;
    CHECK(problems(transcript("no-events", set_up)) == 1);
    CHECK(slack([](SlackDouble& s) { return s.messages("alerts").size(); }) == 0);
}

TEST_CASE("slack check: another Rapport runs already, and what is for it stays for it") {
    RunningDouble slack;
    const SetUp set_up{slack.api_url()};
    const std::string address = slack([](SlackDouble& s) { return s.courier().open_ticket(); });
    const auto beside = [&]() -> boost::asio::awaitable<std::vector<Report>> {
        Result<net::WebSocket> running = co_await net::connect_websocket(address);
        REQUIRE(running);
        const Result<std::string> hello = co_await running->read();
        CHECK(hello);
        const std::vector<Report> reports = co_await check({set_up.workspace}, set_up.options);
        co_await running->close();
        co_return reports;
    };
    const std::vector<Report> reports = test::run_alone(beside());
    CHECK(problems(reports) == 0);
    CHECK_THAT(to_text(reports), ContainsSubstring("Another connection of this app is open"));
}

TEST_CASE("slack check: nothing is set") {
    RunningDouble slack;
    SetUp set_up{slack.api_url()};
    set_up.workspace.bot_token.value.clear();
    set_up.workspace.app_token.value.clear();
    CHECK(problems(transcript("nothing-set", set_up)) == 2);
    CHECK(slack([](SlackDouble& s) { return s.calls().size(); }) == 0);
}

TEST_CASE("slack check: the two tokens are swapped") {
    RunningDouble slack;
    SetUp set_up{slack.api_url()};
    std::swap(set_up.workspace.bot_token.value, set_up.workspace.app_token.value);
    CHECK(problems(transcript("swapped", set_up)) == 2);
}

TEST_CASE("slack check: quotation marks and blanks came along") {
    RunningDouble slack;
    SetUp set_up{slack.api_url()};
    set_up.workspace.bot_token.value = "\"" + bot_token + "\"";
    set_up.workspace.app_token.value = app_token + " ";
    CHECK(problems(transcript("pasted-along", set_up)) == 2);
}

TEST_CASE("slack check: Slack does not know the tokens") {
    RunningDouble slack;
    SetUp set_up{slack.api_url()};
    set_up.workspace.bot_token.value = "xoxb-1111-2222-typo";
    set_up.workspace.app_token.value = "xapp-1-A0RAPPORT-typo";
    CHECK(problems(transcript("unknown-tokens", set_up)) == 2);
}

TEST_CASE("slack check: the bot token was revoked") {
    RunningDouble slack;
    slack([](SlackDouble& s) { s.revoke(bot_token); });
    CHECK(problems(transcript("revoked", SetUp{slack.api_url()})) == 1);
}

TEST_CASE("slack check: permissions are missing, each with what it is for") {
    RunningDouble slack;
    slack([](SlackDouble& s) {
        s.remove_scope("T0ACME", "groups:history");
        s.remove_scope("T0ACME", "reactions:read");
    });
    CHECK(problems(transcript("scopes-missing", SetUp{slack.api_url()})) == 1);
}

TEST_CASE("slack check: without the permission to see people, the rest is still looked at") {
    RunningDouble slack;
    slack([](SlackDouble& s) { s.remove_scope("T0ACME", "users:read"); });
    CHECK(problems(transcript("scope-users-read", SetUp{slack.api_url()})) == 1);
}

TEST_CASE("slack check: an app from before there were pictures lacks files:write") {
    RunningDouble slack;
    slack([](SlackDouble& s) { s.remove_scope("T0ACME", "files:write"); });
    CHECK(problems(transcript("scope-files-write", SetUp{slack.api_url()})) == 1);
}

TEST_CASE("slack check: the app token lacks connections:write") {
    test::slack::Settings settings;
    settings.app_scopes = {};
    RunningDouble slack{settings};
    CHECK(problems(transcript("app-token-scope", SetUp{slack.api_url()})) == 1);
}

TEST_CASE("slack check: Socket Mode is switched off") {
    RunningDouble slack;
    slack([](SlackDouble& s) { s.switch_socket_mode(false); });
    CHECK(problems(transcript("socket-mode-off", SetUp{slack.api_url()})) == 1);
}

TEST_CASE("slack check: no hello comes") {
    test::slack::Settings settings;
    settings.pace.hello = 60s;
    RunningDouble slack{settings};
    SetUp set_up{slack.api_url()};
    set_up.options.hello = 200ms;
    CHECK(problems(transcript("no-hello", set_up)) == 1);
}

TEST_CASE("slack check: the tokens are of two different apps") {
    RunningDouble slack;
    slack([](SlackDouble& s) {
        Fault other;
        other.status = 200;
        other.body = R"({"ok":true,"bot":{"id":"B0RAPPORT","app_id":"A0OTHER"}})";
        s.next_calls("bots.info", 1, other);
    });
    CHECK(problems(transcript("two-apps", SetUp{slack.api_url()})) == 1);
}

TEST_CASE("slack check: this machine's clock is wrong") {
    test::slack::Settings settings;
    settings.clock = [] { return test::slack::computer_time() + 10min; };
    RunningDouble slack{settings};
    CHECK(problems(transcript("clock", SetUp{slack.api_url()})) == 1);
}

TEST_CASE("slack check: a clock that is a little off is fine") {
    test::slack::Settings settings;
    settings.clock = [] { return test::slack::computer_time() - 50s; };
    RunningDouble slack{settings};
    CHECK(problems(transcript("good", SetUp{slack.api_url()})) == 0);
}

TEST_CASE("slack check: the alert channel does not exist") {
    RunningDouble slack;
    SetUp set_up{slack.api_url()};
    set_up.workspace.alert_channel = "alarms";
    CHECK(problems(transcript("alert-channel-unknown", set_up)) == 1);
}

TEST_CASE("slack check: the alert channel has not invited us") {
    RunningDouble slack;
    slack([](SlackDouble& s) { s.world().place("general").members.erase("U0RAPPORT"); });
    SetUp set_up{slack.api_url()};
    set_up.workspace.alert_channel = "C0GENERAL";
    CHECK(problems(transcript("alert-channel-not-invited", set_up)) == 1);
}

TEST_CASE("slack check: the alert channel is archived") {
    RunningDouble slack;
    slack([](SlackDouble& s) { s.world().place("alerts").archived = true; });
    CHECK(problems(transcript("alert-channel-archived", SetUp{slack.api_url()})) == 1);
}

TEST_CASE("slack check: outsiders read the alert channel") {
    RunningDouble slack;
    SetUp set_up{slack.api_url()};
    set_up.workspace.alert_channel = "ext-globex";
    CHECK(problems(transcript("alert-channel-shared", set_up)) == 1);
}

TEST_CASE("slack check: in no channel at all") {
    RunningDouble slack;
    slack([](SlackDouble& s) {
        for (const char* name : {"general", "help", "ext-globex"})
            s.world().place(name).members.erase("U0RAPPORT");
    });
    CHECK(problems(transcript("no-channels", SetUp{slack.api_url()})) == 1);
}

TEST_CASE("slack check: accounts in team.yaml that nobody can be asked by") {
    RunningDouble slack;
    slack([](SlackDouble& s) {
        s.world().person("bea").deleted = true;
        s.world().person("cyd").bot = "B0CYD";
    });
    SetUp set_up{slack.api_url()};
    set_up.options.staff.push_back({"dan", {slack_account("T0ACME", "U0DAN")}});
    set_up.options.staff.push_back({"finn", {slack_account("T0ACME", "U0NOBODY")}});
    set_up.options.staff.push_back({"gil", {slack_account("T0OLD", "U0GIL")}});
    set_up.options.staff.push_back({"hana", {}});
    CHECK(problems(transcript("roster", set_up)) == 5);
}

TEST_CASE("slack check: nobody has a Slack account") {
    RunningDouble slack;
    SetUp set_up{slack.api_url()};
    for (CheckedStaffer& staffer : set_up.options.staff) staffer.accounts.clear();
    CHECK(problems(transcript("nobody-in-slack", set_up)) == 1);
}

TEST_CASE("slack check: nothing answers there") {
    std::string gone;
    {
        RunningDouble slack;
        gone = slack.api_url();
    }
    CHECK(problems(transcript("unreachable", SetUp{gone})) == 1);
}

TEST_CASE("slack check: something else answers there") {
    RunningDouble slack;
    slack([](SlackDouble& s) { s.next_calls("api.test", 1, Fault::html()); });
    CHECK(problems(transcript("not-slack", SetUp{slack.api_url()})) == 1);
}

TEST_CASE("slack check: plain http to another machine") {
    CHECK(problems(transcript("plain-http", SetUp{"http://slack.example.org/api/"})) == 1);
}

TEST_CASE("slack check: over HTTP, a good set-up and a signing secret that is none") {
    RunningDouble slack;
    SetUp set_up{slack.api_url()};
    set_up.workspace.http = true;
    set_up.workspace.port = 0;
    CHECK(problems(transcript("good-http", set_up)) == 0);
    set_up.workspace.signing_secret.value = "0123456789";
    CHECK(problems(transcript("signing-secret", set_up)) == 1);
}

TEST_CASE("slack check: two workspaces, an account of either is right") {
    RunningDouble slack{{}, [](SlackDouble& s) {
                            s.seed();
                            test::slack::Team second;
                            second.id = "T0SECOND";
                            second.name = "Second";
                            second.bot_user = "U0SECOND";
                            second.bot = "B0SECOND";
                            second.bot_token = "xoxb-double-second";
                            s.add_team(second);
                        }};
    SetUp set_up{slack.api_url()};
    CheckedWorkspace second = set_up.workspace;
    second.name = "slack-second";
    second.bot_token = {"SECOND_BOT_TOKEN", "xoxb-double-second"};
    second.alert_channel.clear();
    second.listens = false;
    set_up.options.staff[0].accounts.push_back(slack_account("T0SECOND", "U0SECOND"));
    const std::vector<Report> reports = test::run_alone(check({set_up.workspace, second}, set_up.options));
    REQUIRE(reports.size() == 3);
    CHECK(problems({reports[0]}) == 0);
    CHECK(problems({reports[1]}) == 1);  // A bot is no colleague.
    CHECK(problems({reports[2]}) == 0);
}

TEST_CASE("slack check: the permissions are those of the manifest") {
    std::ifstream file{std::string{RAPPORT_SOURCE_DIR} + "/config/slack-manifest.yaml"};
    std::set<std::string> manifest;
    bool scopes = false;
    for (std::string line; std::getline(file, line);) {
        if (line == "settings:") break;
        if (line.find("scopes:") != std::string::npos) scopes = true;
        const std::size_t item = line.find("- ");
        if (!scopes || item == std::string::npos) continue;
        manifest.insert(line.substr(item + 2, line.find_first_of(" #", item + 2) - item - 2));
    }
    std::set<std::string> wanted;
    for (const Scope& scope : wanted_scopes()) wanted.emplace(scope.name);
    CHECK(wanted == manifest);
    // Two are there, and users:read.email may be left out.
    CHECK(missing_scopes("chat:write, commands").size() == wanted.size() - 3);
}
