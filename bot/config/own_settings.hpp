#pragma once

// What staffers set for themselves while Rapport runs (hours, time zone, accounts), on top of team.yaml.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "bot/people/team.hpp"
#include "bot/store/rows.hpp"

namespace rapport {

/// Hours as team.yaml writes them: "always", "office", "{mon-fri: \"09:00-17:00\", sat: off}". Nothing for
/// any other text.
std::optional<WorkingHours> parse_hours(std::string_view text);

/// The same hours as `parse_hours` reads them, days with equal hours drawn together.
std::string hours_text(const WorkingHours& hours);

/// The team with what its staffers set for themselves. What cannot hold any more is left out: the settings of
/// somebody who is not in team.yaml now, an account that team.yaml gives to somebody else, hours that nobody
/// can read. Time away (`StafferRow::away_until`) is not part of the team: routing reads it from the state.
Team with_own_settings(const Team& team, const std::map<std::string, StafferRow>& settings);

}  // namespace rapport
