#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/event.hpp"

namespace rapport::console {

/// A card on the board, with the number by which the staffer calls it.
struct Shown {
    std::size_t number = 0;
    Card card{};
};

/// The cards at this desk. A card keeps its number for as long as it is here. Bounded: of more than
/// `max_cards`, the oldest that is over goes first. Pure.
class Board {
public:
    static constexpr std::size_t max_cards = 500;

    /// False if this delivery was here before (the outbox repeats what may have been lost).
    bool first_time(const std::string& delivery);

    /// Shows or replaces a card. Null if a newer revision of it is shown already. Valid until the next `put`.
    const Shown* put(Card card);

    const Shown* find(std::size_t number) const;

    /// In the order of their numbers; without `all`, only those that still want something.
    std::vector<const Shown*> cards(bool all) const;

private:
    std::map<std::size_t, Shown> cards_{};
    std::map<std::string, std::size_t> numbers_{};  ///< By Card::id.
    std::size_t last_number_ = 0;
    std::set<std::string> delivered_{};
    std::deque<std::string> delivered_order_{};
};

}  // namespace rapport::console
