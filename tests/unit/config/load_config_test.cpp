#include "bot/config/load.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;

namespace {

/// The one problem that `text` has, as people see it.
std::string the_problem(std::string_view text) {
    const auto loaded = load_config(text, "r.yaml");
    CHECK_FALSE(loaded.value);
    REQUIRE(loaded.problems.size() == 1);
    return loaded.problems.front().text();
}

}  // namespace

TEST_CASE("an empty file gives the defaults") {
    for (const char* text : {"", "\n\n", "# only a comment\n", "---\n", "web:\n", "{}"}) {
        CAPTURE(text);
        const auto loaded = load_config(text, "r.yaml");
        REQUIRE(loaded.value);
        CHECK(loaded.problems.empty());
        CHECK(loaded.value->web.port == 8080);
        CHECK(loaded.value->value.roles.at("champion") == 30);
    }
}

TEST_CASE("values in the file replace the defaults") {
    const auto loaded = load_config(
        "web: {address: '::1', port: 0, realm: shop, brand: 'Müller & Söhne'}\n"
        "store: {path: /var/lib/r.db, sync: normal}\n"
        "pipeline: {queue: 10, batch: 10}\n"
        "conversations: {open_channel_window: 1h30m}\n"
        "depth: {floors: {core: 40}}\n"
        "value: {roles: {vip: 50, troll: -100}}\n"
        "alerts: {claim_reminder: 90s, claim_release: 2h, notify_most: 9}\n"
        "learning: {quiet_after: 0, quiet_within: 30d}\n"
        "desk: {console: yes}\n",
        "r.yaml");
    for (const Problem& problem : loaded.problems) UNSCOPED_INFO(problem.text());
    REQUIRE(loaded.value);
    CHECK(loaded.value->web.address == "::1");
    CHECK(loaded.value->web.port == 0);
    CHECK(loaded.value->web.realm == "shop");
    CHECK(loaded.value->web.brand == "Müller & Söhne");
    CHECK(loaded.value->store.path == "/var/lib/r.db");
    CHECK(loaded.value->store.sync == StoreSync::normal);
    CHECK(loaded.value->pipeline.queue == 10);
    CHECK(loaded.value->conversations.open_channel_window == 90min);
    CHECK(loaded.value->depth.floors == std::array<double, 4>{1, 4, 12, 40});
    CHECK(loaded.value->value.roles == std::map<std::string, double>{{"vip", 50}, {"troll", -100}});
    CHECK(loaded.value->alerts.claim_reminder == 90s);
    CHECK(loaded.value->alerts.notify_most == 9);
    CHECK(loaded.value->alerts.attest_check == 30min);
    CHECK(loaded.value->learning.quiet_after == 0);
    CHECK(loaded.value->learning.quiet_within == std::chrono::days{30});
    CHECK(loaded.value->desk.console);
}

TEST_CASE("an unknown key is refused with its place and what was meant") {
    CHECK(the_problem("web:\n  prot: 80\n") ==
          "r.yaml:2:3: unknown key \"prot\" in web. Did you mean \"port\"?");
    CHECK(the_problem("wbe:\n  port: 80\n") == "r.yaml:1:1: unknown key \"wbe\". Did you mean \"web\"?");
    CHECK(the_problem("desk: {colour: blue}\n") ==
          "r.yaml:1:8: unknown key \"colour\" in desk. Known here: console.");
    CHECK(the_problem("depth:\n  floors: {clsoe: 1}\n") ==
          "r.yaml:2:12: unknown key \"clsoe\" in depth.floors. Did you mean \"close\"?");
}

TEST_CASE("columns count characters, not bytes") {
    CHECK(the_problem("web: {brand: 'Ünïcödé', prot: 1}\n") ==
          "r.yaml:1:25: unknown key \"prot\" in web. Did you mean \"port\"?");
}

TEST_CASE("a key that stands twice is refused") {
    CHECK(the_problem("web:\n  port: 80\n  port: 81\n") ==
          "r.yaml:3:3: web.port stands here again; it is in line 2 already. Keep one of them.");
    CHECK(the_problem("desk:\nweb:\ndesk:\n") ==
          "r.yaml:3:1: desk stands here again; it is in line 1 already. Keep one of them.");
    CHECK(the_problem("value: {roles: {vip: 1, vip: 2}}\n") ==
          "r.yaml:1:25: value.roles.vip stands here again; it is in line 1 already. Keep one of them.");
}

