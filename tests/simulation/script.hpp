#pragma once

// Who says and does what in a simulated world.

#include <optional>
#include <random>

#include "simulation/simulation.hpp"

namespace rapport::test {

/// A Monday morning.
Time script_start();
/// A small team and rules with every feature that has to do with time.
std::shared_ptr<const World> script_world();
/// What is said as number `number`: a question, a thanks, or a staffer's answer to one of `before`.
/// Event::source is "staff" for the team's messages.
Told message_of(std::size_t number, std::mt19937_64& random, Time now, const std::vector<Told>& before);
/// An edit or deletion of a message.
Told change_of(const Told& message, std::mt19937_64& random, Time now);
/// A press on one of the cards; none if there is no card yet.
std::optional<Event> press_of(std::size_t number, std::mt19937_64& random, Time now,
                              const std::map<std::string, Card>& cards);

}  // namespace rapport::test
