// The shipped files are good, and rapport.yaml shows the defaults as they are in config.hpp.

#include <fstream>
#include <sstream>

#include "bot/config/load.hpp"
#include "bot/people/working_time.hpp"
#include "support/catch.hpp"

using namespace rapport;
using namespace std::chrono_literals;

namespace {

std::string shipped(const std::string& name) {
    std::ifstream file{std::string{RAPPORT_SOURCE_DIR} + "/config/" + name};
    std::stringstream text;
    text << file.rdbuf();
    REQUIRE_FALSE(text.str().empty());
    return text.str();
}

template <class T>
std::string all(const Loaded<T>& loaded) {
    std::string text;
    for (const Problem& problem : loaded.problems) text += problem.text() + "\n";
    return text;
}

}  // namespace

TEST_CASE("the shipped rapport.yaml shows every default") {
    const auto loaded = load_config(shipped("rapport.yaml"), "config/rapport.yaml");
    INFO(all(loaded));
    REQUIRE(loaded.value);
    const Config& config = *loaded.value;
    const Config defaults;
    CHECK(config.web.address == defaults.web.address);
    CHECK(config.web.port == defaults.web.port);
    CHECK(config.web.realm == defaults.web.realm);
    CHECK(config.web.brand == defaults.web.brand);
    CHECK(config.web.max_sockets == defaults.web.max_sockets);
    CHECK(config.web.max_message_length == defaults.web.max_message_length);
    CHECK(config.web.messages_per_minute == defaults.web.messages_per_minute);
    CHECK(config.web.visitors_per_minute == defaults.web.visitors_per_minute);
    CHECK(config.slack.receive == defaults.slack.receive);
    CHECK(config.slack.address == defaults.slack.address);
    CHECK(config.slack.port == defaults.slack.port);
    CHECK(config.slack.connections == defaults.slack.connections);
    CHECK(config.slack.app_posts_count == defaults.slack.app_posts_count);
    CHECK(config.slack.backfill == defaults.slack.backfill);
    CHECK(config.slack.workspace.part == defaults.slack.workspace.part);
    CHECK(config.slack.workspace.cards == defaults.slack.workspace.cards);
    CHECK(config.slack.workspace.alert_channel == defaults.slack.workspace.alert_channel);
    CHECK(config.slack.workspace.bot_token == defaults.slack.workspace.bot_token);
    CHECK(config.slack.workspace.app_token == defaults.slack.workspace.app_token);
    CHECK(config.slack.workspace.signing_secret == defaults.slack.workspace.signing_secret);
    CHECK(config.slack.more.empty());
    CHECK(config.slack.oauth.public_url == defaults.slack.oauth.public_url);
    CHECK_FALSE(config.slack.oauth.on());
    CHECK(config.slack.oauth.client_id == defaults.slack.oauth.client_id);
    CHECK(config.slack.oauth.client_secret == defaults.slack.oauth.client_secret);
    CHECK(config.slack.oauth.key == defaults.slack.oauth.key);
    CHECK(config.store.path == defaults.store.path);
    CHECK(config.store.sync == defaults.store.sync);
    CHECK(config.pipeline.queue == defaults.pipeline.queue);
    CHECK(config.pipeline.batch == defaults.pipeline.batch);
    CHECK(config.conversations.open_channel_window == defaults.conversations.open_channel_window);
    CHECK(config.conversations.dm_window == defaults.conversations.dm_window);
    CHECK(config.ties.reply == defaults.ties.reply);
    CHECK(config.ties.mention == defaults.ties.mention);
    CHECK(config.ties.reaction == defaults.ties.reaction);
    CHECK(config.ties.shared_conversation == defaults.ties.shared_conversation);
    CHECK(config.ties.fade_per_month == defaults.ties.fade_per_month);
    CHECK(config.ties.depth_fade_per_month == defaults.ties.depth_fade_per_month);
    CHECK(config.depth.percentiles == defaults.depth.percentiles);
    CHECK(config.depth.floors == defaults.depth.floors);
    CHECK(config.value.roles == defaults.value.roles);
    CHECK(config.value.depth == defaults.value.depth);
    CHECK(config.value.reach == defaults.value.reach);
    CHECK(config.value.tie == defaults.value.tie);
    CHECK(config.value.cap == defaults.value.cap);
    CHECK(config.alerts.claim_reminder == defaults.alerts.claim_reminder);
    CHECK(config.alerts.claim_release == defaults.alerts.claim_release);
    CHECK(config.alerts.expire_after == defaults.alerts.expire_after);
    CHECK(config.alerts.notify_most == defaults.alerts.notify_most);
    CHECK(config.alerts.attest_check == defaults.alerts.attest_check);
    CHECK(config.desk.console == defaults.desk.console);
}

TEST_CASE("every key that rapport.yaml may have is documented in the shipped one") {
    // Changing each line's key shows that it is read: an unknown key is refused.
    const std::string text = shipped("rapport.yaml");
    std::istringstream lines{text};
    int keys = 0;
    std::size_t begin = 0;
    for (std::string line; std::getline(lines, line); begin += line.size() + 1) {
        const auto first = line.find_first_not_of(' ');
        if (first == std::string::npos || line[first] == '#') continue;
        std::string changed = text;
        changed.insert(begin + first, "x_");
        INFO(line);
        // Roles are free words; everything else is refused when it is called otherwise.
        if (!load_config(changed, "x").value) ++keys;
    }
    CHECK(keys == 9 + 3 + 3 + 3 + 7 + 11 + 6 + 7 + 2 + 14 + 5 + 3 + 5);
}

TEST_CASE("the shipped team.yaml is ready to try at any hour") {
    const auto loaded = load_team(shipped("team.yaml"), "config/team.yaml");
    INFO(all(loaded));
    REQUIRE(loaded.value);
    const Team& team = *loaded.value;
    REQUIRE(team.staffers().size() == 3);
    CHECK(team.staffer("ada")->full_name == "Ada Winter");
    CHECK(team.staffer("bea")->zone == "America/New_York");
    CHECK(team.staffer("cyd")->languages == std::vector<std::string>{"ja", "en"});
    CHECK(team.group("community")->members == std::vector<std::string>{"ada", "bea"});
    CHECK(team.group("support")->members == std::vector<std::string>{"bea", "cyd"});
    CHECK_FALSE(team.brand_names().empty());
    const Time start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}};
    CHECK(team.lead(start) == team.staffer("ada"));
    for (Time at = start; at < start + 24h; at += 30min) {
        for (const Staffer& staffer : team.staffers()) CHECK(is_working(staffer, at));
    }
}
