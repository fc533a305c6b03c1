#include "bot/pipeline/outbox.hpp"

#include <algorithm>
#include <cmath>

namespace rapport {

namespace {

/// 2^30 seconds is more than anybody waits; past it the exponent would only overflow.
constexpr std::uint32_t most_doublings = 30;

}  // namespace

std::optional<OutboxId> Outbox::add(OutboxRow row) {
    const OutboxId id = row.id;
    if (row.alert == AlertId::none) {
        rows_.insert_or_assign(id, std::move(row));
        return std::nullopt;
    }
    std::set<OutboxId>& of_card = of_card_[row.alert];
    std::optional<OutboxId> replaced;
    const auto unsent = std::find_if(of_card.begin(), of_card.end(),
                                     [&](OutboxId older) { return !under_way_.contains(older); });
    if (unsent != of_card.end()) {
        const OutboxRow& older = rows_.at(*unsent);
        row.outgoing.notify = row.outgoing.notify || older.outgoing.notify;
        row.tries = older.tries;
        row.next_try = older.next_try;
        replaced = older.id;
        rows_.erase(older.id);
        of_card.erase(unsent);
    }
    of_card.insert(id);
    rows_.insert_or_assign(id, std::move(row));
    return replaced;
}

bool Outbox::blocked(const OutboxRow& row) const {
    if (under_way_.contains(row.id)) return true;
    // What was said of a card before, and must be tried again, still comes before what is said of it now.
    return row.alert != AlertId::none && *of_card_.at(row.alert).begin() != row.id;
}

std::optional<OutboxRow> Outbox::take(Time now) {
    for (const auto& [id, row] : rows_) {
        if (row.next_try > now || blocked(row)) continue;
        under_way_.insert(id);
        return row;
    }
    return std::nullopt;
}

Delivered Outbox::arrived(OutboxId id) {
    under_way_.erase(id);
    if (const auto of_card = of_card_.find(rows_.at(id).alert); of_card != of_card_.end()) {
        of_card->second.erase(id);
        if (of_card->second.empty()) of_card_.erase(of_card);
    }
    rows_.erase(id);
    return {id};
}

DeliveryFailed Outbox::failed(OutboxId id, std::string error, std::chrono::milliseconds retry_after, Time now,
                              double roll) {
    under_way_.erase(id);
    OutboxRow& row = rows_.at(id);
    const double wait =
        std::min(double(patience_.most.count()),
                 double(patience_.first.count()) * std::exp2(std::min(row.tries, most_doublings)));
    const std::chrono::milliseconds pause{std::int64_t(wait * (0.5 + 0.5 * roll))};
    ++row.tries;
    row.next_try = now + std::max(retry_after, pause);
    row.last_error = std::move(error);
    return {id, row.tries, row.next_try, row.last_error};
}

Time Outbox::next_try() const {
    Time next = never;
    for (const auto& [id, row] : rows_) {
        if (blocked(row)) continue;
        const Time at = std::max(row.next_try, Time{} + std::chrono::milliseconds{1});
        if (next == never || at < next) next = at;
    }
    return next;
}

}  // namespace rapport
