#pragma once

// What the rules saw of a message when it was said: history is told again, and stopped there.

#include <map>
#include <set>

#include "bot/pipeline/backtest.hpp"
#include "rules/value.hpp"

namespace rapport {

/// All facts of each of these messages, as of the moment at which it was said. Those that are gone by now, or
/// were erased, are missing. Reads `history` only; as bounded and as interruptible as `backtest`, of whose
/// options `since` does not matter.
Result<std::map<MessageId, rules::Facts>> hindsight(Store& history, std::shared_ptr<const World> world,
                                                    std::set<MessageId> messages, const OpenStore& open_empty,
                                                    const BacktestOptions& options);

}  // namespace rapport
