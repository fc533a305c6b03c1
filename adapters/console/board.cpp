#include "adapters/console/board.hpp"

#include <algorithm>

namespace rapport::console {
namespace {

constexpr std::size_t max_deliveries = 2000;

bool is_over(const Card& card) {
    return card.tone == Tone::done || card.tone == Tone::closed;
}

}  // namespace

bool Board::first_time(const std::string& delivery) {
    if (!delivered_.insert(delivery).second) return false;
    delivered_order_.push_back(delivery);
    if (delivered_order_.size() > max_deliveries) {
        delivered_.erase(delivered_order_.front());
        delivered_order_.pop_front();
    }
    return true;
}

const Shown* Board::put(Card card) {
    if (const auto known = numbers_.find(card.id); known != numbers_.end()) {
        Shown& shown = cards_.at(known->second);
        if (card.revision < shown.card.revision) return nullptr;
        shown.card = std::move(card);
        return &shown;
    }
    if (cards_.size() >= max_cards) {
        auto goes =
            std::find_if(cards_.begin(), cards_.end(), [](const auto& e) { return is_over(e.second.card); });
        if (goes == cards_.end()) goes = cards_.begin();
        numbers_.erase(goes->second.card.id);
        cards_.erase(goes);
    }
    const std::size_t number = ++last_number_;
    numbers_[card.id] = number;
    return &(cards_[number] = Shown{number, std::move(card)});
}

const Shown* Board::find(std::size_t number) const {
    const auto found = cards_.find(number);
    return found == cards_.end() ? nullptr : &found->second;
}

std::vector<const Shown*> Board::cards(bool all) const {
    std::vector<const Shown*> found;
    for (const auto& [number, shown] : cards_)
        if (all || !is_over(shown.card)) found.push_back(&shown);
    return found;
}

}  // namespace rapport::console
