#pragma once

// "You don't know them, but Bea does": who of the team could introduce whoever is asked to a person.

#include <optional>
#include <string>

#include "bot/alerts/world.hpp"

namespace rapport {

/// A colleague, and whom they know: the person, or somebody who talks with the person.
struct Introduction {
    const Staffer* by = nullptr;
    std::string through{};       ///< Empty: they know the person themselves.
    std::uint32_t contacts = 0;  ///< With whom they know.
};

/// Who could introduce `to` (null: anybody) to the person of the alert: who knows them best, else who knows
/// somebody of the conversation best; not who was asked about the alert already. Empty: nobody. Asks for all
/// that is known of those in the conversation (Engine::wanted loads it for the press).
std::optional<Introduction> introduction(const State& state, const World& world, const AlertRow& alert,
                                         const Staffer* to, Time now);

/// Whether the card offers it: nobody on the team has an account there, or the asked one does not know them
/// and a colleague does. Never where the person has written a direct message: they know us then.
bool offers_introduction(const State& state, const World& world, const AlertRow& alert, Time now);

/// What the card says of accounts and acquaintance: nothing if all is well.
void add_introduction_fields(std::vector<Field>& fields, const State& state, const World& world,
                             const AlertRow& alert, Time now);

/// `by` asks for an introduction: the colleague who could sees the card from now on. Words for `by`.
std::string ask_for_introduction(Deciding& d, AlertRow& alert, const Staffer& by);

}  // namespace rapport
