#include "bot/topics/terms.hpp"

#include <algorithm>
#include <array>

#include "bot/reading/scan.hpp"
#include "bot/reading/stem.hpp"

namespace rapport::topics {

namespace {

using reading::Script;
using reading::word_hash;

/// The word lists, read once.
const reading::Lexicon& lexicon() {
    static const reading::Lexicon words;
    return words;
}

bool leads_to_topic(std::string_view word) {
    constexpr std::array<std::string_view, 9> words{"in",   "with", "using",  "on",   "for",
                                                    "from", "via",  "inside", "under"};
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Scripts differ in how much one letter says.
bool long_enough(const reading::Word& word, std::string_view folded) {
    constexpr std::size_t longest = 32;
    if (word.cut || folded.size() > longest) return false;
    const char first = folded.front();
    switch (word.script) {
        case Script::latin:
            return folded.size() >= 2 && !(first >= '0' && first <= '9');
        case Script::han:
            return folded.size() >= 6 && folded.size() <= 24;
        case Script::katakana:
            return folded.size() >= 9;
        case Script::hangul:
            return folded.size() >= 6;
        case Script::hiragana:
        case Script::thai:
        case Script::none:
            return false;
        default:
            return folded.size() >= 8;
    }
}

bool is_mixed(std::string_view shown) {
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
    for (std::size_t i = 1; i < shown.size(); ++i)
        if (letter(shown[i - 1]) && capital(shown[i])) return true;
    return false;
}

class Collecting {
public:
    Collecting(std::string_view text, Terms& into) : text_(text), into_(into) {}

    void word(const reading::Word& word) {
        if (word.handle || into_.all.size() == most_terms) return;
        Term term;
        term.begin = word.begin;
        term.end = word.end;
        term.folded_begin = into_.folded.size();
        fold_with_signs(word, term);
        term.folded_end = into_.folded.size();
        const std::string_view folded = into_.folded_of(term);
        term.word = word_hash(folded);
        const bool whole = word.script != Script::latin || word.digit;
        term.stem = whole ? term.word : word_hash(reading::stem(folded));
        const reading::Meaning* meaning = lexicon().find(term.word);
        constexpr std::uint32_t harmless = reading::announces | reading::spam;
        term.small = meaning && ((meaning->roles & ~harmless) != 0 || meaning->languages != 0);
        term.leads_in = leads_to_topic(folded);
        term.fits = !term.small && long_enough(word, folded);
        term.capital = word.capital && !opens_;
        term.shouted = word.shouted;
        term.mixed = is_mixed(text_.substr(word.begin, word.end - word.begin));
        term.digit = word.digit;
        into_.all.push_back(term);
        opens_ = false;
    }
    void mark(reading::Sort) { opens_ = true; }
    void emoji(char32_t) {}
    void link(std::size_t) {}
    void separator(char) {}

private:
    /// "c++", "c#" and ".net" are not "c" and "net".
    void fold_with_signs(const reading::Word& word, Term& term) {
        const bool dotted = word.folded == "net" && word.begin > 0 && text_[word.begin - 1] == '.' &&
                            (word.begin == 1 || text_[word.begin - 2] == ' ');
        if (dotted) {
            into_.folded += '.';
            --term.begin;
        }
        into_.folded += word.folded;
        if (word.folded.size() > 2) return;
        const std::string_view rest = text_.substr(word.end);
        const std::size_t more = rest.starts_with("++") ? 2 : rest.starts_with("#") ? 1 : 0;
        into_.folded += rest.substr(0, more);
        term.end += more;
    }

    std::string_view text_;
    Terms& into_;
    bool opens_ = true;
};

}  // namespace

Terms terms_of(std::string_view text) {
    Terms terms;
    Collecting collecting{text, terms};
    reading::Scanner<Collecting>{text, collecting}.run();
    return terms;
}

std::uint64_t key_of(std::string_view text) {
    std::uint64_t key = 0;
    for (const Term& term : terms_of(text).all) key = joined(key, term.stem);
    return key;
}

}  // namespace rapport::topics
