#pragma once

#include "bot/alerts/world.hpp"

namespace rapport {

/// "alert:12", and back; none for anything else.
std::string card_id(AlertId alert);
AlertId alert_of_card(std::string_view card);

/// What staff see of the alert just now. Needs the rows around it: person, channel, quoted messages, answer.
/// Deadlines are told in the asked staffer's time zone.
Card make_card(const State& state, const World& world, const AlertRow& alert, Time now);

/// The card with its addressees: everybody who has been asked; everybody at all once it is in the channel.
Outgoing make_outgoing(const State& state, const World& world, const AlertRow& alert, bool notify, Time now);

/// The words for one of the reasons of *Not needed* ("automated" -> "it was automated").
std::string_view label_of_reason(std::string_view reason);

std::string_view name_of(AlertState state);
std::string_view name_of(Outcome outcome);
std::string_view name_of(Urgency urgency);

}  // namespace rapport
