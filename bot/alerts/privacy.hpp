#pragma once

// Who may read what was said in a direct message (scenario 33). Those to whom it was said and those who
// answered there may, and so may the owner of the relationship. Where there is nobody of the kind (a message
// to the brand by somebody new), whoever is asked or has taken it may, since somebody must answer; in the
// team's channel the text never stands.

#include <vector>

#include "bot/alerts/world.hpp"

namespace rapport {

/// Whether the alert's card would show words that not everybody on the team may read: those of a direct
/// message, in the place that it is about, among what it quotes, or as its answer.
bool is_private(const State& state, const AlertRow& alert);

/// Whether the alert may quote the message too: the words of a direct message stand with nothing that was
/// said elsewhere, for others see that card.
bool may_join(const State& state, const AlertRow& alert, const MessageRow& message);

/// Who may read them, at least one unless the team's channel is asked; meaningless unless `is_private`.
std::vector<const Staffer*> readers(const State& state, const World& world, const AlertRow& alert, Time now);

/// Whether this staffer may.
bool may_read(const State& state, const World& world, const AlertRow& alert, const Staffer& staffer,
              Time now);

/// Whether everybody may who sees the card: one card is shown to all who were asked.
bool all_may_read(const State& state, const World& world, const AlertRow& alert, Time now);

}  // namespace rapport
