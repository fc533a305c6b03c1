// Installing the app in a workspace, against the double; and which workspace a delivery is for.

#include <boost/asio/this_coro.hpp>

#include "adapters/net/pool.hpp"
#include "adapters/slack/install/installer.hpp"
#include "adapters/slack/install/switchboard.hpp"
#include "doubles/slack/running.hpp"
#include "support/catch.hpp"
#include "support/fake_slack_world.hpp"
#include "support/run_alone.hpp"

using namespace rapport;
using namespace rapport::slack;
using test::slack::RunningDouble;
using test::slack::SlackDouble;
namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr const char* key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// Everything that an installation needs, for one test.
struct House {
    explicit House(RunningDouble& slack) : double_(slack) {
        options.oauth.client_id = "1111.2222";
        options.oauth.client_secret = "double-client-secret";
        options.oauth.redirect_uri = "https://rapport.example.org/slack/oauth";
        options.oauth.scopes = {"chat:write", "commands"};
        options.random = [this] { return std::string(31, 'r') + std::to_string(++count); };
        options.installed = [](const StoredInstallation& it) {
            return "Hello " + it.installation.team + ".";
        };
    }
    std::string code(bool rotating = false) {
        return double_([&](SlackDouble& s) { return s.oauth_code("T0ACME", rotating); });
    }
    RunningDouble& double_;
    net::Pool pool{{},
                   {.idle = std::chrono::milliseconds{20}}};  // a kept connection keeps `run_alone` waiting
    WebApi api{config_for_api(), pool};
    test::FakeNotebook notebook{};
    TokenStore store{notebook, *Vault::from_keys(key)};
    Installer::Options options{};
    int count = 0;

private:
    WebApiConfig config_for_api() {
        WebApiConfig made;
        made.base = *ApiBase::parse(double_.api_url());
        return made;
    }
};

net::Request get(std::string target, const std::string& cookie = {}) {
    net::Request request;
    request.target = std::move(target);
    if (!cookie.empty()) request.headers.push_back({"Cookie", "other=1; " + cookie});
    return request;
}

struct Begun {
    std::string state{};
    std::string cookie{};
};

asio::awaitable<Begun> begin(Installer& installer) {
    const net::Request request = get("/slack/install");
    const std::optional<net::Response> response = co_await installer.answer(request);
    REQUIRE(response);
    CHECK(response->status == 302);
    const std::string location{response->header("location")};
    CHECK_THAT(location, ContainsSubstring("https://slack.com/oauth/v2/authorize?"));
    CHECK_THAT(location, ContainsSubstring("scope=chat%3Awrite%2Ccommands"));
    const std::string cookie{response->header("set-cookie")};
    CHECK_THAT(cookie, ContainsSubstring("HttpOnly; SameSite=Lax; Secure"));
    Begun begun{location.substr(location.find("state=") + 6, 32), cookie.substr(0, cookie.find(';'))};
    co_return begun;
}

asio::awaitable<net::Response> finish(Installer& installer, std::string code, Begun begun) {
    const net::Request request = get("/slack/oauth?code=" + code + "&state=" + begun.state, begun.cookie);
    const std::optional<net::Response> response = co_await installer.answer(request);
    REQUIRE(response);
    co_return *response;
}

struct Heard : Receiver {
    bool receive(Delivery&) override {
        if (room) ++count;
        return room;
    }
    bool room = true;
    void may_have_missed(Time, Time, std::string) override { ++count; }
    void connected(const Id&) override { ++count; }
    int count = 0;
};

Delivery delivery(DeliveryKind kind, json::object payload) {
    Delivery made;
    made.kind = kind;
    made.payload = std::move(payload);
    return made;
}

}  // namespace

