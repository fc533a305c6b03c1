#include "bot/links/vocabulary.hpp"

#include <algorithm>
#include <cmath>

#include "bot/links/authors.hpp"

namespace rapport::links {

namespace {

/// One message in so many: a word of which more is said is everyday language.
constexpr std::uint32_t everyday_share = 3000;

float rarity_of(std::uint32_t messages, std::uint32_t of) {
    return std::log(float(of) / (float(messages) + 1));
}

}  // namespace

Vocabulary::Vocabulary(std::vector<Word> words, std::uint32_t messages)
    : words_(std::move(words)), messages_(messages), highest_(rarity_of(1, std::max(messages, 2U))) {
    for (const Word& word : words_) {
        const bool first = word.text.starts_with('^') && word.text.size() > 1;
        const std::uint32_t hash = hash_of(std::string_view{word.text}.substr(first ? 1 : 0));
        Known& known = by_hash_.try_emplace(hash, Known{.rarity = highest_}).first->second;
        if (word.learned) (first ? known.learned_first : known.learned) = learned_words_++;
        if (first) continue;
        known.rarity = rarity_of(word.messages, messages_);
        known.everyday = word.messages > messages_ / everyday_share;
    }
}

const Vocabulary::Known* Vocabulary::known(std::uint32_t word) const {
    const auto found = by_hash_.find(word);
    return found == by_hash_.end() ? nullptr : &found->second;
}

float Vocabulary::rarity(std::uint32_t word) const {
    const Known* found = known(word);
    return found ? found->rarity : highest_;
}

bool Vocabulary::everyday(std::uint32_t word) const {
    const Known* found = known(word);
    return found && found->everyday;
}

std::optional<int> Vocabulary::learned(std::uint32_t word) const {
    const Known* found = known(word);
    return found && found->learned >= 0 ? std::optional{found->learned} : std::nullopt;
}

std::optional<int> Vocabulary::learned_first(std::uint32_t word) const {
    const Known* found = known(word);
    return found && found->learned_first >= 0 ? std::optional{found->learned_first} : std::nullopt;
}

}  // namespace rapport::links
