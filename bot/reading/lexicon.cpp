#include "bot/reading/lexicon.hpp"

#include "bot/reading/scan.hpp"

namespace rapport::reading {

Lexicon::Lexicon() {
    // A quarter full at most, so that nearly every look-up ends at its first slot.
    constexpr std::size_t slots = 8192;
    slots_.resize(slots);
    mask_ = slots - 1;
    for (const auto& lists : {role_words(), small_words()}) {
        for (const WordList& list : lists) {
            std::string_view rest = list.words;
            while (!rest.empty()) {
                const auto end = rest.find(' ');
                if (end != 0) add(rest.substr(0, end), list.meaning);
                if (end == std::string_view::npos) break;
                rest.remove_prefix(end + 1);
            }
        }
    }
}

void Lexicon::add(std::string_view word, const Meaning& meaning) {
    const std::uint64_t hash = word_hash(word);
    std::size_t at = hash & mask_;
    while (slots_[at].hash != 0 && slots_[at].hash != hash) at = (at + 1) & mask_;
    Slot& slot = slots_[at];
    if (slot.hash == 0) ++size_;
    slot.hash = hash;
    slot.meaning.roles |= meaning.roles;
    slot.meaning.languages |= meaning.languages;
    if (meaning.valence != 0) slot.meaning.valence = meaning.valence;
}

}  // namespace rapport::reading
