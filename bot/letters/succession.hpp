#pragma once

// Who looks after whom once a staffer has left (scenario 14).

#include "bot/letters/desk.hpp"
#include "bot/people/person.hpp"

namespace rapport::letters {

/// One relationship of the staffer who left, and who might take it over.
struct Succession {
    AccountKey key{};
    std::string name{};
    Depth depth = Depth::stranger;
    const Staffer* successor = nullptr;  ///< Null: nobody suggests themselves.
    std::string because{};
};

/// Each relationship that the staffer owns, or that is close and has no other owner; the deepest first. The
/// successor is who knows the person best, else who knows their acquaintances best, else who shares a group
/// or a language with the one who left, else the lead.
std::vector<Succession> successions(WritingDesk& desk, const Staffer& left);

}  // namespace rapport::letters
