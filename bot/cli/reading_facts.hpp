#pragma once

#include "bot/reading/reading.hpp"
#include "rules/self_test.hpp"

namespace rapport::cli {

/// Works out what follows from `message.text`, if it is given: kind, needs_reply, language and so on, as
/// Rapport would read it. `reader` outlives the result.
rules::Complete facts_by_reading(const Reader& reader);

}  // namespace rapport::cli
