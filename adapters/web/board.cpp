#include "adapters/web/board.hpp"

#include <algorithm>
#include <set>

namespace rapport::web {
namespace {

bool over(const Card& card) {
    return card.tone == Tone::done || card.tone == Tone::closed;
}

}  // namespace

bool Board::put(const std::string& staff, const Card& card) {
    Cards& cards = boards_[staff];
    const auto found = cards.find(card.id);
    if (found != cards.end()) {
        if (card.revision < found->second.card.revision) return false;
        found->second.card = card;
        return true;
    }
    if (cards.size() >= most_) make_room(cards);
    cards.emplace(card.id, Entry{card, ++last_order_});
    return true;
}

void Board::make_room(Cards& cards) const {
    const auto victim = std::min_element(cards.begin(), cards.end(), [](const auto& a, const auto& b) {
        const bool a_over = over(a.second.card);
        const bool b_over = over(b.second.card);
        return a_over != b_over ? a_over : a.second.order < b.second.order;
    });
    if (victim != cards.end()) cards.erase(victim);
}

const Board::Entry* Board::find(const std::string& staff, const std::string& card) const {
    const auto board = boards_.find(staff);
    if (board == boards_.end()) return nullptr;
    const auto found = board->second.find(card);
    return found == board->second.end() ? nullptr : &found->second;
}

ShownCard Board::seen_by(const std::string& staff, const std::string& card) const {
    const Entry* own = find(staff, card);
    const Entry* team = find("", card);
    if (own == nullptr && team == nullptr) return {};
    const bool use_own = own != nullptr && (team == nullptr || own->card.revision >= team->card.revision);
    const Entry& shown = use_own ? *own : *team;
    return {shown.card, own != nullptr, shown.order};
}

std::vector<ShownCard> Board::seen_by(const std::string& staff) const {
    std::set<std::string> ids;
    for (const std::string& whose : {std::string{}, staff}) {
        const auto board = boards_.find(whose);
        if (board == boards_.end()) continue;
        for (const auto& [id, entry] : board->second) ids.insert(id);
    }
    std::vector<ShownCard> shown;
    shown.reserve(ids.size());
    for (const std::string& id : ids) shown.push_back(seen_by(staff, id));
    std::sort(shown.begin(), shown.end(),
              [](const ShownCard& a, const ShownCard& b) { return a.order > b.order; });
    return shown;
}

}  // namespace rapport::web
