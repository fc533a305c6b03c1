#include "adapters/slack/api/schedule.hpp"

#include <algorithm>

namespace rapport::slack {
namespace {

constexpr std::size_t more_for_clicks = 2;
constexpr std::size_t queues_before_cleaning = 256;
/// After that long without use every bucket is full again.
constexpr std::chrono::minutes forgotten_after{5};

}  // namespace

std::optional<Schedule::Ticket> Schedule::enter(const std::string& name, const Method& traits,
                                                Priority priority, Time now) {
    if (waiting_ >= bounds_.waiting) return std::nullopt;
    if (queues_.size() >= queues_before_cleaning) forget_idle(now);
    auto found = queues_.find(name);
    if (found == queues_.end()) {
        Queue queue{.bucket = net::TokenBucket{traits.rate, now}, .one_at_a_time = traits.per_channel};
        found = queues_.emplace(name, std::move(queue)).first;
    }
    if (found->second.tickets.size() >= bounds_.per_queue) return std::nullopt;
    const Ticket ticket = ++last_;
    found->second.tickets.emplace(priority, ticket);
    found->second.used = now;
    places_.emplace(ticket, Place{name, priority, false});
    ++waiting_;
    return ticket;
}

bool Schedule::slot_free(Priority priority) const noexcept {
    return under_way_ < bounds_.at_once + (priority == Priority::click ? more_for_clicks : 0);
}

std::optional<Time> Schedule::ready(Queue& queue, Time now) const {
    if (queue.tickets.empty() || !slot_free(queue.tickets.begin()->first)) return std::nullopt;
    if (queue.one_at_a_time && queue.under_way > 0) return std::nullopt;
    return std::max(queue.paused, now + queue.bucket.wait(now));
}

std::optional<Schedule::Ticket> Schedule::next(Time now) {
    Queue* best = nullptr;
    for (auto& [name, queue] : queues_) {
        const std::optional<Time> at = ready(queue, now);
        if (!at || *at > now) continue;
        if (!best || *queue.tickets.begin() < *best->tickets.begin()) best = &queue;
    }
    if (!best) return std::nullopt;
    const Ticket ticket = best->tickets.begin()->second;
    best->tickets.erase(best->tickets.begin());
    best->bucket.take(now);
    best->used = now;
    ++best->under_way;
    places_.at(ticket).under_way = true;
    --waiting_;
    ++under_way_;
    return ticket;
}

void Schedule::leave(Ticket ticket) {
    const auto found = places_.find(ticket);
    if (found == places_.end()) return;
    const Place& place = found->second;
    Queue& queue = queues_.at(place.queue);
    if (place.under_way) {
        --queue.under_way;
        --under_way_;
    } else {
        queue.tickets.erase({place.priority, ticket});
        --waiting_;
    }
    places_.erase(found);
}

void Schedule::pause(const std::string& name, Time until) {
    const auto found = queues_.find(name);
    if (found != queues_.end()) found->second.paused = std::max(found->second.paused, until);
}

std::optional<Time> Schedule::wake(Time now) {
    std::optional<Time> first;
    for (auto& [name, queue] : queues_) {
        const std::optional<Time> at = ready(queue, now);
        if (at && (!first || *at < *first)) first = at;
    }
    return first;
}

void Schedule::forget_idle(Time now) {
    std::erase_if(queues_, [&](const auto& entry) {
        const Queue& queue = entry.second;
        return queue.tickets.empty() && queue.under_way == 0 && queue.paused <= now &&
               now - queue.used >= forgotten_after;
    });
}

}  // namespace rapport::slack
