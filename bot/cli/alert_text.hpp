#pragma once

#include <string>

#include "bot/cli/lookup.hpp"

namespace rapport::cli {

/// The alert as one line of JSON (bot/json/alert_json.hpp), with the rows around it looked up.
std::string alert_line(Lookup& lookup, const AlertRow& alert);

/// What there is to say of one alert, for people, times by the clock of `zone`.
std::string alert_text(Lookup& lookup, const AlertRow& alert, std::string_view zone);

/// Why it was raised and why this staffer, one line each.
std::string alert_reasons(const AlertRow& alert);

/// Whom it is about: "Lena (slack:T1:U7)".
std::string person_text(const AccountRow* account);
/// Who is asked: a name, or "the team's channel".
std::string_view staffer_text(std::string_view staffer);

}  // namespace rapport::cli
