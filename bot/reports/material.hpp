#pragma once

#include "bot/reports/report.hpp"
#include "bot/store/store.hpp"

namespace rapport::reports {

/// Reads what a report on [from, until) needs: a week's messages, not all that were ever said. An Error: the
/// store cannot be read.
Result<Material> gather(Store& store, const World& world, Time from, Time until);

/// The report on [from, until), read and made.
Result<WeeklyReport> report_of(Store& store, const World& world, Time from, Time until,
                               std::string_view zone);

/// The moment of the first message that is kept; nothing if there is none.
Result<std::optional<Time>> first_moment(Store& store);

}  // namespace rapport::reports