TEST_CASE("wrong types and values out of range are told") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"web: {port: http}", "r.yaml:1:13: web.port must be a whole number, not \"http\""},
        {"web: {port: 80.5}", "r.yaml:1:13: web.port must be a whole number, not \"80.5\""},
        {"web: {port: 65536}", "r.yaml:1:13: web.port must be from 0 to 65535, not 65536"},
        {"web: {port: -1}", "r.yaml:1:13: web.port must be from 0 to 65535, not -1"},
        {"web: {port: 99999999999999999999}",
         "r.yaml:1:13: web.port must be a whole number, not \"99999999999999999999\""},
        {"web: {port: [80]}", "r.yaml:1:13: web.port must be a whole number, not a list"},
        {"web: {port: }",
         "r.yaml:1:7: web.port has no value. Give it one, or take the line out to have the default."},
        {"web: {brand: ' '}", "r.yaml:1:14: web.brand must not be empty"},
        {"web: {realm: My Site}",
         "r.yaml:1:14: web.realm must be a word of lower-case letters, digits, - and _"},
        {"web: {address: localhost}",
         "r.yaml:1:16: web.address must be an IP address, not \"localhost\". 127.0.0.1 is this machine "
         "alone; 0.0.0.0 is every network it is in."},
        {"web: 8080",
         "r.yaml:1:6: web must be a map of keys and values. Write each key on a line of its own below it, "
         "indented."},
        {"store: {sync: half}", "r.yaml:1:15: store.sync must be full or normal, not \"half\""},
        {"pipeline: {queue: 10, batch: 11}",
         "r.yaml:1:30: pipeline.batch is 11, larger than the queue of 10. Make it as large as the queue at "
         "most."},
        {"pipeline: {queue: 10}",
         "r.yaml:1:11: pipeline.batch is 1000, larger than the queue of 10. Make it as large as the queue at "
         "most."},
        {"ties: {reply: nan}", "r.yaml:1:15: ties.reply must be a number, not \"nan\""},
        {"ties: {fade_per_month: 1.5}", "r.yaml:1:24: ties.fade_per_month must be from 0.01 to 1, not 1.5"},
        {"depth: {percentiles: {familiar: 40}}",
         "r.yaml:1:33: depth.percentiles.familiar is 40, but must be more than 50 of acquaintance"},
        {"value: {roles: {vip: much}}", "r.yaml:1:22: value.roles.vip must be a number, not \"much\""},
        {"value: {roles: [vip]}",
         "r.yaml:1:16: value.roles must be a map of keys and values. Write each key on a line of its own "
         "below it, indented."},
        {"alerts: {expire_after: 7}",
         "r.yaml:1:24: alerts.expire_after must be a duration such as 30m, 4h or 7d, not \"7\". Did you mean "
         "7m or 7h?"},
        {"alerts: {expire_after: 7 days}",
         "r.yaml:1:24: alerts.expire_after must be a duration such as 30m, 4h or 7d, not \"7 days\""},
        {"alerts: {expire_after: 30s}", "r.yaml:1:24: alerts.expire_after must be from 1h to 365d, not 30s"},
        {"alerts: {claim_release: 1h}",
         "r.yaml:1:25: alerts.claim_release is 1h, but must be longer than claim_reminder (4h). A reminder "
         "comes before the release."},
        {"learning: {quiet_after: 21}", "r.yaml:1:25: learning.quiet_after must be from 0 to 20, not 21"},
        {"learning: {quiet_within: 1h}",
         "r.yaml:1:26: learning.quiet_within must be from 1d to 365d, not 1h"},
        {"desk: {console: maybe}", "r.yaml:1:17: desk.console must be true or false, not \"maybe\""},
    }));
    CAPTURE(text);
    CHECK(the_problem(text) == expected);
}

TEST_CASE("all mistakes of a file are reported at once, in its order") {
    const auto loaded = load_config(
        "desk: {console: 7}\n"
        "web:\n"
        "  port: 70000\n"
        "  brnd: x\n"
        "sotre: {}\n"
        "alerts: {notify_most: 0, attest_check: soon}\n",
        "r.yaml");
    CHECK_FALSE(loaded.value);
    std::vector<int> lines;
    for (const Problem& problem : loaded.problems) lines.push_back(problem.line);
    CHECK(lines == std::vector<int>{1, 3, 4, 5, 6, 6});
}

