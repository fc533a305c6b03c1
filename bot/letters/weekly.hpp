#pragma once

#include <optional>

#include "bot/letters/look.hpp"
#include "bot/pipeline/input.hpp"

namespace rapport::letters {

/// For so long after the first working minute of the week the report may still come.
inline constexpr std::chrono::hours weekly_window{8};

/// By whose clock weeks begin: the lead, else the first who is on the team. Null: nobody is.
const Staffer* week_keeper(const Look& look);

/// The first working minute of the keeper's week, if `now` is in the window after it.
std::optional<Time> week_begins(const Staffer& keeper, Time now);

/// "weekly:2026-W47", the week before the one that begins then.
std::string weekly_id(const Staffer& keeper, Time begins);

/// Last week's report for the team's channel, with its picture where one can be drawn. Nothing, if nothing
/// was said and nobody was asked. An error of the drawing leaves the words.
std::optional<SendLetter> weekly(Look& look, const Staffer& keeper, Time begins);

}  // namespace rapport::letters
