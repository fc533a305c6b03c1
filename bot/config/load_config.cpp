#include <arpa/inet.h>
#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "bot/config/load.hpp"
#include "bot/config/section.hpp"
#include "bot/config/values.hpp"
#include "bot/store/rows.hpp"

namespace rapport {

using namespace config_file;

namespace {

using std::chrono::days;
using namespace std::chrono_literals;

bool is_ip_address(const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    return inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
           inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

void read_web(Section in, WebConfig& web) {
    in.text("address", web.address);
    if (!is_ip_address(web.address)) {
        in.wrong("address", in.mark("address"), fmt::format("must be an IP address, not \"{}\"", web.address),
                 "127.0.0.1 is this machine alone; 0.0.0.0 is every network it is in.");
    }
    in.integer("port", web.port, 0);
    in.text("realm", web.realm);
    if (!is_word(web.realm)) {
        in.wrong("realm", in.mark("realm"), "must be a word of lower-case letters, digits, - and _");
    }
    in.text("brand", web.brand);
    in.integer("max_sockets", web.max_sockets, 1, 100'000);
    in.integer("max_message_length", web.max_message_length, 1, 16'000);
    in.integer("messages_per_minute", web.messages_per_minute, 1, 6'000);
    in.integer("visitors_per_minute", web.visitors_per_minute, 1, 60'000);
    in.finish();
}

void read_store(Section in, StoreConfig& store) {
    in.text("path", store.path);
    std::string sync = "full";
    in.text("sync", sync);
    if (sync != "full" && sync != "normal") {
        in.wrong("sync", in.mark("sync"), fmt::format("must be full or normal, not \"{}\"", sync));
    }
    store.sync = sync == "normal" ? StoreSync::normal : StoreSync::full;
    in.finish();
}

void read_pipeline(Section in, PipelineConfig& pipeline) {
    in.integer("queue", pipeline.queue, 1, 1'000'000);
    in.integer("batch", pipeline.batch, 1, 100'000);
    if (pipeline.batch > pipeline.queue) {
        in.wrong("batch", in.mark("batch"),
                 fmt::format("is {}, larger than the queue of {}", pipeline.batch, pipeline.queue),
                 "Make it as large as the queue at most.");
    }
    in.finish();
}

void read_conversations(Section in, ConversationsConfig& conversations) {
    in.duration("open_channel_window", conversations.open_channel_window, 1min, days{1});
    in.duration("dm_window", conversations.dm_window, 1min, days{30});
    in.finish();
}

void read_ties(Section in, TiesConfig& ties) {
    in.number("reply", ties.reply, 0, 100);
    in.number("mention", ties.mention, 0, 100);
    in.number("reaction", ties.reaction, 0, 100);
    in.number("shared_conversation", ties.shared_conversation, 0, 100);
    in.number("fade_per_month", ties.fade_per_month, 0.01, 1);
    in.number("depth_fade_per_month", ties.depth_fade_per_month, 0.01, 1);
    in.finish();
}

/// One number for each level above stranger; they must rise.
void read_levels(Section in, std::array<double, 4>& levels, double least, double most) {
    constexpr std::array<std::string_view, 4> names{"acquaintance", "familiar", "close", "core"};
    for (std::size_t level = 0; level < names.size(); ++level)
        in.number(names[level], levels[level], least, most);
    for (std::size_t level = 1; level < names.size(); ++level) {
        if (levels[level] > levels[level - 1]) continue;
        in.wrong(names[level], in.mark(names[level]),
                 fmt::format("is {}, but must be more than {} of {}", levels[level], levels[level - 1],
                             names[level - 1]));
    }
    in.finish();
}

void read_depth(Section in, DepthConfig& depth) {
    read_levels(in.section("percentiles"), depth.percentiles, 0, 100);
    read_levels(in.section("floors"), depth.floors, 0.01, 1'000'000);
    in.finish();
}

void read_roles(Section& value, std::map<std::string, double>& roles) {
    const Section::Found found = value.find("roles", true);
    if (!found) return;
    Section in{found.node, "value.roles", value.mistakes()};
    roles.clear();
    if (!found.node.IsMap()) return;
    for (const auto& pair : found.node) {
        if (!pair.first.IsScalar()) continue;
        const std::string role = pair.first.Scalar();
        if (!is_word(role)) {
            in.wrong(role, pair.first.Mark(), "must be a word of lower-case letters, digits, - and _");
        }
        if (!roles.try_emplace(role, 0.0).second) continue;
        in.number(role, roles[role], -100, 100);
    }
    in.finish();
}

void read_value(Section in, ValueConfig& value) {
    read_roles(in, value.roles);
    in.number("depth", value.depth, 0, 100);
    in.number("reach", value.reach, 0, 100);
    in.number("tie", value.tie, 0, 100);
    in.number("cap", value.cap, 1, 100);
    in.finish();
}

void read_alerts(Section in, AlertsConfig& alerts) {
    in.duration("claim_reminder", alerts.claim_reminder, 1min, days{30});
    in.duration("claim_release", alerts.claim_release, 1min, days{30});
    in.duration("expire_after", alerts.expire_after, 1h, days{365});
    in.integer("notify_most", alerts.notify_most, 1, 100);
    in.duration("attest_check", alerts.attest_check, 1min, days{7});
    in.duration("answer_watch", alerts.answer_watch, 1min, days{30});
    if (alerts.claim_release <= alerts.claim_reminder) {
        in.wrong("claim_release", in.mark("claim_release"),
                 fmt::format("is {}, but must be longer than claim_reminder ({})",
                             duration_text(alerts.claim_release), duration_text(alerts.claim_reminder)),
                 "A reminder comes before the release.");
    }
    in.finish();
}

void read_letters(Section in, LettersConfig& letters) {
    in.flag("digest", letters.digest);
    in.flag("rhythm", letters.rhythm);
    in.number("rhythm_factor", letters.rhythm_factor, 1, 20);
    in.flag("weekly", letters.weekly);
    in.finish();
}

void read_learning(Section in, LearningConfig& learning) {
    in.integer("quiet_after", learning.quiet_after, 0, max_unwanted);
    in.duration("quiet_within", learning.quiet_within, days{1}, days{365});
    in.finish();
}

void read_desk(Section in, DeskConfig& desk) {
    in.flag("console", desk.console);
    in.finish();
}

/// One of the words under `key`; anything else is a mistake that names them all.
template <class Enum, std::size_t count>
void read_word(Section& in, std::string_view key, Enum& into,
               const std::array<std::pair<std::string_view, Enum>, count>& words) {
    std::string text;
    in.text(key, text);
    if (text.empty()) return;
    std::string all;
    for (const auto& [word, value] : words) {
        if (word == text) {
            into = value;
            return;
        }
        all += (all.empty() ? "" : ", ") + std::string(word);
    }
    in.wrong(key, in.mark(key), fmt::format("must be one of {}, not \"{}\"", all, text));
}

void read_variable(Section& in, std::string_view key, std::string& into) {
    in.text(key, into);
    const bool token = into.starts_with("xox") || into.starts_with("xapp-");
    if (into.empty() || token || !std::all_of(into.begin(), into.end(), [](char c) {
            return c == '_' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        }))
        in.wrong(key, in.mark(key), "must be the name of an environment variable, like SLACK_BOT_TOKEN",
                 token ? "A token does not belong in a file: put it into the environment." : "");
}

void read_workspace(Section& in, SlackWorkspace& workspace) {
    read_word(
        in, "part", workspace.part,
        std::array<std::pair<std::string_view, SlackPart>, 3>{
            {{"both", SlackPart::both}, {"desk", SlackPart::desk}, {"community", SlackPart::community}}});
    read_word(in, "cards", workspace.cards,
              std::array<std::pair<std::string_view, SlackCards>, 2>{
                  {{"direct", SlackCards::direct}, {"channel", SlackCards::channel}}});
    std::string channel = "none";
    in.text("alert_channel", channel);
    if (channel.starts_with('#')) channel.erase(0, 1);
    if (channel != "none") workspace.alert_channel = channel;
    if (workspace.cards == SlackCards::channel && workspace.alert_channel.empty())
        in.wrong("cards", in.mark("cards"), "is channel, but alert_channel names none",
                 "Write the channel's name or id under alert_channel.");
    read_variable(in, "bot_token", workspace.bot_token);
    read_variable(in, "app_token", workspace.app_token);
    read_variable(in, "signing_secret", workspace.signing_secret);
}

void read_more_workspaces(Section& slack, SlackConfig& config) {
    const Section::Found found = slack.find("more", true);
    if (!found || found.node.IsNull()) return;
    if (!found.node.IsMap()) {
        slack.wrong("more", found.node.Mark(), "must be a map of names and workspaces");
        return;
    }
    for (const auto& pair : found.node) {
        SlackWorkspace workspace;
        workspace.name = pair.first.IsScalar() ? pair.first.Scalar() : "";
        if (!is_word(workspace.name) || workspace.name == "slack")
            slack.wrong("more", pair.first.Mark(),
                        "names must be words of lower-case letters, digits, - and _, and not slack");
        Section in{pair.second, "slack.more." + workspace.name, slack.mistakes()};
        read_workspace(in, workspace);
        in.finish();
        config.more.push_back(std::move(workspace));
    }
}

void read_oauth(Section in, SlackOAuth& oauth) {
    std::string url = "none";
    in.text("public_url", url);
    while (url.ends_with('/')) url.pop_back();
    if (url != "none") {
        const auto on = [&](std::string_view host) {
            return url == host || url.starts_with(std::string{host} + ":");
        };
        const bool here = on("http://127.0.0.1") || on("http://localhost");
        if (!here && !url.starts_with("https://"))
            in.wrong(
                "public_url", in.mark("public_url"), "must begin with https://",
                "It is the address under which browsers reach Rapport, like https://rapport.example.org.");
        oauth.public_url = url;
    }
    read_variable(in, "client_id", oauth.client_id);
    read_variable(in, "client_secret", oauth.client_secret);
    read_variable(in, "key", oauth.key);
    in.finish();
}

void read_slack(Section in, SlackConfig& slack) {
    slack.workspace.name = "slack";
    read_word(in, "receive", slack.receive,
              std::array<std::pair<std::string_view, SlackReceive>, 2>{
                  {{"socket", SlackReceive::socket}, {"http", SlackReceive::http}}});
    in.text("address", slack.address);
    if (!is_ip_address(slack.address))
        in.wrong("address", in.mark("address"),
                 fmt::format("must be an IP address, not \"{}\"", slack.address));
    in.integer("port", slack.port, 0);
    in.integer("connections", slack.connections, 1, 3);
    in.flag("app_posts_count", slack.app_posts_count);
    in.duration("backfill", slack.backfill, 1min, days{30});
    read_workspace(in, slack.workspace);
    read_more_workspaces(in, slack);
    read_oauth(in.section("oauth"), slack.oauth);
    in.finish();
}

}  // namespace

Loaded<Config> load_config(std::string_view text, std::string_view file) {
    Mistakes mistakes{text, file};
    const YAML::Node document = parse_document(text, mistakes);
    Config config;
    if (mistakes.none()) {
        Section whole{document, "", mistakes};
        read_web(whole.section("web"), config.web);
        read_store(whole.section("store"), config.store);
        read_pipeline(whole.section("pipeline"), config.pipeline);
        read_conversations(whole.section("conversations"), config.conversations);
        read_ties(whole.section("ties"), config.ties);
        read_depth(whole.section("depth"), config.depth);
        read_value(whole.section("value"), config.value);
        read_alerts(whole.section("alerts"), config.alerts);
        read_learning(whole.section("learning"), config.learning);
        read_letters(whole.section("letters"), config.letters);
        read_desk(whole.section("desk"), config.desk);
        read_slack(whole.section("slack"), config.slack);
        whole.finish();
    }
    if (mistakes.none()) return {std::move(config), {}};
    return {std::nullopt, mistakes.take()};
}

}  // namespace rapport
