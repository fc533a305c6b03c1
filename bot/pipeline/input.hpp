#pragma once

// What the engine decides on: events from outside, and the pipeline's own.

#include <string>
#include <variant>

#include "adapters/event.hpp"
#include "bot/store/rows.hpp"

namespace rapport {

/// Time passes: whatever is due by then happens.
struct Tick {};

/// A desk has taken what was in the outbox.
struct Delivered {
    OutboxId id{};
};

/// It has not; it will be tried again.
struct DeliveryFailed {
    OutboxId id{};
    std::uint32_t tries = 0;
    Time next_try{};
    std::string error{};
};

/// The two accounts are one person's: by proof, or because somebody says so.
struct LinkAccounts {
    AccountKey a{};
    AccountKey b{};
    std::string by{};
};

/// The account is not that person's after all.
struct UnlinkAccount {
    AccountKey account{};
    std::string by{};
};

/// Forget the account: texts, ties, profile.
struct EraseAccount {
    AccountKey account{};
    std::string by{};
};

/// Somebody has looked at an account: it is a bot, or it is none and is not suspected again.
struct MarkBot {
    AccountKey account{};
    bool bot = false;
    std::string by{};
};

// ------------------------------------------------------------------ what staff ask of Rapport itself
/// Away from now on and back at `until`; `never`: back now.
struct SetAway {
    std::string staffer{};
    Time until{};
};

/// Not to be disturbed until then, however urgent; `never`: again from now on.
struct SetQuiet {
    std::string staffer{};
    Time until{};
};

/// Working hours as team.yaml writes them, and the zone of their clock; an empty text goes back to team.yaml.
struct SetHours {
    std::string staffer{};
    std::string hours{};
    std::string zone{};
};

/// The account is the staffer's own; nothing if it is somebody else's on the team already.
struct AddStaffAccount {
    std::string staffer{};
    AccountKey account{};
};
/// It is not, after all. What team.yaml says stays.
struct RemoveStaffAccount {
    std::string staffer{};
    AccountKey account{};
};

struct SetRoles {
    AccountKey account{};
    std::vector<std::string> add{};
    std::vector<std::string> remove{};
};

/// Who looks after the person; an empty name: nobody.
struct SetOwner {
    AccountKey account{};
    std::string staffer{};
};

struct SetNote {
    AccountKey account{};
    std::string note{};
};

/// How often the person should hear from whoever looks after them: milliseconds; 0: as learned; `no_rhythm`.
struct SetRhythm {
    AccountKey account{};
    std::int64_t rhythm_ms = 0;
};

/// Nobody is reminded of the person before then.
struct RemindLater {
    AccountKey account{};
    Time after{};
};

/// No alerts about the person until then; `never`: alerts again, also of rules that staff's "not needed" has
/// made quiet.
struct MutePerson {
    AccountKey account{};
    Time until{};
};

/// Somebody on the team wants this message answered, whatever the rules say.
struct AskForReply {
    MessageKey message{};
};

/// A change that a staffer made, decided once for each `id`.
struct StaffChange {
    std::string id{};
    std::string by{};  ///< The staffer's name.
    std::variant<SetAway, SetQuiet, SetHours, AddStaffAccount, RemoveStaffAccount, SetRoles, SetOwner,
                 SetNote, SetRhythm, RemindLater, MutePerson, AskForReply, LinkAccounts, UnlinkAccount,
                 EraseAccount>
        what{};
};

/// Show all open cards to the desks again: they have lost them, or the program has just started.
struct ShowAgain {};

/// A letter goes to these staffers (nobody: to the team's channel), once for each `id`.
struct SendLetter {
    std::string id{};               ///< "digest:ada:2026-11-23": what has been sent is known by it.
    std::vector<std::string> to{};  ///< Their names in team.yaml.
    Letter letter{};
    bool notify = true;
};

/// team.yaml was read again: who has left may have alerts with them.
struct TeamChanged {};

/// One thing to decide, at one moment.
struct Input {
    std::variant<Event, Tick, Delivered, DeliveryFailed, LinkAccounts, UnlinkAccount, EraseAccount, MarkBot,
                 StaffChange, ShowAgain, TeamChanged, SendLetter>
        what{};
    Time at{};
};

/// "message posted slack:T1:C1/1700000000.1": for logs and quarantine, without any text of the message.
std::string describe(const Input& input);

}  // namespace rapport
