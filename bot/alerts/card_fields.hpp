#pragma once

// The lines of a card: who they are, what ties them to us, why now and why you.

#include <string>
#include <string_view>
#include <vector>

#include "bot/alerts/world.hpp"

namespace rapport {

/// The labelled lines. `with_text`: everybody who sees the card may read what was said.
std::vector<Field> card_fields(const State& state, const World& world, const AlertRow& alert, bool with_text,
                               Time now);

/// How many alerts wait until somebody has room.
std::uint32_t queued_of(const State& state);

/// `at` on the asked staffer's wall clock, with the zone's city if others see the card too: "Mon 2 Mar 2026,
/// 16:40 (Berlin)"; in UTC, named so, if nobody is asked.
std::string when_on_card(const World& world, const AlertRow& alert, Time at);

/// At most `most` characters on one line, cut between words where there are some.
std::string in_short(std::string_view text, std::size_t most);

}  // namespace rapport
