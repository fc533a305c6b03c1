#pragma once

// How good or bad single words and signs feel, and which words turn a feeling.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace rapport::heads {

/// What a word does to the feeling of the words around it, or of whom it speaks.
enum class Turn : std::uint8_t {
    none,
    booster,
    damper,
    negation,
    but,
    self,
    other,
    thanks,       ///< thank, thanks, thx
    appreciates,  ///< grateful
    no_thanks,    ///< After thanks: god, goodness, to. Then nobody is thanked.
};

struct Feeling {
    std::uint64_t hash = 0;  ///< reading::word_hash of the folded word; 0: an empty slot.
    std::int8_t tenths = 0;  ///< -40 (horrible) to 40 (wonderful).
    Turn turn = Turn::none;
};

/// All word lists, read once. Immutable.
class Feelings {
public:
    Feelings();
    /// Null for a word that is in no list.
    const Feeling* find(std::uint64_t hash) const {
        for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
            if (slots_[at].hash == hash) return &slots_[at];
            if (slots_[at].hash == 0) return nullptr;
        }
    }
    /// -4 to 4; 0 for an emoji that says nothing.
    float of_sign(char32_t emoji) const;
    std::size_t size() const noexcept { return size_; }

private:
    Feeling& slot(std::string_view word);

    std::vector<Feeling> slots_{};
    std::vector<std::pair<char32_t, float>> signs_{};  ///< Sorted.
    std::size_t mask_ = 0;
    std::size_t size_ = 0;
};

/// One line of the lists: words with blanks between them.
struct FeelingList {
    int tenths = 0;
    std::string_view words{};
};
struct TurnList {
    Turn turn = Turn::none;
    std::string_view words{};
};
std::span<const FeelingList> pleasant_words();
std::span<const FeelingList> unpleasant_words();
std::span<const FeelingList> feeling_signs();
std::span<const TurnList> turning_words();

/// Calls `take` with each word of `words`, which have blanks between them.
template <class Take>
void each_word(std::string_view words, const Take& take) {
    while (!words.empty()) {
        const std::size_t end = words.find(' ');
        if (end != 0) take(words.substr(0, end));
        if (end == std::string_view::npos) break;
        words.remove_prefix(end + 1);
    }
}

}  // namespace rapport::heads
