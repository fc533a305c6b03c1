#include "adapters/slack/api/oauth.hpp"
#include "unit/slack/api/fixture.hpp"

using namespace rapport;
using namespace rapport::slack;
using namespace rapport::test;

namespace {

const std::string key_one = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
const std::string key_two = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
const std::string state(32, 's');
const std::string cookie(32, 'c');

/// A notebook in memory, whose writes can fail.
class Memory : public Notebook {
public:
    awaitable<Result<std::optional<std::string>>> read(std::string key) override {
        co_await pause(1ms);  // others get a turn, as with a real one
        const auto found = pages.find(key);
        if (found == pages.end()) co_return std::optional<std::string>{};
        co_return std::optional<std::string>{found->second};
    }
    awaitable<Result<std::map<std::string, std::string>>> list(std::string prefix) override {
        std::map<std::string, std::string> found;
        for (const auto& [key, value] : pages) {
            if (key.starts_with(prefix)) found.emplace(key, value);
        }
        co_return found;
    }
    awaitable<Result<>> write(std::string key, std::string value) override {
        co_await pause(1ms);
        if (full) co_return Error{ErrorKind::transient, "the disk is full"};
        pages[key] = value;
        co_return Result<>{};
    }
    awaitable<Result<>> erase(std::string key) override {
        pages.erase(key);
        co_return Result<>{};
    }

    std::map<std::string, std::string> pages{};
    bool full = false;
};

json::object pair(std::string number) {
    return {{"access_token", "xoxe.xoxb-" + number},
            {"refresh_token", "xoxe-" + number},
            {"expires_in", 43'200},
            {"token_type", "bot"},
            {"scope", "chat:write"},
            {"bot_user_id", "U1"},
            {"app_id", "A1"},
            {"team", json::object{{"id", "T1"}, {"name", "Acme"}}},
            {"enterprise", nullptr},
            {"is_enterprise_install", false},
            {"authed_user", json::object{{"id", "U9"}}}};
}

net::Response refused(std::string code) {
    return Scripted::with(200, R"({"ok":false,"error":")" + code + "\"}");
}

/// An office with one installation, whose token has `left` to live.
struct Installed {
    explicit Installed(Office& place) : office(place) {}

    awaitable<void> install(std::chrono::milliseconds left) {
        StoredInstallation it = read_installation(pair("1"), office.clock.now).value();
        it.expires = office.clock.now + left;
        const Result<> saved = co_await store.save(it);
        REQUIRE(saved);
    }
    std::size_t refreshes() const { return office.slack.calls("oauth.v2.access"); }

    Office& office;
    Memory memory{};
    TokenStore store{memory, Vault::from_keys(key_one).value()};
    OAuthConfig config{.client_id = "id", .client_secret = "secret"};
    TokenKeeper keeper{config, *office.api, store, office.clock.timing()};
};

}  // namespace

TEST_CASE("what is sealed opens with the key and for the thing that it is about, and not otherwise") {
    const Vault vault = Vault::from_keys(key_one).value();
    const std::string sealed = vault.seal("xoxb-secret", "slack:install:T1").value();
    CHECK(sealed.find("secret") == std::string::npos);
    CHECK(vault.open(sealed, "slack:install:T1").value() == "xoxb-secret");
    CHECK(vault.seal("xoxb-secret", "slack:install:T1").value() != sealed);  // another nonce
    CHECK(vault.open(vault.seal("", "x").value(), "x").value().empty());
    CHECK_FALSE(vault.open(sealed, "slack:install:T2"));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string altered = sealed;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        INFO(i);
        if (altered != sealed) CHECK_FALSE(vault.open(altered, "slack:install:T1"));
    }
    for (const std::size_t size : {0UL, 5UL, sealed.size() / 2, sealed.size() - 4}) {
        CHECK_FALSE(vault.open(sealed.substr(0, size), "slack:install:T1"));
    }
}

