#pragma once

// "What would this rule have done in the last 90 days?" (scenario 40). Stored history goes through the same
// core again, once with the candidate's rules and once with today's, into a throw-away store each.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bot/alerts/world.hpp"
#include "bot/store/store.hpp"

namespace rapport {

/// One alert that would have been raised.
struct BacktestAlert {
    std::string rule{};
    std::string title{};
    AccountKey about{};
    std::string about_name{};
    MessageKey message{};  ///< The first of the person's messages that it is about.
    std::string text{};    ///< Of that message.
    Time said{};           ///< When that was said.
    Time raised{};
    std::string staffer{};  ///< Who would have been asked first; empty: the team's channel.
};

/// What one set of rules would have done.
struct BacktestSide {
    std::vector<BacktestAlert>
        alerts{};               ///< Somebody was asked, or would have been in working hours. In order.
    std::uint64_t spared = 0;   ///< Answered, deleted or no longer true before anybody was asked.
    std::uint64_t waiting = 0;  ///< Their `after` still runs when history ends.
};

struct Backtest {
    Time from{};                 ///< The first message, if history is no longer than was asked for.
    Time until{};                ///< The latest moment that the store knows of.
    std::uint64_t messages = 0;  ///< Between the two.
    BacktestSide candidate{};
    BacktestSide today{};
    // The difference, by whom an alert is about and their message, whichever rule raised it: places in the
    // lists.
    std::vector<std::size_t> only_candidate{};
    std::vector<std::size_t> only_today{};
    std::vector<std::pair<std::size_t, std::size_t>> both{};  ///< candidate, today.
    /// Of a look back instead (hindsight.hpp): what the rules saw of these messages.
    std::map<MessageId, rules::Facts> seen{};
};

struct BacktestOptions {
    /// How far back to look from the latest moment that the store knows of.
    std::chrono::milliseconds since = std::chrono::days{90};
    /// How many of all the messages to go through are done; called between batches.
    std::function<void(std::uint64_t done, std::uint64_t all)> progress{};
    /// Asked between batches: whether to give up, with a transient Error. Empty: never.
    std::function<bool()> stop{};
};

/// Gives an empty store that the backtest may fill and forget.
using OpenStore = std::function<Result<std::shared_ptr<Store>>()>;

/// Reads `history` only. `open_empty` is called once for each set of rules. Messages from before `since` are
/// heard too, without rules, so that ties and conversations are what they were. What staff pressed is not
/// repeated, and what was deleted or erased is not there to be heard. Fails if the history cannot be read or
/// an empty store cannot be had or written.
Result<Backtest> backtest(Store& history, std::shared_ptr<const World> candidate,
                          std::shared_ptr<const World> today, const OpenStore& open_empty,
                          const BacktestOptions& options);

/// Alerts by who is asked ("" is the team's channel).
std::map<std::string, std::uint64_t> by_staffer(const BacktestSide& side);
/// Alerts by day (UTC), days without any left out.
std::map<std::chrono::sys_days, std::uint64_t> by_day(const BacktestSide& side);

/// Fills the three lists of differences.
void compare(Backtest& result);

}  // namespace rapport
