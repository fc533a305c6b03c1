#include "bot/reading/evidence.hpp"

#include <bit>

#include "bot/reading/phrases.hpp"

namespace rapport::reading {

namespace {

/// Takes what the scanner meets and keeps count.
class Gatherer {
public:
    Gatherer(std::string_view text, const Lexicon& lexicon, const Brands& brands, Evidence& into)
        : text_(text), lexicon_(lexicon), brands_(brands), found_(into) {}

    void word(const Word& word) {
        found_.script_bytes[static_cast<std::size_t>(word.script)] +=
            static_cast<std::uint32_t>(word.folded.size());
        if (!found_.mentions_brand && brands_.may_begin(word.hash)) {
            found_.mentions_brand = brands_.begins_at(text_, word);
        }
        if (word.handle) return;
        ++found_.words;
        found_.shouted += word.shouted ? 1U : 0U;
        const char first = word.folded.front();
        if (word.digit && word.folded.size() >= 5 && first >= '0' && first <= '9') found_.has_number = true;
        if (emoticon_word(word)) return;
        last_separator_ = '\0';
        const Meaning* meaning = word.cut ? nullptr : lexicon_.find(word.hash);
        if (word.folded.size() != word.end - word.begin && word.script == Script::latin) accents(word);
        if (meaning != nullptr) {
            known(*meaning, word);
        } else {
            found_.topics.offer(word, position_ == 0);
            follow(0);
        }
    }

    void mark(Sort sort) {
        if (sort == Sort::question) ++found_.question_marks;
        if (sort == Sort::exclamation) ++found_.exclamations;
        begin_sentence();
        last_separator_ = '\0';
    }

    void emoji(char32_t emoji) { found_.valence += emoji_valence(emoji); }

    void link(std::size_t) {
        found_.has_link = true;
        ++position_;
    }

    void separator(char sign) {
        // "karllekko: how do I", "Hi Ada, can you": the sentence begins after the name.
        if ((sign == ':' || sign == ',') && position_ <= 1) begin_sentence();
        const bool eyes = last_separator_ == ':' || last_separator_ == ';' || last_separator_ == '=';
        if (eyes && sign == ')') found_.valence += 1.5F;
        if (eyes && sign == '(') found_.valence -= 1.5F;
        if (sign != '-' || !eyes) last_separator_ = sign;
    }

private:
    void begin_sentence() {
        position_ = 0;
        previous_ = 0;
        negated_ = 0;
        working_ = 0;
        thanked_ = 0;
    }

    void known(const Meaning& meaning, const Word& word) {
        const std::uint32_t roles = meaning.roles;
        if (meaning.languages != 0) small_word(meaning.languages);
        ask(meaning, word);
        trouble(roles, word);
        feel(meaning, word);
        std::uint32_t kept = roles;
        if (negated_ > 0) kept &= ~static_cast<std::uint32_t>(praise);
        if (thanked_ > 0) kept &= ~static_cast<std::uint32_t>(seeks);  // "thanks for all your help"
        found_.roles |= kept;
        found_.spam_words += (roles & spam) != 0 ? 1U : 0U;
        found_.filler_words += (roles & (filler | greeting | thanks)) != 0 ? 1U : 0U;
        if ((roles & ~static_cast<std::uint32_t>(announces | spam)) == 0 && meaning.languages == 0) {
            found_.topics.offer(word, position_ == 0);
        }
        follow(roles);
    }

    void small_word(std::uint32_t languages) {
        const int shared = std::popcount(languages);
        const std::uint32_t points = shared == 1 ? 6 : shared == 2 ? 3 : 2;
        for (std::size_t i = 0; i < language_count; ++i) {
            if ((languages >> i & 1U) != 0) found_.language_points[i] += points;
        }
    }

    void ask(const Meaning& meaning, const Word& word) {
        const std::uint32_t roles = meaning.roles;
        if (position_ == 0 && (roles & asks) != 0) ++found_.leads;
        if (position_ == 1 && (previous_ & auxiliary) != 0 && (roles & subject) != 0) ++found_.leads;
        if ((previous_ & (asks | weak_ask)) != 0 && ((roles & auxiliary) != 0 || word.hash == word_to))
            ++found_.leads;
        if ((previous_ & modal) != 0 && (roles & you) != 0) ++found_.requests;
        // Portuguese and Spanish ask in the order in which English states: "voces podem ...".
        const bool english = (meaning.languages >> static_cast<unsigned>(Language::en) & 1U) != 0;
        if ((previous_ & you) != 0 && (roles & modal) != 0 && !english) ++found_.requests;
    }

