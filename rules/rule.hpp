#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "rules/diagnostic.hpp"
#include "rules/value.hpp"

namespace rapport::rules {

/// A rule's place in its RuleSet, from 0. Means nothing in another RuleSet: keep `Rule::name` instead.
using RuleId = std::uint32_t;

enum class TargetKind : std::uint8_t {
    owner,             ///< The person's owner.
    strongest_tie,     ///< The staffer with the strongest tie.
    expert,            ///< The staffer who knows most of what it is about.
    friend_in_common,  ///< Who is closest to a friend whom the person shares with another one there.
    on_duty,           ///< Whoever is on duty in group `name`.
    staffer,           ///< The staffer called `name` ("@ada": "ada").
    channel,           ///< The team's channel.
};

/// One entry of `ask`, or the `to` of an escalation.
struct Target {
    TargetKind kind = TargetKind::channel;
    std::string name{};  ///< Of the group or the staffer; else empty.
    Position at{};       ///< Where it is written, for those who check names against the team.
};

/// As the file writes it: "strongest tie", "on duty in community", "@ada".
std::string to_string(const Target& target);

struct Escalation {
    Duration after{};  ///< Counted from the moment the alert was opened; rising from one to the next.
    Target to{};
};

enum class Urgency : std::uint8_t {
    normal,  ///< Waits for working hours.
    high,    ///< Ignores them.
    digest,  ///< Waits for the daily digest.
};

std::string_view to_string(Urgency urgency) noexcept;

/// One of a rule's own tests.
struct RuleTest {
    std::vector<std::pair<Fact, Value>> given{};  ///< All other facts are unknown.
    bool expect_ask = true;
    Position at{};
};

/// A rule as its author wrote it, with the defaults filled in.
struct Rule {
    std::string name{};         ///< Unique in its set: small letters, digits and dashes, at most 64 bytes.
    std::string title{};        ///< Default: the name with spaces for dashes.
    std::string when{};         ///< The condition, on one line.
    Duration after{};           ///< It must still hold after so long. Default 0: at once.
    std::vector<Target> ask{};  ///< Never empty. Default: owner, strongest tie, channel.
    Duration reply_within = std::chrono::hours{4};  ///< Of the asked person's working time.
    std::vector<Escalation> escalate{};             ///< Default: nobody.
    bool brand_reply_counts = false;                ///< Whether the brand account's reply is enough.
    Duration cooldown = std::chrono::hours{24};     ///< No second alert of this rule for this person before.
    Urgency urgency = Urgency::normal;
    bool enabled = true;
    std::vector<RuleTest> tests{};
    Position at{};
};

}  // namespace rapport::rules
