#pragma once

// Does whoever wrote this wait for an answer? Learnt from what customers say in a support channel, where
// nearly everything waits for one but what closes the talk: thanks, "got it", "I'll try that", a smile.

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "bot/reading/brands.hpp"
#include "bot/reading/evidence.hpp"
#include "bot/reading/lexicon.hpp"

namespace rapport::heads {

/// What speaks for or against it; 0 or 1 but for `gratitude`.
enum class Sign : std::uint8_t {
    one,  ///< Always 1.
    question_mark,
    asks,  ///< "how do I", "could you", "I wonder": without a question mark.
    thanks,
    thanks_and_asks,
    long_thanks,  ///< More than a dozen words.
    settles,      ///< "makes sense", "never mind", "one moment".
    settles_and_asks,
    trouble,
    trouble_and_thanks,
    says_little,  ///< "ok cool", but no yes or no.
    no_words,
    few_words,
    concrete,   ///< A link, a number, code.
    gratitude,  ///< How sure that head is, 0 to 1.
    count
};
inline constexpr std::size_t sign_count = static_cast<std::size_t>(Sign::count);
using Signs = std::array<float, sign_count>;
using AskingWeights = std::array<float, sign_count>;
std::string_view name_of(Sign sign) noexcept;

/// Some phrases of one to three words, found word by word.
class PhraseSet {
public:
    /// Separated by '|'.
    explicit PhraseSet(std::string_view phrases);
    bool has(std::uint64_t hash) const {
        for (std::size_t at = hash % slots_.size();; at = (at + 1) % slots_.size()) {
            if (slots_[at] == hash) return true;
            if (slots_[at] == 0) return false;
        }
    }
    /// The hash of a phrase that `word` follows; begin with 0.
    static std::uint64_t follow(std::uint64_t phrase, std::uint64_t word) {
        return (phrase ^ word) * 0x9E3779B97F4A7C15U + word;
    }

private:
    std::vector<std::uint64_t> slots_ = std::vector<std::uint64_t>(1024);
};

/// Finds the signs in texts. Immutable.
class Asking {
public:
    Asking();
    /// `gratitude`: how sure that head is, 0 to 1.
    Signs signs_of(std::string_view text, float gratitude) const;

private:
    reading::Lexicon lexicon_{};
    reading::Brands brands_;
    PhraseSet settled_, thanks_, trouble_, answers_;
};

/// 0 to 1.
float asking_score(const AskingWeights& weights, const Signs& signs);

/// Logistic regression on all examples at once that stays near what common sense says: of support channels
/// there is little that is labelled. `asked` is 0 or 1 for each.
AskingWeights fit_asking(const std::vector<Signs>& examples, const std::vector<float>& asked);

}  // namespace rapport::heads
