#include "bot/pipeline/lanes.hpp"

namespace rapport {

std::size_t Lanes::add_lane() {
    lanes_.emplace_back(patience_);
    return lanes_.size() - 1;
}

std::optional<Delivered> Lanes::one_less(OutboxId id) {
    const auto at = left_.find(id);
    if (--at->second > 0) return std::nullopt;
    left_.erase(at);
    return Delivered{id};
}

std::vector<Delivered> Lanes::add(const OutboxRow& row, std::span<const std::size_t> on) {
    if (knows(row.id)) return {};
    if (on.empty()) return {Delivered{row.id}};
    std::vector<Delivered> done;
    left_[row.id] = on.size();
    for (const std::size_t lane : on)
        if (const auto replaced = lanes_[lane].add(row))
            if (const auto all = one_less(*replaced)) done.push_back(*all);
    return done;
}

std::optional<OutboxRow> Lanes::take(std::size_t lane, Time now) {
    if (lanes_[lane].under_way() >= most_under_way) return std::nullopt;
    return lanes_[lane].take(now);
}

std::optional<Delivered> Lanes::arrived(std::size_t lane, OutboxId id) {
    lanes_[lane].arrived(id);
    return one_less(id);
}

DeliveryFailed Lanes::failed(std::size_t lane, OutboxId id, std::string error,
                             std::chrono::milliseconds retry_after, Time now, double roll) {
    return lanes_[lane].failed(id, std::move(error), retry_after, now, roll);
}

Time Lanes::next_try() const {
    Time next = never;
    for (const Outbox& lane : lanes_) {
        if (lane.under_way() >= most_under_way) continue;
        const Time at = lane.next_try();
        if (at != never && (next == never || at < next)) next = at;
    }
    return next;
}

std::size_t Lanes::under_way() const noexcept {
    std::size_t all = 0;
    for (const Outbox& lane : lanes_) all += lane.under_way();
    return all;
}

}  // namespace rapport
