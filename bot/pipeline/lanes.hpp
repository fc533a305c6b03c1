#pragma once

// One outbox for each desk, so that a slow desk holds up no other: each has its own order, its own tries and
// its own deliveries under way. A row is done with once every desk that it was for has it. No I/O, no clock.

#include <map>
#include <span>
#include <vector>

#include "bot/pipeline/outbox.hpp"

namespace rapport {

class Lanes {
public:
    /// So many deliveries are under way at once on one lane; each card has one of them at most.
    static constexpr std::size_t most_under_way = 16;

    explicit Lanes(Patience patience = {}) : patience_(patience) {}

    /// One more lane; returns its number, counted from 0.
    std::size_t add_lane();
    std::size_t lanes() const noexcept { return lanes_.size(); }

    /// Puts the row on these lanes. Returns the rows that are done with, because a newer card took their
    /// place or because there is no lane for this one. A row that is known already changes nothing.
    std::vector<Delivered> add(const OutboxRow& row, std::span<const std::size_t> on);
    bool knows(OutboxId id) const { return left_.contains(id); }

    /// The next to deliver on that lane at `now`; empty: nothing is due, or enough is under way.
    std::optional<OutboxRow> take(std::size_t lane, Time now);

    /// It has arrived at that lane's desk; a result if that was the last of its desks.
    std::optional<Delivered> arrived(std::size_t lane, OutboxId id);
    /// It has not; the other desks are not tried again. What is remembered of the tries over a restart is the
    /// row's, not the lane's: then every desk gets it again, which `Outgoing::id` makes harmless.
    DeliveryFailed failed(std::size_t lane, OutboxId id, std::string error,
                          std::chrono::milliseconds retry_after, Time now, double roll);
    /// The delivery was cancelled: it is as if it had not been taken.
    void put_back(std::size_t lane, OutboxId id) { lanes_[lane].put_back(id); }

    /// When `take` may have something next, unless a delivery ends before; `never`: nothing waits for time.
    Time next_try() const;
    /// Deliveries that were taken and have not ended, of all lanes.
    std::size_t under_way() const noexcept;
    /// Rows that some desk has still to get.
    std::size_t size() const noexcept { return left_.size(); }

private:
    std::optional<Delivered> one_less(OutboxId id);
    Patience patience_;
    std::vector<Outbox> lanes_{};
    std::map<OutboxId, std::size_t> left_{};  ///< How many lanes still have the row.
};

}  // namespace rapport
