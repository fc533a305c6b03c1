#pragma once

// The rows of what Rapport knows, as plain data. Facts belong to accounts; a person is a set of accounts that
// share `AccountRow::person`, so linking and un-linking move one value and lose nothing (design §2.7).

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "adapters/event.hpp"

namespace rapport {

enum class AccountId : std::int64_t { none = 0 };
enum class ChannelId : std::int64_t { none = 0 };
enum class MessageId : std::int64_t { none = 0 };
enum class ConversationId : std::int64_t { none = 0 };
enum class AlertId : std::int64_t { none = 0 };
enum class OutboxId : std::int64_t { none = 0 };

/// "Has not happened" wherever a row holds a time.
inline constexpr Time never{};

/// In which capacity somebody spoke: kept with each message, so that who joins or leaves the team later does
/// not rewrite history (scenario 16).
enum class Speaker : std::uint8_t { person, staff, brand, bot };

/// How close one account is to one staff account. Sums are kept by forward decay (people/ties.hpp) and only
/// ever add, so they merge and un-merge exactly.
struct StaffTie {
    AccountId staff{};
    double out = 0;       ///< Fading sum of what the account addressed to the staffer.
    double in = 0;        ///< Fading sum of what the staffer addressed to the account.
    double deep_out = 0;  ///< The same two, fading more slowly: what depth is judged by.
    double deep_in = 0;
    Time last_out{};
    Time last_in{};
    std::uint32_t contacts = 0;
    Time first_in{};                    ///< The staffer first wrote to the account.
    std::vector<std::uint32_t> gaps{};  ///< The latest silences between them (`max_gaps`), in hours.
    bool operator==(const StaffTie&) const = default;
};

/// Of `StaffTie::gaps`; the oldest give way.
inline constexpr std::size_t max_gaps = 8;

/// Until when a rule stays silent about an account.
struct Cooldown {
    std::string rule{};
    Time until{};
    bool operator==(const Cooldown&) const = default;
};

/// What staff did not need: alerts of one rule about an account that they closed with a reason that lies with
/// the person (bot/learning/quiet.hpp).
struct Unwanted {
    std::string rule{};
    std::vector<Time> at{};  ///< Rising; at most `max_unwanted`.
    Time since{};            ///< What was before counts no more, on no account of the person.
    bool operator==(const Unwanted&) const = default;
};
/// Of `Unwanted::at`; the oldest give way.
inline constexpr std::size_t max_unwanted = 20;

/// A text that an account said lately, and where.
struct SameText {
    std::int64_t hash = 0;
    Time since{};
    std::vector<ChannelId> channels{};
    bool operator==(const SameText&) const = default;
};

/// Why two accounts are one person's.
struct Bond {
    AccountId with{};
    std::string how{};    ///< "the same verified e-mail", "linked by ada".
    bool proven = false;  ///< Not by a human's word.
    Time at{};
    bool operator==(const Bond&) const = default;
};

/// Somebody of the community whom an account has addressed, and how often.
struct Friend {
    AccountId who{};
    std::uint32_t times = 0;
    bool operator==(const Friend&) const = default;
};
struct AccountRow {
    AccountId id{};
    AccountKey key{};
    std::string handle{};
    std::string name{};
    std::string picture{};
    bool bot = false;
    std::int64_t reach = -1;  ///< People who hear it; -1: unknown.
    AccountId person{};       ///< The account that stands for the person; `id` itself unless linked.
    Time first_seen{};
    Time last_seen{};
    std::uint32_t messages = 0;
    std::vector<std::string> roles{};
    std::string owner{};  ///< Staffer's name, or empty.
    std::string note{};
    Time muted_until{};
    std::vector<StaffTie> ties{};
    std::vector<Cooldown> cooldowns{};
    std::vector<AlertId> alerts{};  ///< Alerts about it that are not closed.
    std::vector<MessageId> said{};  ///< Its latest telling words in places that all may read; oldest first.
    MessageId contact{};            ///< With which a staffer last addressed it; none: never.
    // Whether it is a bot that nobody has marked as one (people/suspicion.hpp).
    Time created{};  ///< When it was made; never: the platform does not say.
    std::vector<SameText> same{};
    std::vector<std::string> suspicion{};  ///< Why it looks like a bot. Not empty: no alerts meanwhile.
    bool human = false;                    ///< Somebody has looked: it is none.
    std::vector<MessageId> held{};         ///< What it said since it is suspected; at most `max_held`.
    std::vector<Unwanted> unwanted{};      ///< At most one for each rule.
    std::int64_t rhythm_ms = 0;      ///< How often they should hear from us, as staff set it; 0: as learned.
    Time remind_after{};             ///< Nobody is reminded of them before that.
    std::vector<Bond> bonds{};       ///< On both accounts that one joins; at most `max_bonds`.
    std::vector<Friend> friends{};   ///< Nobody of the team; at most `max_friends`.
    std::vector<AccountId> apart{};  ///< Proven to be the same person's, but a human says not; as many.
    bool operator==(const AccountRow&) const = default;
};
/// Of `AccountRow::rhythm_ms`: nobody is reminded of them.
inline constexpr std::int64_t no_rhythm = -1;
/// Of `AccountRow::said`.
inline constexpr std::size_t max_said = 5;
/// Of `AccountRow::held`; the oldest give way.
inline constexpr std::size_t max_held = 20;
/// Of `AccountRow::friends`; whom they addressed least gives way.
inline constexpr std::size_t max_friends = 16;
/// Of `AccountRow::bonds` and `AccountRow::apart`.
inline constexpr std::size_t max_bonds = 64;

/// A message still in a channel's short memory, for placing the next one.
struct Recent {
    MessageId message{};
    AccountId author{};
    ConversationId conversation{};
    Time at{};
    bool operator==(const Recent&) const = default;
};

struct ChannelRow {
    ChannelId id{};
    ChannelKey key{};
    std::string name{};
    ChannelKind kind = ChannelKind::open;
    std::vector<Recent> recent{};  ///< Oldest first, at most `max_recent`.
    bool operator==(const ChannelRow&) const = default;
};
inline constexpr std::size_t max_recent = 64;

/// The stored part of a reading (reading/reading.hpp says what the values mean).
struct StoredReading {
    std::uint8_t kind = 0;
    bool needs_reply = false;
    float sentiment = 0;
    std::string language{};
    bool operator==(const StoredReading&) const = default;
};

struct MessageRow {
    MessageId id{};
    ChannelId channel{};
    std::string native{};  ///< The platform's id.
    AccountId author{};
    Time at{};
    ConversationId conversation{};
    MessageId reply_to{};
    Speaker speaker = Speaker::person;
    bool via_app = false;
    bool linked = false;  ///< It answers `reply_to` by the platform's word, or stands in a place for two.
    bool late = false;
    bool edited = false;
    bool deleted = false;  ///< The text is gone, the row stays: a copy that comes later is still a copy.
    StoredReading reading{};
    std::string text{};
    std::string link{};
    bool operator==(const MessageRow&) const = default;
};

/// Somebody in a conversation who said something that wants an answer, and what came since.
struct Waiting {
    AccountId who{};
    MessageId first{};  ///< Their oldest message without an answer.
    MessageId last{};
    Time since{};
    Time answered_person{};  ///< When a staffer answered personally since `since`; `never` if nobody did.
    Time answered_brand{};
    Time answered_other{};
    bool operator==(const Waiting&) const = default;
};

struct Participant {
    AccountId who{};
    std::uint32_t messages = 0;
    bool operator==(const Participant&) const = default;
};

struct ConversationRow {
    ConversationId id{};
    ChannelId channel{};
    MessageId root{};
    Time started{};
    Time last{};
    std::uint32_t messages = 0;
    std::vector<Participant>
        people{};  ///< Staff first; at most `max_participants`; later ones are counted in `messages` only.
    std::vector<Waiting> waiting{};  ///< At most `max_waiting`, oldest first.
    std::vector<AlertId> alerts{};   ///< Alerts about it that are not closed; at most one by design §2.3.
    bool operator==(const ConversationRow&) const = default;
};
inline constexpr std::size_t max_participants = 32;
/// So many of them, the first ones, are loaded with the conversation; what is decided may ask for no others.
inline constexpr std::size_t most_met = 8;
inline constexpr std::size_t max_waiting = 8;

enum class AlertState : std::uint8_t {
    waiting,
    held,
    open,
    claimed,
    snoozed,
    replied,
    dismissed,
    expired,
    withdrawn
};
enum class Outcome : std::uint8_t { none, verified, attested, brand, other_staff };
enum class Urgency : std::uint8_t { normal, high, digest };

/// One step of `escalate`.
struct EscalationStep {
    std::int64_t after_ms = 0;  ///< Working time of whoever is asked, since the alert opened.
    std::string to{};           ///< "on duty in community", "@lead", "channel".
    bool operator==(const EscalationStep&) const = default;
};

/// What the rule promised when the alert was raised: a copy, since the rule may change while the alert lives.
struct AlertPolicy {
    std::vector<std::string> ask{};
    std::vector<EscalationStep> escalate{};
    std::int64_t reply_within_ms = 0;
    std::int64_t cooldown_ms = 0;
    bool brand_counts = false;
    Urgency urgency = Urgency::normal;
    bool operator==(const AlertPolicy&) const = default;
};

struct AlertLine {
    Time at{};
    std::string text{};
    bool operator==(const AlertLine&) const = default;
};

/// How an alert passed on: who has it from then on, or had it until then.
enum class MoveKind : std::uint8_t {
    asked,        ///< `staffer` is asked (empty: the team's channel).
    claimed,      ///< `staffer` took it.
    handed_over,  ///< `staffer` was given it by whoever had it.
    snoozed,      ///< `staffer` put it off.
    woke,         ///< `staffer` has it again after a snooze.
    released,     ///< `staffer` did not answer and has it no more.
    held          ///< Nobody has it until somebody works.
};
struct AlertMove {
    Time at{};
    MoveKind kind = MoveKind::asked;
    std::string staffer{};
    bool operator==(const AlertMove&) const = default;
};

struct AlertRow {
    AlertId id{};
    std::string rule{};
    std::string title{};
    AlertPolicy policy{};
    AccountId about{};  ///< Who should hear from a human.
    ConversationId conversation{};
    ChannelId channel{};
    std::vector<MessageId> quoted{};  ///< The person's messages that it is about; first and the latest ones.
    std::uint32_t messages = 1;       ///< How many of the person's messages it stands for.
    bool late = false;