TEST_CASE("keys change: the new one seals, the old one still opens, an unknown one is named") {
    const Vault old = Vault::from_keys(key_one).value();
    const Vault both = Vault::from_keys(key_two + "," + key_one).value();
    const Vault next = Vault::from_keys(key_two).value();
    const std::string sealed = old.seal("text", "x").value();
    CHECK(both.open(sealed, "x").value() == "text");
    CHECK_FALSE(both.is_current(sealed));
    CHECK(both.is_current(both.seal("text", "x").value()));
    CHECK(next.open(both.seal("text", "x").value(), "x").value() == "text");
    const Result<std::string> unknown = next.open(sealed, "x");
    REQUIRE_FALSE(unknown);
    CHECK_THAT(unknown.error().what, ContainsSubstring(sealed.substr(3, 8)));
    for (const char* bad : {"", "short", "MDEy", "not base64 at all, really not", ","}) {
        INFO(bad);
        const Result<Vault> wrong = Vault::from_keys(bad);
        REQUIRE_FALSE(wrong);
        CHECK_THAT(wrong.error().what, ContainsSubstring("openssl rand -base64 32"));
    }
}

TEST_CASE("installations are kept encrypted and come back whole, under a new key too") {
    run([]() -> awaitable<void> {
        Memory memory;
        TokenStore store{memory, Vault::from_keys(key_one).value()};
        const Time now{std::chrono::hours{480'000}};
        const StoredInstallation it = read_installation(pair("1"), now).value();
        CHECK((co_await store.save(it)).has_value());
        REQUIRE(memory.pages.size() == 1);
        CHECK(memory.pages.begin()->first == "slack:install:T1");
        CHECK(memory.pages.begin()->second.find("xoxe") == std::string::npos);
        const auto back = co_await store.load("T1");
        REQUIRE((back && back->has_value()));
        CHECK((*back)->bot_token == "xoxe.xoxb-1");
        CHECK((*back)->refresh_token == "xoxe-1");
        CHECK((*back)->expires == now + 12h);
        CHECK((*back)->installation.name == "Acme");
        CHECK((*back)->installed_by == "U9");
        CHECK_FALSE((co_await store.load("T2")).value().has_value());

        const std::string before = memory.pages.begin()->second;
        TokenStore changed{memory, Vault::from_keys(key_two + "," + key_one).value()};
        CHECK((co_await changed.all()).value().size() == 1);
        CHECK(memory.pages.begin()->second != before);
        TokenStore next{memory, Vault::from_keys(key_two).value()};
        CHECK((co_await next.all()).value().at(0).bot_token == "xoxe.xoxb-1");
        CHECK_FALSE((co_await store.all()).has_value());
    }());
}

TEST_CASE("a state is good once, for ten minutes, in the browser where it began") {
    const Time now{std::chrono::hours{480'000}};
    OAuthStates states;
    states.begin(state, cookie, now);
    CHECK(states.finish(state, cookie, now + 10min));
    CHECK_FALSE(states.finish(state, cookie, now));
    states.begin(state, cookie, now);
    CHECK_FALSE(states.finish(state, cookie, now + 10min + 1ms));
    states.begin(state, cookie, now);
    CHECK_FALSE(states.finish(state, std::string(32, 'x'), now));
    CHECK_FALSE(states.finish(state, cookie, now));  // the wrong browser has used it up
    CHECK_FALSE(states.finish("", "", now));
    states.begin("short", "short", now);
    CHECK_FALSE(states.finish("short", "short", now));
    for (int i = 0; i < 1500; ++i) states.begin(state + std::to_string(i), cookie, now + i * 1ms);
    CHECK(states.size() == 1000);
    CHECK(states.finish(state + "1499", cookie, now + 2s));
    CHECK_FALSE(states.finish(state + "0", cookie, now + 2s));
}

TEST_CASE("the authorize address carries scopes, state and where to come back to") {
    OAuthConfig config;
    config.client_id = "1.2";
    config.redirect_uri = "https://rapport.example/slack/installed";
    config.scopes = {"chat:write", "users:read"};
    CHECK(authorize_url(config, "st") ==
          "https://slack.com/oauth/v2/authorize?client_id=1.2&scope=chat%3Awrite%2Cusers%3Aread&state=st"
          "&redirect_uri=https%3A%2F%2Frapport.example%2Fslack%2Finstalled");
}

TEST_CASE("a code is exchanged once, with HTTP Basic, for an installation") {
    with_office([](Office& office) -> awaitable<void> {
        OAuthConfig config{.client_id = "id", .client_secret = "secret"};
        office.slack.answer(Scripted::ok(pair("1")));
        const auto found = co_await exchange_code(*office.api, config, "the-code", office.clock.timing());
        REQUIRE(found);
        CHECK(found->installation.team == "T1");
        CHECK(office.slack.requests.at(0).header("authorization") == "Basic aWQ6c2VjcmV0");
        CHECK(form(office.slack.requests.at(0).body) ==
              std::map<std::string, std::string>{{"code", "the-code"}});
        office.slack.answer(Scripted::with(500, ""));
        CHECK_FALSE((co_await exchange_code(*office.api, config, "c", office.clock.timing())).has_value());
        CHECK(office.slack.requests.size() == 2);
        json::object whole = pair("2");
        whole["team"] = nullptr;
        whole["enterprise"] = json::object{{"id", "E1"}, {"name", "Acme Group"}};
        whole["is_enterprise_install"] = true;
        CHECK(read_installation(whole, office.clock.now).value().installation.realm() == "E1");
        CHECK_FALSE(read_installation({{"access_token", "x"}}, office.clock.now));
    });
}

TEST_CASE("a token that does not rotate, or has two hours left, is used as it is") {
    with_office([](Office& office) -> awaitable<void> {
        Installed it{office};
        co_await it.install(2h);
        CHECK((co_await it.keeper.bot_token("T1")).value() == "xoxe.xoxb-1");
        CHECK(it.refreshes() == 0);
        const auto nobody = co_await it.keeper.bot_token("T9");
        REQUIRE_FALSE(nobody);
        CHECK(nobody.error().kind == ErrorKind::unauthorized);
    });
}

TEST_CASE("edge case 40: many calls at once refresh the token once, and all get the new one") {
    with_office([](Office& office) -> awaitable<void> {
        using namespace asio::experimental::awaitable_operators;
        Installed it{office};
        co_await it.install(119min);
        office.slack.always = [&](const net::Request&) -> awaitable<net::Response> {
            co_await pause(5ms);
            co_return Scripted::ok(pair(std::to_string(it.refreshes() + 1)));
        };
        std::vector<std::string> tokens;
        auto use = [&]() -> awaitable<void> {
            const Result<std::string> token = co_await it.keeper.bot_token("T1");
            tokens.push_back(token ? *token : token.error().what);
        };
        co_await (use() && use() && use() && use() && use());
        CHECK(tokens == std::vector<std::string>(5, "xoxe.xoxb-2"));
        CHECK(it.refreshes() == 1);
        const auto asked = form(office.slack.requests.at(0).body);
        CHECK(asked == std::map<std::string, std::string>{{"grant_type", "refresh_token"},
                                                          {"refresh_token", "xoxe-1"}});
        CHECK((co_await it.store.load("T1")).value()->refresh_token == "xoxe-2");
    });
}

TEST_CASE("edge case 40: another process was faster, so its pair is used and the installation lives") {
    with_office([](Office& office) -> awaitable<void> {
        Installed it{office};
        co_await it.install(1h);
        office.slack.next.push_back([&](const net::Request&) -> awaitable<net::Response> {
            const auto theirs = read_installation(pair("7"), office.clock.now);
            const Result<> saved = co_await it.store.save(*theirs);
            CHECK(saved);
            co_return refused("invalid_refresh_token");
        });
        CHECK((co_await it.keeper.bot_token("T1")).value() == "xoxe.xoxb-7");
        CHECK((co_await it.store.load("T1")).value()->stopped.empty());
    });
}

TEST_CASE("edge case 40: a refresh token that is truly used up stops the installation, once and for all") {
    with_office([](Office& office) -> awaitable<void> {
        Installed it{office};
        co_await it.install(1h);
        office.slack.answer(refused("invalid_refresh_token"));
        for (int i = 0; i < 2; ++i) {
            const auto dead = co_await it.keeper.bot_token("T1");
            REQUIRE_FALSE(dead);
            CHECK(dead.error().kind == ErrorKind::unauthorized);
            CHECK_THAT(dead.error().what, ContainsSubstring("install the app again"));
        }
        CHECK(it.refreshes() == 1);
        co_await it.install(12h);  // installed anew
        CHECK((co_await it.keeper.bot_token("T1")).has_value());
    });
}

TEST_CASE("edge case 40: the new pair is durable before it is used") {
    with_office([](Office& office) -> awaitable<void> {
        Installed it{office};
        co_await it.install(1h);
        office.slack.answer(Scripted::ok(pair("2")));
        it.memory.full = true;
        CHECK((co_await it.keeper.bot_token("T1")).value() == "xoxe.xoxb-1");  // the old one still works
        office.clock.advance(2h);
        CHECK_FALSE((co_await it.keeper.bot_token("T1")).has_value());
        it.memory.full = false;
        CHECK((co_await it.keeper.bot_token("T1")).value() == "xoxe.xoxb-2");
        CHECK(it.refreshes() == 1);
        CHECK((co_await it.store.load("T1")).value()->bot_token == "xoxe.xoxb-2");
    });
}

TEST_CASE("a refresh that fails while the token still works is tried again a minute later") {
    with_office([](Office& office) -> awaitable<void> {
        Installed it{office};
        co_await it.install(1h);
        office.slack.always = Scripted::say(Scripted::with(503, ""));
        CHECK((co_await it.keeper.bot_token("T1")).value() == "xoxe.xoxb-1");
        CHECK((co_await it.keeper.bot_token("T1")).value() == "xoxe.xoxb-1");
        CHECK(it.refreshes() == 1);
        office.clock.advance(1min);
        CHECK((co_await it.keeper.bot_token("T1")).has_value());
        CHECK(it.refreshes() == 2);
        office.clock.advance(1h);
        CHECK_FALSE((co_await it.keeper.bot_token("T1")).has_value());
    });
}

TEST_CASE("revoked and uninstalled, in either order: no more work, and nothing is forgotten") {
    with_office([](Office& office) -> awaitable<void> {
        const json::object revoked{{"type", "tokens_revoked"},
                                   {"tokens", json::object{{"bot", json::array{"U1"}}}}};
        const json::object of_people{{"type", "tokens_revoked"},
                                     {"tokens", json::object{{"oauth", json::array{"U9"}}}}};
        const json::object uninstalled{{"type", "app_uninstalled"}};
        for (const auto& order : {std::vector{revoked, uninstalled}, std::vector{uninstalled, revoked}}) {
            Installed it{office};
            co_await it.install(12h);
            CHECK((co_await it.keeper.bot_token("T1")).has_value());
            CHECK_FALSE((co_await it.keeper.heard("T1", of_people)).value());
            CHECK((co_await it.keeper.bot_token("T1")).has_value());
            for (const json::object& event : order) CHECK((co_await it.keeper.heard("T1", event)).value());
            const auto stopped = co_await it.keeper.bot_token("T1");
            REQUIRE_FALSE(stopped);
            CHECK(stopped.error().kind == ErrorKind::unauthorized);
            CHECK((co_await it.store.load("T1")).value()->installation.name == "Acme");
        }
        Installed empty{office};
        CHECK((co_await empty.keeper.heard("T1", uninstalled)).value());
    });
}
