#include "bot/heads/feelings.hpp"

#include <algorithm>

#include "bot/reading/scan.hpp"

namespace rapport::heads {

Feelings::Feelings() {
    // A quarter full at most, so that nearly every look-up ends at its first slot.
    constexpr std::size_t slots = 16384;
    slots_.resize(slots);
    mask_ = slots - 1;
    for (const auto& lists : {pleasant_words(), unpleasant_words()})
        for (const FeelingList& list : lists)
            each_word(list.words, [&](std::string_view word) {
                slot(word).tenths = static_cast<std::int8_t>(list.tenths);
            });
    for (const TurnList& list : turning_words())
        each_word(list.words, [&](std::string_view word) { slot(word).turn = list.turn; });
    for (const FeelingList& list : feeling_signs())
        each_word(list.words, [&](std::string_view sign) {
            signs_.emplace_back(reading::code_point_at(sign, 0).value, static_cast<float>(list.tenths) / 10);
        });
    std::sort(signs_.begin(), signs_.end());
}

float Feelings::of_sign(char32_t emoji) const {
    const auto at = std::lower_bound(signs_.begin(), signs_.end(), emoji,
                                     [](const auto& sign, char32_t value) { return sign.first < value; });
    return at != signs_.end() && at->first == emoji ? at->second : 0;
}

Feeling& Feelings::slot(std::string_view word) {
    const std::uint64_t hash = reading::word_hash(word);
    std::size_t at = hash & mask_;
    while (slots_[at].hash != 0 && slots_[at].hash != hash) at = (at + 1) & mask_;
    if (slots_[at].hash == 0) ++size_;
    slots_[at].hash = hash;
    return slots_[at];
}

}  // namespace rapport::heads
