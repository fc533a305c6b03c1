#pragma once

// What two accounts on different platforms have in common, as numbers for the model and as words for people.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "bot/identities/rarity.hpp"
#include "bot/identities/spelling.hpp"

namespace rapport::identities {

enum class Trait : std::size_t {
    cosine,  ///< Of the grams of the forms that are most alike.
    cosine_squared,
    shared,  ///< What the shared grams tell, 0 to 1.
    same_form,
    same_handle,
    same_long,   ///< The same, and six letters or more.
    same_short,  ///< The same, and four letters or less.
    same_name,
    same_full_name,  ///< And it has two words or more.
    one_edit,
    two_edits,
    many_edits,  ///< Four or more.
    same_rest,   ///< The same but for titles.
    same_long_rest,
    one_titled,        ///< One begins with a title, the other one does not.
    other_title,       ///< Both do, with another one.
    rest_inside,       ///< One's rest is in the other.
    rest_length,       ///< Of the shorter one, 0 to 1.
    common_of_longer,  ///< The longest part that both have, of the longer one.
    common_of_shorter,
    common_tells,    ///< What that part tells, 0 to 1.
    name_is_handle,  ///< "Ana Lima" and analima.
    initial,         ///< "Ana Lima" and alima.
    surname,         ///< "Ana Lima" and lima.
    first_name,      ///< "Ana Lima" and ana.
    other_name,      ///< Both have a name, and no word of it is shared.
    both_named,
    both_handles,
    often_so,  ///< How many are spelled like that, 0 to 1.
    same_digits,
    other_digits,
    mutual_best,   ///< Each is the other's best on its platform.
    least_margin,  ///< By how much, the smaller one.
    most_margin,
    count
};
inline constexpr std::size_t trait_count = std::size_t(Trait::count);
using Traits = std::array<double, trait_count>;

/// As in the file of weights: "same_handle".
std::string_view name_of(Trait trait);

/// An account ready to be compared. The spelling outlives it.
struct Profile {
    const Spelling* spelling = nullptr;
    std::vector<std::pair<std::string_view, Grams>> forms{};
};
Profile profile(const Spelling& spelling, const Rarity& rarity);

/// All but the margins, which need the other candidates. All zero if they have nothing in common.
Traits compare(const Profile& a, const Profile& b, const Rarity& rarity);

/// Why they may be one: "the same handle", "the name is the handle"; the strongest first, at most three.
std::vector<std::string> evidence(const Traits& traits);

}  // namespace rapport::identities