    void trouble(std::uint32_t roles, const Word& word) {
        if ((roles & works) != 0 && negated_ > 0) ++found_.failures;
        // "funktioniert nicht", "ne marche pas", "werkt niet"
        if (working_ > 0 && (word.hash == word_nicht || word.hash == word_pas || word.hash == word_niet))
            ++found_.failures;
        if ((roles & first_person) != 0) own_ = 6;
        if ((roles & (problem | broken)) != 0 && own_ > 0) found_.own_trouble = true;
        if ((roles & negation) != 0) negated_ = 4;
        if ((roles & works) != 0) working_ = 4;
        if ((roles & thanks) != 0) thanked_ = 7;
    }

    void feel(const Meaning& meaning, const Word& word) {
        if (meaning.valence == 0) return;
        float valence = static_cast<float>(meaning.valence) / 10;
        if ((previous_ & booster) != 0) valence *= 1.3F;
        if (word.shouted) valence *= 1.2F;
        if (negated_ > 0 && (meaning.roles & negation) == 0) valence *= -0.7F;
        found_.valence += valence;
    }

    /// Moves on by a word.
    void follow(std::uint32_t roles) {
        const bool opening = position_ == 0 && (roles & (filler | greeting)) != 0 && (roles & auxiliary) == 0;
        if (!opening) ++position_;
        previous_ = roles;
        if (negated_ > 0) --negated_;
        if (working_ > 0) --working_;
        if (own_ > 0) --own_;
        if (thanked_ > 0) --thanked_;
    }

    /// ":D" and "<3".
    bool emoticon_word(const Word& word) {
        const bool laughs =
            (last_separator_ == ':' || last_separator_ == '=') && word.capital && word.folded == "d";
        const bool heart = last_separator_ == '<' && word.folded == "3";
        if (!laughs && !heart) return false;
        found_.valence += 1.5F;
        ++found_.filler_words;
        last_separator_ = '\0';
        return true;
    }

    /// Letters that few languages have. U+00C0 to U+00FF are 0xC3 and one byte; only small letters are looked
    /// at.
    void accents(const Word& word) {
        const auto vote = [&](Language language, std::uint32_t points) {
            found_.language_points[static_cast<std::size_t>(language)] += points;
        };
        for (std::size_t at = word.begin; at + 1 < word.end; ++at) {
            if (static_cast<unsigned char>(text_[at]) != 0xC3) continue;
            switch (static_cast<unsigned char>(text_[at + 1])) {
                case 0x9F:
                case 0xA4:
                case 0xB6:
                case 0xBC:
                    vote(Language::de, 2);
                    break;  // ß ä ö ü
                case 0xB1:
                    vote(Language::es, 4);
                    break;  // ñ
                case 0xA3:
                case 0xB5:
                    vote(Language::pt, 4);
                    break;  // ã õ
                case 0xA7:
                    vote(Language::pt, 2);
                    vote(Language::fr, 2);
                    break;  // ç
                case 0xA8:
                    vote(Language::fr, 2);
                    vote(Language::it, 2);
                    break;  // è
                case 0xAA:
                    vote(Language::fr, 2);
                    vote(Language::pt, 2);
                    break;  // ê
                case 0xAC:
                case 0xB2:
                    vote(Language::it, 2);
                    break;  // ì ò
                case 0xA1:
                case 0xAD:
                case 0xB3:
                case 0xBA:  // á í ó ú
                    vote(Language::es, 2);
                    vote(Language::pt, 2);
                    break;
                default:
                    break;
            }
        }
    }

    static float emoji_valence(char32_t emoji) {
        if (emoji >= 0x1F600 && emoji <= 0x1F60F) return 1.5F;  // smiling faces
        if (emoji == 0x2764 || emoji == 0x1F389 || emoji == 0x1F44D || emoji == 0x1F64F || emoji == 0x1F929) {
            return 1.5F;  // heart, party, thumbs up, folded hands, star eyes
        }
        if (emoji >= 0x1F493 && emoji <= 0x1F49F) return 1.5F;   // hearts
        if (emoji >= 0x1F620 && emoji <= 0x1F62D) return -1.5F;  // angry and crying faces
        if (emoji == 0x1F44E || emoji == 0x1F61E || emoji == 0x1F614) return -1.5F;
        return 0;
    }

