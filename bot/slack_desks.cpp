#include "bot/slack_desks.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <map>

namespace rapport {

slack::Config slack_workspace(const SlackConfig& config, const SlackWorkspace& workspace) {
    slack::Config made;
    made.name = workspace.name == "slack" ? "slack" : "slack-" + workspace.name;
    made.desk = workspace.part != SlackPart::community;
    made.listens = workspace.part != SlackPart::desk;
    made.cards_in_channel = workspace.cards == SlackCards::channel;
    made.alert_channel = workspace.alert_channel;
    made.http = config.receive == SlackReceive::http;
    made.address = config.address;
    made.port = config.port;
    made.connections = config.connections;
    made.app_posts_count = config.app_posts_count;
    made.backfill = config.backfill;
    return made;
}

namespace {

/// Token -> the variable that held it first.
using KnownTokens = std::map<std::string, std::string>;

/// Whether it is new; otherwise says what to do. Slack gives each event to any one connection of an app, so
/// with one app token twice either workspace would hear half of it.
bool is_new(const std::string& token, const std::string& variable, KnownTokens& seen, SlackSetUp& result) {
    const auto [first, added] = seen.emplace(token, variable);
    if (!added)
        result.problems.push_back(fmt::format(
            "Slack: {} and {} hold the same token, and each workspace needs its own. For one app in several "
            "workspaces use the installation by link: README, \"More than one workspace\".",
            first->second, variable));
    return added;
}

void set_up(const SlackConfig& config, const SlackWorkspace& workspace, bool by_default,
            const Environment& environment, KnownTokens& seen, SlackSetUp& result) {
    slack::Config made = slack_workspace(config, workspace);
    made.bot_token = environment(workspace.bot_token);
    if (by_default && config.oauth.on()) {
        if (!made.bot_token.empty())
            result.problems.push_back(fmt::format(
                "Slack: {} is set, and so is slack.oauth.public_url in rapport.yaml. Keep one of them: with "
                "the "
                "address, each workspace is installed at {}/slack/install and gets a token of its own.",
                workspace.bot_token, config.oauth.public_url));
        return;
    }
    const std::string& second_name = made.http ? workspace.signing_secret : workspace.app_token;
    const std::string second = environment(second_name);
    if (made.bot_token.empty() && second.empty()) {
        if (by_default) return;
        result.problems.push_back(fmt::format("Slack workspace {}: {} and {} are not set in the environment.",
                                              workspace.name, workspace.bot_token, second_name));
        return;
    }
    if (made.bot_token.empty() || second.empty()) {
        result.problems.push_back(fmt::format(
            "Slack: {} is set, but {} is not. README, \"Slack, step by step\", says where it comes from; "
            "`rapport slack check` looks at all of it.",
            made.bot_token.empty() ? second_name : workspace.bot_token,
            made.bot_token.empty() ? workspace.bot_token : second_name));
        return;
    }
    if (!is_new(made.bot_token, workspace.bot_token, seen, result)) return;
    if (!made.http && !is_new(second, second_name, seen, result)) return;
    (made.http ? made.signing_secret : made.app_token) = second;
    if (const std::string url = environment("SLACK_API_URL"); !url.empty()) made.api_url = url;
    const std::size_t before = result.workspaces.size() + (config.oauth.on() ? 1 : 0);
    if (made.http && made.port != 0) made.port = std::uint16_t(made.port + before);
    result.workspaces.push_back(std::move(made));
}

}  // namespace

Environment process_environment() {
    return [](const std::string& name) {
        const char* value = std::getenv(name.c_str());
        return std::string(value ? value : "");
    };
}

SlackSetUp slack_set_up(const SlackConfig& config, const Environment& environment) {
    SlackSetUp result;
    KnownTokens seen;
    set_up(config, config.workspace, true, environment, seen, result);
    for (const SlackWorkspace& workspace : config.more)
        set_up(config, workspace, false, environment, seen, result);
    return result;
}

}  // namespace rapport
