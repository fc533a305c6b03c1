#pragma once

// How rare parts of names are among all that are looked at: "senator" says little where everybody is one.

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bot/identities/spelling.hpp"

namespace rapport::identities {

/// Three bytes in a row; the ends of a text are bytes of their own.
using Gram = std::uint32_t;

/// The grams of a text with their weights, sorted, each once.
struct Grams {
    std::vector<std::pair<Gram, double>> all{};
    double length = 0;  ///< The root of the sum of the squared weights.
};

class Rarity {
public:
    explicit Rarity(std::span<const Spelling> spellings);

    /// -log of the part of all forms that have it (Sparck Jones 1972, smoothed).
    double weight(Gram gram) const;
    std::size_t forms_with(Gram gram) const;
    Grams grams(std::string_view form) const;
    /// What a part of a text tells: a third of its grams' weights, since each letter is in three of them.
    double information(std::string_view part) const;
    /// How many forms are spelled exactly so.
    std::size_t same(std::string_view form) const;

private:
    std::unordered_map<Gram, std::size_t> counts_{};
    std::unordered_map<std::string_view, std::size_t> forms_{};  ///< Into the spellings.
    std::size_t total_ = 0;
};

struct Likeness {
    double cosine = 0;  ///< 0 to 1.
    double shared = 0;  ///< The weights of the grams that both have.
};
Likeness compare(const Grams& a, const Grams& b);

}  // namespace rapport::identities