TEST_CASE("an installation is kept encrypted, and the page says so") {
    RunningDouble slack;
    House house{slack};
    Installer installer{house.options, house.api, house.store};
    const auto story = [&]() -> asio::awaitable<void> {
        const Begun begun = co_await begin(installer);
        const net::Response response = co_await finish(installer, house.code(), begun);
        CHECK(response.status == 200);
        CHECK_THAT(response.body, ContainsSubstring("It is now in the workspace Acme. Hello T0ACME."));
        CHECK(response.body.find("xoxb-") == std::string::npos);
        const auto kept = co_await house.store.load("T0ACME");
        REQUIRE(kept);
        REQUIRE(kept->has_value());
        CHECK((*kept)->bot_token == "xoxb-double-acme");
        CHECK((*kept)->installed_by == "U0INSTALLER");
        const auto entries = co_await house.notebook.list("slack:install:");
        REQUIRE(entries);
        for (const auto& [name, value] : *entries) CHECK(value.find("xoxb") == std::string::npos);
        co_return;
    };
    test::run_alone(story());
}

TEST_CASE("a wrong state, a state used twice and another browser install nothing") {
    RunningDouble slack;
    House house{slack};
    Installer installer{house.options, house.api, house.store};
    const auto story = [&]() -> asio::awaitable<int> {
        Begun begun = co_await begin(installer);
        Begun wrong = begun;
        wrong.state = std::string(32, 'x');
        net::Response response = co_await finish(installer, house.code(), wrong);
        CHECK(response.status == 400);
        CHECK_THAT(response.body, ContainsSubstring("was not begun here"));
        Begun other = co_await begin(installer);
        other.cookie = begun.cookie;
        response = co_await finish(installer, house.code(), other);
        CHECK(response.status == 400);
        CHECK_THAT(response.body, ContainsSubstring("another browser"));
        Begun none = co_await begin(installer);
        none.cookie.clear();
        response = co_await finish(installer, house.code(), none);
        CHECK(response.status == 400);
        CHECK(slack([](SlackDouble& s) { return s.calls("oauth.v2.access").size(); }) == 0);
        const std::string code = house.code();
        response = co_await finish(installer, code, begun);
        CHECK(response.status == 200);
        response = co_await finish(installer, code, begun);
        CHECK(response.status == 400);
        CHECK_THAT(response.body, ContainsSubstring("finished before"));
        co_return 0;
    };
    test::run_alone(story());
}

TEST_CASE("cancelled in Slack, a code of nobody, another path, another method") {
    RunningDouble slack;
    House house{slack};
    Installer installer{house.options, house.api, house.store};
    const auto story = [&]() -> asio::awaitable<int> {
        Begun begun = co_await begin(installer);
        const net::Request denied =
            get("/slack/oauth?error=access_denied&state=" + begun.state, begun.cookie);
        std::optional<net::Response> response = co_await installer.answer(denied);
        REQUIRE(response);
        CHECK_THAT(response->body, ContainsSubstring("cancelled in Slack"));
        begun = co_await begin(installer);
        const net::Response bad = co_await finish(installer, "made-up", begun);
        CHECK(bad.status == 502);
        CHECK_THAT(bad.body, ContainsSubstring("Start it again"));
        const net::Request elsewhere = get("/slack/events");
        response = co_await installer.answer(elsewhere);
        CHECK_FALSE(response);
        net::Request post = get("/slack/install");
        post.method = "POST";
        response = co_await installer.answer(post);
        REQUIRE(response);
        CHECK(response->status == 405);
        const auto kept = co_await house.store.all();
        REQUIRE(kept);
        CHECK(kept->empty());
        co_return 0;
    };
    test::run_alone(story());
}

TEST_CASE("a token that rotates is renewed when little is left, and the new one works") {
    test::slack::Settings settings;
    settings.pace.token = std::chrono::hours{1};
    RunningDouble slack{settings};
    House house{slack};
    Installer installer{house.options, house.api, house.store};
    const auto story = [&]() -> asio::awaitable<int> {
        const Begun begun = co_await begin(installer);
        const net::Response response = co_await finish(installer, house.code(true), begun);
        CHECK(response.status == 200);
        TokenKeeper keeper{house.options.oauth, house.api, house.store, Timing::real()};
        const Result<std::string> token = co_await keeper.bot_token("T0ACME");
        REQUIRE(token);
        CHECK(slack([](SlackDouble& s) { return s.calls("oauth.v2.access").size(); }) == 2);
        CallOptions options;
        options.token = Token::given;
        options.secret = *token;
        const auto who = co_await house.api.call("auth.test", {}, std::move(options));
        CHECK(who);
        co_return 0;
    };
    test::run_alone(story());
}

