#pragma once

// config/rapport.yaml as plain structs. Every member has the default that holds when the file leaves it out,
// and the shipped file shows each with the same value. How it is read: bot/config/load.hpp.

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace rapport {

/// The built-in website: the visitors' chat page and the staff desk.
struct WebConfig {
    std::string address = "127.0.0.1";   ///< IPv4 or IPv6 address to listen on.
    std::uint16_t port = 8080;           ///< 1-65535; 0 lets the system choose (tests).
    std::string realm = "site";          ///< The realm of its accounts and channels. Never change it later.
    std::string brand = "Your brand";    ///< What visitors see as the name of whom they write to.
    unsigned max_sockets = 1000;         ///< Open connections at once, visitors and staff together; 1-100000.
    unsigned max_message_length = 4000;  ///< Characters in a message of a visitor, at most; 1-16000.
    unsigned messages_per_minute = 20;   ///< From one visitor; more is refused with a kind word; 1-6000.
    unsigned visitors_per_minute = 30;   ///< New visitors from one address; 1-60000.
};

/// How durable a commit is: `full` survives a power cut, `normal` may lose the last moments (SQLite
/// synchronous).
enum class StoreSync { full, normal };

struct StoreConfig {
    std::string path = "data/rapport.db";  ///< Relative to the folder that holds config/; made.
    StoreSync sync = StoreSync::full;
};

struct PipelineConfig {
    unsigned queue = 10000;  ///< Events waiting at most; past it adapters stop reading. 1-1000000.
    unsigned batch = 1000;   ///< Events in one transaction at most. 1-100000, not above `queue`.
};

struct ConversationsConfig {
    /// In an open channel without threads, a message belongs to the running conversation if no more than this
    /// has passed since its last message. 1 min - 1 day.
    std::chrono::milliseconds open_channel_window = std::chrono::minutes{30};
    /// In a direct message, silence longer than this begins a new conversation. 1 min - 30 days.
    std::chrono::milliseconds dm_window = std::chrono::hours{12};
};

/// What an interaction adds to a tie, and how it fades (design §5).
struct TiesConfig {
    double reply = 1.0;  ///< Weights: 0-100.
    double mention = 0.5;
    double reaction = 0.2;
    double shared_conversation = 0.1;
    double fade_per_month = 0.9;  ///< What is left of a tie after a month of silence; above 0, at most 1.
    double depth_fade_per_month = 0.97;  ///< The same for depth, which goes down slowly.
};

/// When a relationship reaches acquaintance, familiar, close, core, in this order: its score must reach the
/// larger of the percentile of this community and the floor, which holds while the community is small.
struct DepthConfig {
    std::array<double, 4> percentiles{50, 75, 90, 98};  ///< 0-100, rising.
    std::array<double, 4> floors{1, 4, 12, 30};         ///< In units of one direct reply; above 0, rising.
};

/// What a relationship is worth: the sum of these terms, never more than `cap`.
struct ValueConfig {
    std::map<std::string, double> roles{
        {"champion", 30}, {"customer", 20}, {"speaker", 15}, {"partner", 15},
        {"press", 15},    {"helper", 10},   {"prospect", 10}};  ///< Points for each role a person has; -100
                                                                ///< to 100.
    double depth = 8;  ///< Points for each level above stranger (there are four). 0-100.
    double reach = 5;  ///< Points for each factor of ten of reach: 1000 followers are three. 0-100.
    double tie = 4;    ///< Points times log2(1 + strongest tie). 0-100.
    double cap = 100;  ///< 1-100.
};

struct AlertsConfig {
    /// Silence after a claim, in the claimer's working time: a reminder after the first, release after the
    /// second (counted from the claim as well, so it must be the larger).
    std::chrono::milliseconds claim_reminder = std::chrono::hours{4};
    std::chrono::milliseconds claim_release = std::chrono::hours{6};
    std::chrono::milliseconds expire_after = std::chrono::days{7};  ///< An alert nobody acted on closes.
    unsigned notify_most = 3;  ///< Sounds or badges for one alert at most, however much is said; 1-100.
    /// "I replied" without a visible reply: asked once, this much later, whether that was so.
    std::chrono::milliseconds attest_check = std::chrono::minutes{30};
    /// If the answer is deleted within this time, the person waits again.
    std::chrono::milliseconds answer_watch = std::chrono::days{2};
};

/// What Rapport does by itself about *Not needed*.
struct LearningConfig {
    /// So many times "not needed" because of the person, within `quiet_within` and with no personal answer
    /// between, and the rule asks no more about them until somebody lifts it. 0: never; at most 20.
    unsigned quiet_after = 3;
    std::chrono::milliseconds quiet_within = std::chrono::days{90};
};

/// What staff are written besides alerts.
struct LettersConfig {
    bool digest = true;        ///< Each morning: what is open, what closed, whom one loses touch with.
    bool rhythm = true;        ///< A reminder when a close relationship has been silent for long.
    double rhythm_factor = 2;  ///< So many times the usual time between two contacts is long; 1-20.
    bool weekly = true;        ///< The report, on the first working morning of the week.
};

struct DeskConfig {
    bool console = false;  ///< Also show alerts in the terminal that runs Rapport.
};

/// What a Slack workspace is for: staff meet Rapport there, people are listened to there, or both.
enum class SlackPart { desk, community, both };
/// How Slack's events reach us.
enum class SlackReceive { socket, http };
/// Where an alert is shown: as a direct message to whoever is asked, or in the alert channel.
enum class SlackCards { direct, channel };

/// One workspace. Tokens are never here: only the names of the environment variables that hold them.
struct SlackWorkspace {
    std::string name{};  ///< For logs and for what is remembered; never change it later.
    SlackPart part = SlackPart::both;
    SlackCards cards = SlackCards::direct;
    std::string alert_channel{};  ///< Its id ("C0123ABCD") or its name; empty: none.
    std::string bot_token = "SLACK_BOT_TOKEN";
    std::string app_token = "SLACK_APP_TOKEN";
    std::string signing_secret = "SLACK_SIGNING_SECRET";
};

/// Installing the app in more workspaces with OAuth, by a page of Rapport's. Except for the
/// address, names of environment variables.
struct SlackOAuth {
    std::string public_url{};  ///< "https://rapport.example.org", without a slash at its end; empty: off.
    std::string client_id = "SLACK_CLIENT_ID";
    std::string client_secret = "SLACK_CLIENT_SECRET";
    std::string key = "SLACK_TOKEN_KEY";  ///< Holds the key under which tokens are kept.

    bool on() const noexcept { return !public_url.empty(); }
};

struct SlackConfig {
    SlackReceive receive = SlackReceive::socket;
    std::string address = "127.0.0.1";  ///< With `http`: where Slack's requests arrive.
    std::uint16_t port = 8081;
    unsigned connections = 1;      ///< With `socket`: open at once; 1-3.
    bool app_posts_count = false;  ///< Whether what a tool posts with a person's token is their own answer.
    std::chrono::milliseconds backfill = std::chrono::days{1};  ///< How far back is looked after a break.
    SlackWorkspace workspace{.name = "slack"};                  ///< The first one.
    std::vector<SlackWorkspace> more{};
    SlackOAuth oauth{};
};

/// All of config/rapport.yaml.
struct Config {
    WebConfig web{};
    StoreConfig store{};
    PipelineConfig pipeline{};
    ConversationsConfig conversations{};
    TiesConfig ties{};
    DepthConfig depth{};
    ValueConfig value{};
    AlertsConfig alerts{};
    LearningConfig learning{};
    LettersConfig letters{};
    DeskConfig desk{};
    SlackConfig slack{};
};

}  // namespace rapport
