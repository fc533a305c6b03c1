#include "bot/heads/noter.hpp"

namespace rapport::heads {

using reading::Sort;
using reading::Word;

namespace {

constexpr std::uint64_t shout = 0x7777, plain_word = 0x1111, sign_mark = 0x9000;

/// Digits are all alike: a number says little, its length something.
std::uint64_t shape_hash(const Word& word) {
    if (!word.digit) return word.hash;
    std::array<char, 48> shape{};
    const std::size_t length = std::min(shape.size(), word.folded.size());
    for (std::size_t i = 0; i < length; ++i) {
        const char byte = word.folded[i];
        shape[i] = byte >= '0' && byte <= '9' ? '0' : byte;
    }
    return reading::word_hash({shape.data(), length});
}

/// `word` with no letter more than `most` times in a row; empty if that changes nothing.
std::string_view shortened(std::string_view word, std::size_t most, std::array<char, 48>& room) {
    std::size_t length = 0, run = 0;
    for (std::size_t i = 0; i < word.size() && length < room.size(); ++i) {
        run = i > 0 && word[i] == word[i - 1] ? run + 1 : 1;
        if (run <= most) room[length++] = word[i];
    }
    return length == word.size() ? std::string_view{} : std::string_view{room.data(), length};
}

float bounded(float sum, float width) {
    return sum / std::sqrt(sum * sum + width);
}

float share(unsigned count, unsigned most) {
    return static_cast<float>(std::min(count, most)) / static_cast<float>(most);
}

}  // namespace

void Noter::word(const Word& word) {
    const bool face = word_of_face(word);
    eyes_ = '\0';
    blank_ = false;
    if (face) return;
    if (word.handle) {
        take(handle_mark);
        pair(handle_mark);
        previous_ = handle_mark;
        ++handles_;
        return;
    }
    ++words_;
    if (word.shouted) ++shouted_;
    if (word.digit) ++numbers_;
    if (word.digit && word.folded.size() >= 5) ++long_numbers_;
    const std::uint64_t hash = shape_hash(word);
    take(hash ^ plain_word);
    if (word.shouted) take(hash ^ shout);
    pair(hash);
    previous_ = hash;

    const reading::Meaning* meaning = extractor_.lexicon_.find(word.hash);
    const std::uint32_t roles = meaning == nullptr ? 0 : meaning->roles;
    fillers_ += (roles & (reading::filler | reading::thanks | reading::greeting)) != 0 ? 1U : 0U;

    const Feeling* known = nullptr;
    const float feeling = feeling_of(word, known);
    const Turn does = known == nullptr ? Turn::none : known->turn;
    if (does == Turn::but) {
        ++buts_;
        before_but_ += sum_;
        sum_ = 0;
    }
    const bool turns = negated_ > 0 && does != Turn::negation;
    if (feeling != 0 && turns) ++turned_;
    if (feeling != 0) add(turns ? feeling * -0.65F : feeling);
    turn(does);
}

float Noter::feeling_of(const Word& word, const Feeling*& found) {
    found = extractor_.feelings_.find(word.hash);
    std::array<char, 48> room{};
    const std::string_view shorter = shortened(word.folded, 2, room);
    const bool drawn = !shorter.empty();
    if (drawn) ++drawn_out_;
    if (drawn && found == nullptr) found = extractor_.feelings_.find(reading::word_hash(shorter));
    if (drawn && found == nullptr)
        found = extractor_.feelings_.find(reading::word_hash(shortened(word.folded, 1, room)));
    if (found == nullptr || found->tenths == 0) return 0;
    float strength = std::abs(static_cast<float>(found->tenths)) / 10;
    strength += boost_ != 0 ? 0.45F * boost_ : 0.3F * boost_before_;
    if (word.shouted) strength += 0.6F;
    if (drawn) strength += 0.4F;
    return std::copysign(strength, static_cast<float>(found->tenths));
}

void Noter::turn(Turn turn) {
    boost_before_ = boost_;
    boost_ = turn == Turn::booster ? 1.0F : turn == Turn::damper ? -1.0F : 0.0F;
    if (negated_ > 0) --negated_;
    if (turn == Turn::negation) {
        negated_ = 4;
        ++negations_;
    }
    if (turn == Turn::no_thanks && just_thanked_) thanked_ = false;
    just_thanked_ = turn == Turn::thanks && negated_ != 3;  // not after "no"
    thanked_ = thanked_ || just_thanked_;
    appreciates_ = appreciates_ || turn == Turn::appreciates;
    self_ += turn == Turn::self ? 1U : 0U;
    other_ += turn == Turn::other ? 1U : 0U;
}

void Noter::add(float feeling) {
    sum_ += feeling;
    if (feeling > 0) {
        glad_ += feeling;
        ++glad_words_;
        gladdest_ = std::max(gladdest_, feeling);
    } else {
        sad_ += feeling;
        ++sad_words_;
        saddest_ = std::min(saddest_, feeling);
    }
    last_ = feeling;
    if (glad_words_ + sad_words_ == 1) first_ = feeling;
}

/// ":D", ":P", ":S", "<3": a letter right after the eyes.
bool Noter::word_of_face(const Word& word) {
    if (eyes_ == '\0' || blank_ || word.end - word.begin != 1) return false;
    const char mouth = text_[word.begin];
    if (!fresh_eyes_ && mouth != 'D' && eyes_ != '<') return false;  // "1:3", "x=3"
    if (eyes_ == '<') {
        if (mouth == '3') face(2.6F);
        return mouth == '3';
    }
    switch (mouth) {
        case 'D':
        case 'P':
        case 'p':
        case '3':
            face(2.2F);
            return true;
        case 'S':
        case 's':
        case 'L':
            face(-1.6F);
            return true;
        default:
            return false;
    }
}

void Noter::face(float feeling) {
    faces_ += feeling;
    add(feeling);
    take(feeling > 0 ? 0xFACE : 0xFADE);
}

void Noter::mark(Sort sort) {
    eyes_ = '\0';
    blank_ = true;
    if (sort == Sort::question) {
        ++questions_;
        take(0x3F3F ^ previous_ * 0x2545F4914F6CDD1DU);
    } else if (sort == Sort::exclamation) {
        ++exclamations_;
        take(0x2121 ^ previous_ * 0x2545F4914F6CDD1DU);
    } else {
        ++sentences_;
        if (sentences_ < 3) take(0x2E2E ^ previous_ * 0x2545F4914F6CDD1DU);
        previous_ = sentence_begins;
        negated_ = 0;
        boost_ = boost_before_ = 0;
    }
}

void Noter::emoji(char32_t emoji) {
    take(0xE30717 ^ emoji * std::uint64_t{77});
    const float feeling = extractor_.feelings_.of_sign(emoji);
    if (feeling == 0) return;
    faces_ += feeling;
    add(feeling);
}

void Noter::link(std::size_t) {
    ++links_;
    take(link_mark);
    pair(link_mark);
    previous_ = link_mark;
    eyes_ = '\0';
    blank_ = false;
}

void Noter::separator(char sign) {
    constexpr std::string_view telling = "$%#&`{}<>=", of_code = "`{}(_<>=;/";
    if (telling.find(sign) != std::string_view::npos) take(sign_mark + static_cast<unsigned char>(sign));
    if (of_code.find(sign) != std::string_view::npos) ++code_;
    if (sign == '$') money_ = true;
    if (sign == '#') ++hashtags_;

    const bool eyes = eyes_ != '\0' && eyes_ != '<';
    const bool was_blank = blank_;
    blank_ = sign == ' ' || (sign >= '\t' && sign <= '\r');
    if (eyes && (sign == '-' || sign == '\'' || sign == '^')) return;  // a nose
    const bool fresh = eyes && fresh_eyes_;
    eyes_ = '\0';
    if (sign == ':' || sign == ';' || sign == '=' || sign == '<') {
        eyes_ = sign;
        fresh_eyes_ = was_blank;
    } else if (eyes && (sign == ')' || (fresh && sign == ']'))) {
        face(2);
    } else if (eyes && (sign == '(' || (fresh && sign == '['))) {
        face(-2);
    } else if (fresh && sign == '*') {
        face(2.2F);
    } else if (fresh && (sign == '/' || sign == '\\' || sign == '|')) {
        face(-1.3F);
    }
}

void Noter::finish(bool money) {
    const float weighed = buts_ > 0 ? 0.5F * before_but_ + 1.5F * sum_ : sum_;
    const float loud = 0.3F * static_cast<float>(std::min(exclamations_, 4U));
    const float feeling = weighed + (weighed > 0 ? loud : weighed < 0 ? -loud : 0.0F);
    const auto words = static_cast<float>(std::max(words_, 1U));
    const auto set = [&](Trait trait, float value) { into_.traits[static_cast<std::size_t>(trait)] = value; };
    set(Trait::one, 1);
    set(Trait::feeling, bounded(feeling, 15));
    set(Trait::feeling_keen, bounded(feeling, 4));
    set(Trait::feeling_wide, bounded(feeling, 40));
    set(Trait::gladness, bounded(glad_, 10));
    set(Trait::sorrow, bounded(sad_, 10));
    set(Trait::feeling_by_root, feeling / std::sqrt(words) / 2);
    set(Trait::feeling_by_words, feeling / words);
    set(Trait::gladdest, gladdest_ / 4);
    set(Trait::saddest, saddest_ / 4);
    set(Trait::last_feeling, last_ / 4);
    set(Trait::first_feeling, first_ / 4);
    set(Trait::plain_feeling, bounded(before_but_ + sum_, 15));
    set(Trait::has_but, buts_ > 0 ? 1 : 0);
    set(Trait::after_but, buts_ > 0 ? bounded(sum_, 8) : 0);
    set(Trait::before_but, buts_ > 0 ? bounded(before_but_, 8) : 0);
    set(Trait::exclamations, share(exclamations_, 4));
    set(Trait::questions, share(questions_, 3));
    set(Trait::length, std::log1p(static_cast<float>(words_)) / 4);
    set(Trait::negations, share(negations_, 3));
    set(Trait::turned, share(turned_, 3));
    set(Trait::faces, std::clamp(faces_, -4.0F, 4.0F) / 4);
    set(Trait::shouted, share(shouted_, 5));
    set(Trait::drawn_out, share(drawn_out_, 3));
    set(Trait::self, share(self_, 3));
    set(Trait::other, share(other_, 3));
    set(Trait::glad_words, static_cast<float>(glad_words_) / words);
    set(Trait::sad_words, static_cast<float>(sad_words_) / words);
    set(Trait::mixed, glad_words_ > 0 && sad_words_ > 0 ? 1 : 0);
    set(Trait::no_feeling, glad_words_ + sad_words_ == 0 ? 1 : 0);
    set(Trait::handles, share(handles_, 3));
    set(Trait::hashtags, share(hashtags_, 3));
    set(Trait::code, share(code_, 10));
    set(Trait::links, links_ > 0 ? 1 : 0);
    set(Trait::long_numbers, share(long_numbers_, 3));
    set(Trait::numbers, share(numbers_, 5));
    set(Trait::thanks, thanked_ ? 1 : 0);
    set(Trait::appreciates, appreciates_ ? 1 : 0);
    set(Trait::fillers, static_cast<float>(fillers_) / words);
    set(Trait::money, money || money_ ? 1 : 0);
    set(Trait::sentences, share(sentences_, 6));
    set(Trait::glad_exclaimed, feeling > 0 ? share(exclamations_, 4) : 0);
    set(Trait::sad_exclaimed, feeling < 0 ? share(exclamations_, 4) : 0);
}

}  // namespace rapport::heads
