#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "adapters/slack/api/methods.hpp"

namespace rapport::slack {

/// Whose turn it is: the queues of all methods, their limits and pauses, and how many requests may be under
/// way. Pure: the time is passed in, and nobody waits here.
class Schedule {
public:
    using Ticket = std::uint64_t;

    struct Bounds {
        std::size_t waiting = 1000;   ///< In all.
        std::size_t per_queue = 200;  ///< In one queue.
        std::size_t at_once = 6;      ///< Under way; clicks may use two more.
    };
    explicit Schedule(Bounds bounds) : bounds_(bounds) {}

    /// Waits in the queue `name`, behind what has the same or a higher priority there. Nothing: no room.
    std::optional<Ticket> enter(const std::string& name, const Method& traits, Priority priority, Time now);

    /// Takes the next whose turn it is; then it counts as under way until `leave`.
    std::optional<Ticket> next(Time now);

    /// It is done, or nobody waits for it any more.
    void leave(Ticket ticket);

    /// No calls of that queue before `until` (Slack's Retry-After).
    void pause(const std::string& name, Time until);

    /// When `next` may have something again, if only time has to pass for it.
    std::optional<Time> wake(Time now);

    std::size_t waiting() const noexcept { return waiting_; }
    std::size_t queues() const noexcept { return queues_.size(); }

private:
    struct Queue {
        net::TokenBucket bucket;
        bool one_at_a_time = false;
        Time paused{};
        std::set<std::pair<Priority, Ticket>> tickets{};  ///< Waiting, in the order of their turns.
        std::size_t under_way = 0;
        Time used{};
    };
    struct Place {
        std::string queue{};
        Priority priority{};
        bool under_way = false;
    };
    using Queues = std::map<std::string, Queue>;

    /// When the first of that queue may go, as far as time decides; nothing if a slot must become free first.
    std::optional<Time> ready(Queue& queue, Time now) const;
    bool slot_free(Priority priority) const noexcept;
    void forget_idle(Time now);

    Bounds bounds_;
    Queues queues_{};
    std::map<Ticket, Place> places_{};
    Ticket last_ = 0;
    std::size_t waiting_ = 0;
    std::size_t under_way_ = 0;
};

}  // namespace rapport::slack
