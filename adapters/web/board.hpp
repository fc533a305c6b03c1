#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "adapters/event.hpp"
#include "adapters/web/protocol.hpp"

namespace rapport::web {

/// The cards as each staffer sees them. A card may look different to different staffers (it was handed from
/// one to the other), so every addressee, and the team as a whole, has a copy of their own. Pure.
class Board {
public:
    /// Keeps at most `most` cards for each staffer and for the team.
    explicit Board(std::size_t most) : most_(most) {}

    /// Puts `card` before `staff` (empty: the team). False if a later revision is already there.
    bool put(const std::string& staff, const Card& card);

    /// What that staffer sees now, newest first: their own copies, and the team's cards.
    std::vector<ShownCard> seen_by(const std::string& staff) const;
    /// One of these; `order` is 0 if they do not see that card.
    ShownCard seen_by(const std::string& staff, const std::string& card) const;

private:
    struct Entry {
        Card card{};
        std::uint64_t order = 0;
    };
    using Cards = std::map<std::string, Entry>;

    const Entry* find(const std::string& staff, const std::string& card) const;
    void make_room(Cards& cards) const;

    std::size_t most_;
    std::uint64_t last_order_ = 0;
    std::map<std::string, Cards> boards_{};  ///< By staffer; "" is the team's.
};

}  // namespace rapport::web