TEST_CASE("what is not YAML, not a map, or not one document is refused with its place") {
    CHECK_THAT(the_problem("web:\n  port: 80\n brand: x\n"), ContainsSubstring("r.yaml:3:"));
    CHECK_THAT(the_problem("web: [1, 2"), ContainsSubstring("cannot be read as YAML"));
    CHECK_THAT(the_problem("web: *nothing"), ContainsSubstring("r.yaml:1:6"));
    CHECK_THAT(the_problem("- web\n- store\n"), ContainsSubstring("must be a map"));
    CHECK_THAT(the_problem("hello"), ContainsSubstring("must be a map"));
    CHECK_THAT(the_problem("web:\n---\nstore:\n"), ContainsSubstring("second document"));
    CHECK_THAT(the_problem("? [a, b]\n: c\n"), ContainsSubstring("a key must be a plain word"));
}

TEST_CASE("bytes that are not UTF-8 are refused with their line") {
    CHECK(the_problem("web:\n  brand: \"M\xFCller\"\n") ==
          "r.yaml:2:12: this is not UTF-8. Save the file with the encoding UTF-8.");
}

TEST_CASE("a hostile file is refused without much work") {
    std::string many = "web:\n";
    for (int i = 0; i < 50'000; ++i) many += "  k" + std::to_string(i) + ": 1\n";
    const auto loaded = load_config(many, "r.yaml");
    CHECK_FALSE(loaded.value);
    REQUIRE(loaded.problems.size() == max_problems);
    CHECK_THAT(loaded.problems.back().message, ContainsSubstring("more mistakes"));

    CHECK_THAT(the_problem(std::string(max_config_bytes + 1, '#')), ContainsSubstring("more than the"));
    CHECK_FALSE(load_config(std::string(100'000, '['), "r.yaml").value);
    CHECK_FALSE(load_config("a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "r.yaml").value);
}

TEST_CASE("Slack: workspaces with parts of their own") {
    const auto loaded = load_config(
        "slack:\n"
        "  receive: http\n"
        "  cards: channel\n"
        "  alert_channel: '#alerts'\n"
        "  more:\n"
        "    community: {part: community, bot_token: COMMUNITY_BOT_TOKEN}\n",
        "r.yaml");
    for (const Problem& problem : loaded.problems) UNSCOPED_INFO(problem.text());
    REQUIRE(loaded.value);
    const SlackConfig& slack = loaded.value->slack;
    CHECK(slack.receive == SlackReceive::http);
    CHECK(slack.workspace.name == "slack");
    CHECK(slack.workspace.cards == SlackCards::channel);
    CHECK(slack.workspace.alert_channel == "alerts");
    REQUIRE(slack.more.size() == 1);
    CHECK(slack.more[0].name == "community");
    CHECK(slack.more[0].part == SlackPart::community);
    CHECK(slack.more[0].bot_token == "COMMUNITY_BOT_TOKEN");
    CHECK(slack.more[0].app_token == "SLACK_APP_TOKEN");
}

TEST_CASE("Slack: a token in the file, cards without a channel and unknown words are refused") {
    CHECK(the_problem("slack: {bot_token: xoxb-1-2}") ==
          "r.yaml:1:20: slack.bot_token must be the name of an environment variable, like SLACK_BOT_TOKEN. "
          "A token does not belong in a file: put it into the environment.");
    CHECK(the_problem("slack: {cards: channel}") ==
          "r.yaml:1:16: slack.cards is channel, but alert_channel names none. Write the channel's name or id "
          "under alert_channel.");
    CHECK(the_problem("slack: {receive: pigeon}") ==
          "r.yaml:1:18: slack.receive must be one of socket, http, not \"pigeon\"");
    CHECK(the_problem("slack: {more: {Big One: {}}}").find("slack.more names must be words") !=
          std::string::npos);
}

TEST_CASE("Slack: the address of the install page must be one that browsers may send a secret to") {
    const auto with = [](const std::string& url) {
        return load_config("slack: {oauth: {public_url: \"" + url + "\"}}\n", "x");
    };
    REQUIRE(with("https://rapport.example.org/").value);
    CHECK(with("https://rapport.example.org/").value->slack.oauth.public_url ==
          "https://rapport.example.org");
    CHECK(with("http://127.0.0.1:8081").value);
    CHECK_FALSE(with("http://rapport.example.org").value);
    CHECK_FALSE(with("http://127.0.0.1.example.org").value);
    CHECK_FALSE(load_config("slack: {oauth: {key: hunter2}}\n", "x").value);
}
