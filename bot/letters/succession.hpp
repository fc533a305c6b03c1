#pragma once

// Who looks after the people of somebody who has left (scenario 14).

#include "bot/letters/look.hpp"
#include "bot/people/person.hpp"
#include "bot/pipeline/input.hpp"

namespace rapport::letters {

/// Somebody who was on the team.
struct Leaver {
    std::string name{};
    std::string full_name{};
    Time left{};  ///< `never`: team.yaml does not name them any more, and people are still theirs.
};
std::vector<Leaver> leavers(Look& look);

/// Who could look after somebody from now on.
struct Proposal {
    AccountId account{};  ///< Stands for the person.
    AccountKey key{};
    std::string name{};
    Depth depth = Depth::stranger;
    double value = 0;
    const Staffer* successor = nullptr;  ///< Null: nobody suits. Lives as long as the Team.
    std::string reason{};                ///< In words, whether there is one or not.
};

/// For each person whom the leaver owned, and each at least close one whom they knew best of all: those whom
/// nobody on the team owns by now. The closest and most valuable first.
std::vector<Proposal> propose(Look& look, const Leaver& leaver);

/// "succession:ada:1790000000000": who, and when they left.
std::string succession_id(const Leaver& leaver);

/// To the lead, else to the team's channel. Nothing if nobody is left alone.
std::optional<SendLetter> succession_letter(Look& look, const Leaver& leaver);

/// The same to read at any time: all who have left.
Page succession_page(Look& look);

}  // namespace rapport::letters
