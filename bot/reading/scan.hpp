#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "bot/reading/code_points.hpp"

namespace rapport::reading {

/// The hash under which words are looked up. Not for hostile keys: tables of it are fixed before texts are
/// read.
inline std::uint64_t word_hash(std::string_view word) {
    std::uint64_t hash = word.size() * 0x9E3779B97F4A7C15U;
    while (!word.empty()) {
        std::uint64_t piece = 0;
        const std::size_t taken = word.size() < 8 ? word.size() : 8;
        std::memcpy(&piece, word.data(), taken);
        hash = (hash ^ piece) * 0xD6E8FEB86659FD93U;
        hash ^= hash >> 32U;
        word.remove_prefix(taken);
    }
    return hash;
}

/// One word of a text.
struct Word {
    std::string_view folded{};  ///< As `fold` has it, apostrophes left out; valid during the call only.
    std::uint64_t hash = 0;     ///< Of `folded`.
    std::size_t begin = 0;      ///< Where it stands in the text, in bytes.
    std::size_t end = 0;
    Script script = Script::none;
    bool capital = false;  ///< Begins with an ASCII capital.
    bool shouted = false;  ///< All ASCII capitals, two or more.
    bool digit = false;    ///< Has a digit in it.
    bool cut = false;      ///< Longer than words are; `folded` is its beginning.
    bool handle = false;   ///< Stands after an '@'.
};

/// Goes through a text once and tells `Sink` what it meets, in order:
///   void word(const Word&); void mark(Sort); void emoji(char32_t); void link(std::size_t at);
///   void separator(char ascii)
/// `mark` gets question marks, exclamation marks and ends of sentences. Works on any bytes and never
/// allocates.
template <class Sink>
class Scanner {
public:
    Scanner(std::string_view text, Sink& sink) : text_(text), sink_(sink) {}

    void run() {
        while (at_ < text_.size()) {
            const auto byte = static_cast<unsigned char>(text_[at_]);
            if (byte < 0x80) {
                ascii(static_cast<char>(byte));
            } else {
                beyond_ascii(code_point_at(text_, at_));
            }
        }
        finish_word();
    }

private:
    static constexpr std::size_t longest_word = 40;

    static constexpr bool is_letter(char byte) { return (byte | 32) >= 'a' && (byte | 32) <= 'z'; }
    static constexpr bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
    static constexpr bool is_space(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

    void ascii(char byte) {
        if (is_letter(byte) || is_digit(byte) || byte == '_') {
            if (letters_ == 0) {
                if (is_letter(byte) && link_begins()) return take_link();
                start_word(Script::latin);
            } else if (runs_together(word_.script)) {
                finish_word();
                start_word(Script::latin);
            }
            const bool capital = byte >= 'A' && byte <= 'Z';
            capitals_ += capital ? 1U : 0U;
            word_.capital = word_.capital || (capital && letters_ == 0);
            word_.digit = word_.digit || is_digit(byte);
            put(static_cast<char>(capital ? byte + 32 : byte));
            ++letters_;
            ++at_;
            return;
        }
        if (byte == '\'' && letters_ > 0) return apostrophe(1);
        finish_word();
        ++at_;
        switch (byte) {
            case '?':
                return sink_.mark(Sort::question);
            case '!':
                return sink_.mark(Sort::exclamation);
            case '\n':
                return sink_.mark(Sort::stop);
            case '.':
                // A dot inside "node.js" or "1.5" ends no sentence.
                if (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '.')
                    return sink_.separator(byte);
                return sink_.mark(Sort::stop);
            case '@':
                handle_ = true;
                return sink_.separator(byte);
            default:
                return sink_.separator(byte);
        }
    }

    void beyond_ascii(const CodePoint& point) {
        switch (point.sort) {
            case Sort::silent:
                break;
            case Sort::letter:
            case Sort::digit:
                return letter(point);
            case Sort::apostrophe:
                if (letters_ > 0) return apostrophe(point.length);
                break;
            case Sort::emoji:
                finish_word();
                sink_.emoji(point.value);
                break;
            case Sort::separator:
                finish_word();
                sink_.separator(' ');
                break;
            case Sort::question:
            case Sort::exclamation:
            case Sort::stop:
                finish_word();
                sink_.mark(point.sort);
                break;
        }
        at_ += point.length;
    }

    void letter(const CodePoint& point) {
        const Script script = point.sort == Sort::digit && letters_ > 0 ? word_.script : point.script;
        // Without spaces, a change of script is the best sign that a word ends.
        if (letters_ > 0 && script != word_.script &&
            (runs_together(script) || runs_together(word_.script))) {
            finish_word();
        }
        if (letters_ == 0) start_word(script);
        std::array<char, 4> bytes{};
        const std::size_t length = fold(point, bytes.data());
        for (std::size_t i = 0; i < length; ++i) put(bytes[i]);
        ++letters_;
        at_ += point.length;
    }

    /// "don't" is one word, "l'erreur" and "acme's" are two.
    void apostrophe(std::size_t length) {
        const bool elision = letters_ <= 2 && word_.script == Script::latin;
        at_ += length;
        const bool s = at_ < text_.size() && (text_[at_] | 32) == 's';
        const bool possessive = s && (at_ + 1 == text_.size() || !is_letter(text_[at_ + 1]));
        if (!elision && !possessive) return;
        at_ -= length;  // The word ends before the apostrophe.
        finish_word();
        at_ += length;
    }

    void start_word(Script script) {
        word_ = Word{};
        word_.begin = at_;
        word_.script = script;
        word_.handle = handle_;
        length_ = 0;
        capitals_ = 0;
    }

    void put(char byte) {
        if (length_ == longest_word) {
            word_.cut = true;
        } else {
            buffer_[length_++] = byte;
        }
    }

    void finish_word() {
        handle_ = false;
        if (letters_ == 0) return;
        word_.end = at_;
        word_.folded = {buffer_.data(), length_};
        word_.hash = word_hash(word_.folded);
        word_.shouted = capitals_ >= 2 && capitals_ == letters_;
        letters_ = 0;
        sink_.word(word_);
    }

    bool link_begins() const {
        const char first = text_[at_];
        if (first != 'h' && first != 'w' && first != 'H' && first != 'W') return false;
        const std::string_view rest = text_.substr(at_);
        return rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.") ||
               rest.starts_with("HTTP://") || rest.starts_with("HTTPS://");
    }

    void take_link() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '>' && text_[at_] != '<') ++at_;
        handle_ = false;
        sink_.link(begin);
    }

    std::string_view text_;
    Sink& sink_;
    std::size_t at_ = 0;
    Word word_{};
    std::array<char, longest_word> buffer_{};
    std::size_t length_ = 0;   ///< Bytes in buffer_.
    std::size_t letters_ = 0;  ///< Letters of the word that is being read; 0: none is.
    std::size_t capitals_ = 0;
    bool handle_ = false;
};

}  // namespace rapport::reading