    AlertState state = AlertState::waiting;
    Outcome outcome = Outcome::none;
    std::string staffer{};             ///< Who is asked or has claimed it; empty: the team's channel.
    std::vector<std::string> asked{};  ///< Everybody who has been asked, in order; empty name: the channel.
    std::vector<std::string> why{};    ///< Each condition with the value it saw, then why this staffer.
    std::string brief{};               ///< What a handover adds.
    std::string reason{};              ///< Of *Not needed*, of a withdrawal.
    std::uint32_t escalated = 0;       ///< Steps of `policy.escalate` already taken.
    std::uint32_t notified = 0;
    bool asking_about_answer = false;  ///< "Was this your answer?" is on the card.

    Time created{};
    Time opened{};  ///< First asked.
    Time claimed{};
    Time closed{};
    Time brand_answered{};
    Time app_answered{};  ///< By an app with a staffer's account: no personal answer, and not the brand's.
    MessageId answer{};   ///< The answer, or the nearby one that is being asked about.
    AccountId answered_by{};
    MessageId second_answer{};  ///< Another one by the same: holds if the first is deleted.

    // What happens next by itself. `never`: nothing. The earliest of these is the alert's timer row, so an
    // alert that is not closed always has a next step in time (expires_at at the latest).
    Time wait_until{};       ///< waiting: is the rule still true then?
    Time hold_until{};       ///< held: first working minute.
    Time due{};              ///< open, claimed: when `reply within` runs out.
    Time escalate_at{};      ///< open: next step of `policy.escalate`.
    Time remind_at{};        ///< claimed: a word to the claimer.
    Time release_at{};       ///< claimed: back to open, the next is asked.
    Time snooze_until{};     ///< snoozed.
    Time attest_check_at{};  ///< replied, attested: ask once whether that was so.
    Time expires_at{};       ///< replied: how long the answer is watched.

