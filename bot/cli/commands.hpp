#pragma once

// The commands as plain functions, free of how they are written on a command line. Each returns the exit code
// or throws Stop.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bot/cli/command_tree.hpp"
#include "bot/cli/context.hpp"
#include "bot/identities/suggest.hpp"
#include "bot/topics/classifier.hpp"

namespace rapport::cli {

/// Everything that can be wrong before `serve`: files, the rules' own tests, the store, the port.
int check(const Context& context);

/// The rules file of `context`: mistakes with line and column, names against the team.
int rules_check(const Context& context);
int rules_test(const Context& context);

/// What became of the rule's alerts, week by week, and what would have been better.
int rules_show(const Context& context, const std::string& name);

enum class VocabularyForm { text, markdown, json, schema };
int rules_vocabulary(const Context& context, VocabularyForm form);

struct ExplainOptions {
    std::string rule{};                ///< Empty: all.
    std::vector<std::string> given{};  ///< "person.role=champion".
    std::string text{};                ///< Of a message, to be read.
};
int rules_explain(const Context& context, const ExplainOptions& options);

int why_alert(const Context& context, std::int64_t alert);
/// `message`: "PLATFORM:REALM:CHANNEL/ID".
int why_message(const Context& context, const std::string& message);

int alerts_list(const Context& context, bool all);
int alerts_show(const Context& context, std::int64_t alert);
int alerts_states(const Context& context);

/// People are named by platform:realm:id or by a handle that only one has.
struct PeopleList {
    std::string text{};  ///< In name, handle or id; empty: everybody.
    std::size_t limit = 50;
    bool suspected = false;  ///< Only who waits in the review list, with the reasons.
};
int people_list(const Context& context, const PeopleList& options);
int people_show(const Context& context, const std::string& who);
int people_export(const Context& context, const std::string& who);
int people_link(const Context& context, const std::string& a, const std::string& b);
int people_unlink(const Context& context, const std::string& who);
/// Somebody has looked at the account: a bot, or none.
int people_bot(const Context& context, const std::string& who, bool bot);

struct EraseOptions {
    std::string who{};
    bool person = false;  ///< All accounts linked with it as well.
    bool yes = false;     ///< Do not ask.
};
int people_erase(const Context& context, const EraseOptions& options);

/// Who talks with whom about what, from what is stored.
struct PeopleNetwork {
    std::string since = "90d";
    std::string topic{};  ///< Only messages about it; empty: all.
    std::string with{};   ///< Only what this one said or was told: a staffer, or as in `people show`.
    std::string form{};   ///< "graphml", "dot"; empty: a table, or JSON.
    std::size_t limit = 50;
};
int people_network(const Context& context, const PeopleNetwork& options);

/// Accounts on different platforms that may be one person's. Nothing is linked by it.
struct PeopleSuggest {
    double least_confidence = identities::default_confidence;
    std::size_t limit = 50;
};
int people_suggest(const Context& context, const PeopleSuggest& options);

struct PeoplePath {
    std::string from{}, to{};  ///< Staffers, or as in `people show`.
    std::string since = "all";
};
/// The shortest way of introductions from one to the other.
int people_path(const Context& context, const PeoplePath& options);

struct PeopleRoles {
    std::string since = "all", topic{};
    std::string role{};  ///< Empty: all.
    std::size_t limit = 50;
};
/// What part people play in the talk, with reasons.
int people_roles(const Context& context, const PeopleRoles& options);

struct TeamDuty {
    std::string from{};  ///< "2026-03-02", on the reader's calendar; empty: today.
    int days = 14;
    std::string group{};  ///< Empty: all.
};
/// Who is on duty when.
int team_duty(const Context& context, const TeamDuty& options);

struct BacktestCommand {
    std::filesystem::path rules{};  ///< The candidate.
    std::string since = "90d";
};
int backtest_rules(const Context& context, const BacktestCommand& options);

/// Days and weeks are those of `Context::zone`. Without any of them: the last whole week.
struct ReportCommand {
    std::string week{};  ///< "2026-W47".
    std::string from{};  ///< First day, "2026-11-16".
    std::string to{};    ///< Last day.
    bool all = false;    ///< Everything that is kept.
    bool csv = false;
    std::filesystem::path picture{};  ///< Where to write the PNG; empty: none.
};
/// Fails if the numbers do not add up.
int weekly_report(const Context& context, const ReportCommand& options);

struct NetworkCommand {
    std::filesystem::path edges{};
    bool directed = false, undirected = false;  ///< Neither: as the file says.
    std::uint64_t most_steps = 1'000'000'000;   ///< network::Effort.
};
/// Centralities of each node of a file of links.
int network_values(const Context& context, const NetworkCommand& options);

struct TiesCommand {
    std::filesystem::path messages{};
    double share = 0.7;  ///< Of the answers, for foretelling the rest; 0 to 1.
    std::size_t limit = 20;
    std::uint32_t seed = 1;
};
/// Who is close to whom in a file of messages with their parents.
int show_ties(const Context& context, const TiesCommand& options);

struct IdentitiesCommand {
    std::filesystem::path accounts{};
    double least_confidence = identities::default_confidence;
};
/// Pairs of accounts that may be one person's, as JSON Lines.
int suggest_identities(const Context& context, const IdentitiesCommand& options);

struct LinkCommand {
    std::filesystem::path messages{};  ///< Empty or "-": standard input.
    std::filesystem::path model{};     ///< Empty: the one that is built in.
};
/// Each line of JSON with the ids of its parents. Fails if a line was none.
int link_messages(const Context& context, const LinkCommand& options);

struct ReadCommand {
    std::filesystem::path messages{};  ///< Empty: standard input.
};
/// What each message is, as JSON Lines: each line with what was read of it. Fails if a line is none.
int read_messages(const Context& context, const ReadCommand& options);

struct TopicsCommand {
    std::filesystem::path messages{};    ///< Empty: standard input.
    std::filesystem::path examples{};    ///< Empty: none.
    std::filesystem::path vocabulary{};  ///< Empty: none.
    std::filesystem::path model{};       ///< Empty: the one that is built in.
    std::size_t clusters = 0;            ///< 0: none.
    double least_score = topics::Classifier::default_least_score;
    std::uint32_t seed = 1;
};
/// What each message is about, as JSON Lines: each line with its topics. Fails if a line is none.
int find_topics(const Context& context, const TopicsCommand& options);

struct TrainCommand {
    std::filesystem::path data{};
    std::string only{};  ///< One model's name; empty: all.
    std::filesystem::path into = "config/models";
    std::uint32_t seed = 1;  ///< Of what is shipped.
};
/// Makes the models from labelled data, the same bytes each time, and says how good they are.
int train(const Context& context, const TrainCommand& options);

/// Tokens, permissions, channels, staff and events of each Slack workspace. `live`: posts a line and deletes
/// it.
int slack_check(const Context& context, bool live);

int version(const Context& context);

}  // namespace rapport::cli
