#pragma once

// What is durable and still has to reach a desk: in order, one at a time for each card, with patience. No
// I/O, no clock: the pipeline and the simulation both drive it.

#include <map>
#include <optional>
#include <set>

#include "bot/pipeline/input.hpp"

namespace rapport {

/// How long to wait after the nth failure in a row.
struct Patience {
    std::chrono::milliseconds first{1'000};
    std::chrono::milliseconds most{300'000};
};

class Outbox {
public:
    explicit Outbox(Patience patience = {}) : patience_(patience) {}

    /// After a commit, or as found at the start. A newer card takes the place of an older one that nobody has
    /// sent yet, and makes a sound if either was to; the older one's id is returned, so that its row goes
    /// too.
    std::optional<OutboxId> add(OutboxRow row);

    /// The next to deliver at `now`, which counts as under way until one of the two below; empty: nothing is
    /// due.
    std::optional<OutboxRow> take(Time now);

    /// It has arrived. The result is to be put into the pipeline, so that the row goes.
    Delivered arrived(OutboxId id);
    /// It has not. `roll` in [0, 1) spreads the tries. `retry_after`: what the platform asked for, or zero.
    DeliveryFailed failed(OutboxId id, std::string error, std::chrono::milliseconds retry_after, Time now,
                          double roll);

    /// The delivery was cancelled: it is as if it had not been taken.
    void put_back(OutboxId id) { under_way_.erase(id); }

    /// When `take` may have something next; `never`: not before something is added or ends.
    Time next_try() const;
    std::size_t size() const noexcept { return rows_.size(); }
    std::size_t under_way() const noexcept { return under_way_.size(); }

private:
    bool blocked(const OutboxRow& row) const;
    Patience patience_;
    std::map<OutboxId, OutboxRow> rows_{};
    std::map<AlertId, std::set<OutboxId>> of_card_{};  ///< Rows of each alert's card, oldest first.
    std::set<OutboxId> under_way_{};
};

}  // namespace rapport
