#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace rapport::reading {

/// What a word may be; a word can be several at once.
enum Role : std::uint32_t {
    asks = 1U << 0,       ///< how, why: a sentence that begins with it asks.
    auxiliary = 1U << 1,  ///< is, do, can: before a subject, it asks.
    modal = 1U << 2,      ///< can, could: before "you", it requests.
    you = 1U << 3,        ///< you, anyone.
    subject = 1U << 4,    ///< i, it, there, you, anyone: what stands after an auxiliary in a question.
    seeks = 1U << 5,      ///< wondering, help, advice: asks wherever it stands.
    please = 1U << 6,
    problem = 1U << 7,  ///< error, issue: names a problem.
    broken = 1U << 8,   ///< crashes, broken: says that there is one.
    negation = 1U << 9,
    works = 1U << 10,  ///< work, load, start: what does not happen when something is broken.
    thanks = 1U << 11,
    praise = 1U << 12,
    complaint = 1U << 13,
    greeting = 1U << 14,
    filler = 1U << 15,     ///< ok, yes, lol, great: says little by itself.
    announces = 1U << 16,  ///< released, announcing.
    spam = 1U << 17,
    booster = 1U << 18,       ///< very, really.
    stop = 1U << 19,          ///< Too common to be a topic.
    first_person = 1U << 20,  ///< i, we, my.
    weak_ask = 1U << 21,      ///< when, if, what: asks only with help from others.
};

/// Languages that are told apart by their small words.
enum class Language : std::uint8_t { en, de, fr, es, pt, it, nl, sv, da, no, pl, cs, hu, ro, fi, tr, id };
inline constexpr std::size_t language_count = 17;

struct Meaning {
    std::uint32_t roles = 0;
    std::uint32_t languages = 0;  ///< Bit 1 << Language for each in which it is a small word.
    std::int8_t valence = 0;      ///< -30 to 30, in tenths: how good or bad it sounds.
};

/// All word lists, read once. Looked up by `word_hash`; immutable.
class Lexicon {
public:
    Lexicon();
    /// Null for a word that is in no list.
    const Meaning* find(std::uint64_t hash) const {
        for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
            if (slots_[at].hash == hash) return &slots_[at].meaning;
            if (slots_[at].hash == 0) return nullptr;
        }
    }
    std::size_t size() const noexcept { return size_; }

private:
    struct Slot {
        std::uint64_t hash = 0;
        Meaning meaning{};
    };
    void add(std::string_view word, const Meaning& meaning);

    std::vector<Slot> slots_{};
    std::size_t mask_ = 0;
    std::size_t size_ = 0;
};

/// One line of the word lists: the words, separated by blanks, folded, and what they are.
struct WordList {
    Meaning meaning{};
    std::string_view words{};
};

/// Where the lists stand: words.cpp for what words do, small_words.cpp for languages and stop words.
std::vector<WordList> role_words();
std::vector<WordList> small_words();

}  // namespace rapport::reading