    static inline const std::uint64_t word_to = word_hash("to");
    static inline const std::uint64_t word_nicht = word_hash("nicht");
    static inline const std::uint64_t word_pas = word_hash("pas");
    static inline const std::uint64_t word_niet = word_hash("niet");

    std::string_view text_;
    const Lexicon& lexicon_;
    const Brands& brands_;
    Evidence& found_;
    unsigned position_ = 0;       ///< Words since the sentence began, opening greetings left out.
    std::uint32_t previous_ = 0;  ///< Roles of the word before.
    unsigned negated_ = 0;        ///< Words for which the last negation still counts; likewise the next two.
    unsigned working_ = 0;
    unsigned own_ = 0;
    unsigned thanked_ = 0;
    char last_separator_ = '\0';
};

std::uint32_t bytes_of(const Evidence& evidence, Script script) {
    return evidence.script_bytes[static_cast<std::size_t>(script)];
}

}  // namespace

void gather(std::string_view text, const Lexicon& lexicon, const Brands& brands, Evidence& into) {
    Gatherer gatherer{text, lexicon, brands, into};
    Scanner<Gatherer>{text, gatherer}.run();
    into.mentions_brand = into.mentions_brand || brands.inside(text);
    const Script script = main_script(into);
    if (script == Script::latin || script == Script::none) return;
    int tenths = 0;
    const std::uint32_t roles = phrase_roles(text, script, tenths);
    into.roles |= roles;
    if ((roles & asks) != 0) ++into.leads;
    into.valence += static_cast<float>(tenths) / 10;
}

Script main_script(const Evidence& evidence) {
    const std::uint32_t kana = bytes_of(evidence, Script::hiragana) + bytes_of(evidence, Script::katakana);
    const std::uint32_t east = kana + bytes_of(evidence, Script::han);
    Script best = Script::none;
    std::uint32_t most = 0;
    for (std::size_t i = 1; i < script_count; ++i) {
        if (evidence.script_bytes[i] > most) {
            best = static_cast<Script>(i);
            most = evidence.script_bytes[i];
        }
    }
    // Latin words are sprinkled into every language: names, code, "API".
    if (best == Script::latin) {
        for (std::size_t i = 2; i < script_count; ++i) {
            if (evidence.script_bytes[i] * 2 > most) best = static_cast<Script>(i);
        }
        if (east * 2 > most) best = Script::han;
    }
    const bool eastern = best == Script::han || best == Script::katakana || best == Script::hiragana;
    return eastern && kana * 8 > east ? Script::hiragana : best;
}

std::string_view language_of(const Evidence& evidence, std::string_view text) {
    switch (main_script(evidence)) {
        case Script::hiragana:
        case Script::katakana:
            return "ja";
        case Script::han:
            return "zh";
        case Script::hangul:
            return "ko";
        case Script::arabic:
            // Letters that Persian has and Arabic has not.
            for (const char* letter : {"پ", "چ", "ژ", "گ"}) {
                if (text.find(letter) != std::string_view::npos) return "fa";
            }
            return "ar";
        case Script::cyrillic:
            for (const char* letter : {"і", "ї", "є", "ґ"}) {
                if (text.find(letter) != std::string_view::npos) return "uk";
            }
            return "ru";
        case Script::greek:
            return "el";
        case Script::hebrew:
            return "he";
        case Script::thai:
            return "th";
        case Script::devanagari:
            return "hi";
        case Script::latin:
            break;
        default:
            return "unknown";
    }
    constexpr std::array<std::string_view, language_count> codes{
        "en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "no", "pl", "cs", "hu", "ro", "fi", "tr", "id"};
    std::size_t best = 0;
    bool alone = true;
    for (std::size_t i = 1; i < language_count; ++i) {
        if (evidence.language_points[i] == evidence.language_points[best]) alone = false;
        if (evidence.language_points[i] > evidence.language_points[best]) {
            best = i;
            alone = true;
        }
    }
    return alone && evidence.language_points[best] > 0 ? codes[best] : "unknown";
}

}  // namespace rapport::reading