TEST_CASE("each delivery goes to the workspace that it is for") {
    Heard acme;
    Heard club;
    Switchboard board;
    board.add(acme, "T0ACME");
    board.add(club, "E0CLUB");
    std::vector<std::string> heard;
    board.heard = [&](const Id& realm, const json::object&) { heard.push_back(realm); };
    // In a shared channel the outer team is the sender's.
    Delivery shared =
        delivery(DeliveryKind::event, {{"team_id", "T0EXT"},
                                       {"authorizations", json::array{json::object{{"team_id", "T0ACME"}}}},
                                       {"event", {{"type", "message"}}}});
    CHECK(board.receive(shared));
    CHECK(acme.count == 1);
    CHECK(heard == std::vector<std::string>{"T0ACME"});
    Delivery whole = delivery(DeliveryKind::event,
                              {{"authorizations", json::array{json::object{{"team_id", nullptr},
                                                                           {"enterprise_id", "E0CLUB"},
                                                                           {"is_enterprise_install", true}}}},
                               {"event", {{"type", "message"}}}});
    CHECK(board.receive(whole));
    CHECK(club.count == 1);
    Delivery view = delivery(DeliveryKind::interaction,
                             {{"team", {{"id", "T0EXT"}}}, {"view", {{"app_installed_team_id", "T0ACME"}}}});
    CHECK(board.receive(view));
    CHECK(acme.count == 2);
    Delivery command = delivery(DeliveryKind::command, {{"team_id", "T9"}, {"enterprise_id", "E0CLUB"}});
    CHECK(board.receive(command));
    CHECK(club.count == 2);
    board.may_have_missed({}, {}, "a gap");
    board.connected("A1");
    CHECK(acme.count == 4);
    CHECK(club.count == 4);
}

TEST_CASE("what is for a workspace that is not served is acknowledged and told once") {
    Heard acme;
    Switchboard board;
    board.add(acme, "T0ACME");
    std::vector<std::string> told;
    board.log = [&](const std::string& words) { told.push_back(words); };
    int acknowledged = 0;
    for (int i = 0; i < 2; ++i) {
        Delivery stray =
            delivery(DeliveryKind::event, {{"team_id", "T0NEW"}, {"event", {{"type", "message"}}}});
        stray.acknowledge = Acknowledge{[&](auto) { ++acknowledged; }};
        CHECK(board.receive(stray));
    }
    CHECK(acknowledged == 2);
    CHECK(acme.count == 0);
    CHECK(told.size() == 1);
}

TEST_CASE("a workspace without room holds up no other, and Slack brings it again") {
    Heard acme;
    acme.room = false;
    Heard club;
    Switchboard board;
    board.add(acme, "T0ACME");
    board.add(club, "T0CLUB");
    bool acknowledged = false;
    Delivery first = delivery(DeliveryKind::event, {{"team_id", "T0ACME"}});
    first.acknowledge = Acknowledge{[&](auto) { acknowledged = true; }};
    CHECK(board.receive(first));
    CHECK_FALSE(acknowledged);
    CHECK_FALSE(first.acknowledge.pending());
    Delivery second = delivery(DeliveryKind::event, {{"team_id", "T0CLUB"}});
    CHECK(board.receive(second));
    CHECK(club.count == 1);
    board.remove(club);
    Delivery third = delivery(DeliveryKind::event, {{"team_id", "T0CLUB"}});
    CHECK(board.receive(third));
    CHECK(club.count == 1);
}
