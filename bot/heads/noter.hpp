#pragma once

// The pass over the words of a text. Only for features.cpp.

#include <algorithm>
#include <cmath>

#include "bot/heads/features.hpp"
#include "bot/reading/scan.hpp"

namespace rapport::heads {

/// Takes what the scanner meets, hands on its hashes and keeps count for the traits.
class Noter {
public:
    Noter(std::string_view text, Extractor& extractor, Features& into)
        : text_(text), extractor_(extractor), into_(into) {}

    void word(const reading::Word& word);
    void mark(reading::Sort sort);
    void emoji(char32_t emoji);
    void link(std::size_t);
    void separator(char sign);
    /// After the last word: works the traits out. `money`: signs of currencies in the text.
    void finish(bool money);

private:
    void take(std::uint64_t hash) { extractor_.take(hash, into_); }
    /// With the word or mark before it.
    void pair(std::uint64_t hash) { take(hash * 31 ^ previous_ * 0x2545F4914F6CDD1DU); }
    bool word_of_face(const reading::Word& word);
    void face(float feeling);
    float feeling_of(const reading::Word& word, const Feeling*& found);
    void turn(Turn turn);
    void add(float feeling);

    std::string_view text_;
    Extractor& extractor_;
    Features& into_;
    std::uint64_t previous_ = sentence_begins;
    char eyes_ = '\0';         ///< ':' if a face may have begun; "<" of "<3".
    bool fresh_eyes_ = false;  ///< Nothing but a blank stood before them.
    bool blank_ = true;        ///< The last thing was a blank, or nothing.
    unsigned words_ = 0, shouted_ = 0, drawn_out_ = 0, numbers_ = 0, long_numbers_ = 0, handles_ = 0;
    unsigned questions_ = 0, exclamations_ = 0, sentences_ = 0, links_ = 0, code_ = 0, hashtags_ = 0;
    unsigned negations_ = 0, turned_ = 0, buts_ = 0, self_ = 0, other_ = 0, fillers_ = 0;
    unsigned glad_words_ = 0, sad_words_ = 0;
    unsigned negated_ = 0;  ///< Words for which the last negation still counts.
    bool money_ = false, thanked_ = false, appreciates_ = false;
    bool just_thanked_ = false;           ///< By the word before.
    float boost_ = 0, boost_before_ = 0;  ///< Of the last word and of the one before it: 1, -1 or 0.
    float sum_ = 0, before_but_ = 0, glad_ = 0, sad_ = 0, gladdest_ = 0, saddest_ = 0, first_ = 0, last_ = 0;
    float faces_ = 0;

    static constexpr std::uint64_t sentence_begins = 5, handle_mark = 7919, link_mark = 23757;
};

}  // namespace rapport::heads
