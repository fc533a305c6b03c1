#pragma once

// Who connects whom: two who talk with each other and a friend of both, whom somebody on the team knows. So a
// staffer learns of a talk about the team's own subject in which nobody has spoken to the team.

#include <string>
#include <vector>

#include "bot/alerts/world.hpp"

namespace rapport {

/// A colleague knows `friend_of_both`, whom the person and `other` have each addressed more than once.
struct Connection {
    const Staffer* staffer = nullptr;
    AccountId friend_of_both{};
    AccountId other{};           ///< Who talks there with the person.
    std::uint32_t contacts = 0;  ///< Of the staffer with the friend.
};

/// For each colleague the friend whom they know best; closest colleague first. Of the first `most_met` who
/// talk there. What is not loaded is not found (Engine::wanted loads it where a rule asks for it).
std::vector<Connection> connections(const State& state, const World& world, AccountId person,
                                    const ConversationRow& conversation, Time now);

/// "Cleo talks with Kim and with Lou; you know Cleo (12 contacts)" for whoever the alert asks; nothing if its
/// rule does not ask for it, or a direct message is concerned.
std::string connection_line(const State& state, const World& world, const AlertRow& alert, Time now);

/// Whether a card may name the account in that line.
bool is_connected_by(const State& state, const World& world, const AlertRow& alert, AccountId account,
                     Time now);

/// In `ask` and `escalate` of a rule.
inline constexpr std::string_view friend_in_common = "friend in common";

}  // namespace rapport