    std::uint32_t revision = 0;        ///< Of its card.
    std::vector<AlertLine> history{};  ///< Oldest first; at most `max_history`.
    bool queued = false;               ///< held: somebody works, but nobody has room for it just now.
    std::vector<AlertMove> moves{};    ///< Oldest first; at most `max_history`, the first and the latest.
    bool operator==(const AlertRow&) const = default;
};
inline constexpr std::size_t max_history = 64;
inline constexpr std::size_t max_quoted = 5;
inline bool is_closed(AlertState state) {
    return state >= AlertState::replied;
}

/// An account about whom a staffer was given an alert, and when last.
struct Given {
    AccountId about{};
    Time at{};
    bool operator==(const Given&) const = default;
};

/// What a staffer set for themselves while the program runs, and how busy they are. With an empty name: how
/// busy the team's channel is.
struct StafferRow {
    std::string name{};
    Time away_until{};
    std::uint32_t open_alerts = 0;       ///< Asked of or claimed by them just now.
    std::string hours{};                 ///< As team.yaml writes them; empty: those of team.yaml hold.
    std::string zone{};                  ///< Empty: that of team.yaml holds.
    std::vector<AccountKey> accounts{};  ///< Besides those of team.yaml.
    Time quiet_until{};                  ///< Not to be disturbed before, however urgent.
    std::uint32_t queued = 0;            ///< Of the team's channel: alerts that wait until somebody has room.
    std::vector<Given> given{};          ///< In the last `week_of_given`, the oldest first; each once.
    bool operator==(const StafferRow&) const = default;
};
/// How long a relationship that was given to a staffer counts against `Staffer::relationships`.
inline constexpr std::chrono::days week_of_given{7};
/// Of `StafferRow::given`; the oldest give way.
inline constexpr std::size_t max_given = 200;

/// How strong ties are in this community: a histogram over quarter powers of two of the slow sums in forward
/// (undecayed) scale, where decay shifts all alike and so changes no percentile.
struct CommunityRow {
    std::map<std::int32_t, std::uint32_t> ties{};
    bool operator==(const CommunityRow&) const = default;
};

/// Strength added to the tie between two accounts, from -> to. Added to what is stored, never read on the
/// way.
struct TieAdded {
    AccountId from{};
    AccountId to{};
    double fast = 0;
    double deep = 0;
    Time at{};
};

struct OutboxRow {
    OutboxId id{};
    AlertId alert{};  ///< none: a notice.
    Outgoing outgoing{};
    std::uint32_t tries = 0;
    Time next_try{};
    std::string last_error{};
};

/// An event that could not be processed, kept with its error; the rest goes on.
struct QuarantineRow {
    Time at{};
    std::string source{};
    std::string error{};
    std::string what{};  ///< Which event, in words: kind and key.
    std::string raw{};
};

struct GapRow {
    ChannelKey channel{};
    Time from{};
    Time until{};
    std::string why{};
};

}  // namespace rapport
