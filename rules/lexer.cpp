#include "rules/lexer.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "rules/utf8.hpp"

namespace rapport::rules {
namespace {

bool digit(char c) {
    return c >= '0' && c <= '9';
}
bool letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}
bool word_character(char c) {
    return letter(c) || digit(c) || c == '.' || c == '-';
}
bool blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::optional<Duration> unit_of(char c) noexcept {
    switch (c) {
        case 's':
            return std::chrono::seconds{1};
        case 'm':
            return std::chrono::minutes{1};
        case 'h':
            return std::chrono::hours{1};
        case 'd':
            return std::chrono::days{1};
        case 'w':
            return std::chrono::weeks{1};
        default:
            return std::nullopt;
    }
}

/// What people bring from other languages, and how it is written here.
struct Foreign {
    std::string_view theirs;
    std::string_view ours;
};
constexpr std::array<Foreign, 5> foreign = {
    {{"==", "="}, {"&&", "and"}, {"||", "or"}, {"<>", "!="}, {"=>", ">="}}};

class Lexer {
public:
    Lexer(std::string_view text, const Problem& problem) : text_(text), problem_(problem) {}

    std::vector<Token> run() {
        while (skip_blanks()) next();
        tokens_.push_back({TokenKind::end, "", text_.size(), text_.size()});
        return std::move(tokens_);
    }

private:
    bool skip_blanks() {
        while (at_ < text_.size() && blank(text_[at_])) ++at_;
        return at_ < text_.size();
    }

    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    bool after(std::string_view word) const { return !tokens_.empty() && tokens_.back().is(word); }

    void next() {
        if (after("matches") && peek() == '/') return regex();
        if (peek() == '"' || peek() == '\'') return quoted();
        if (curly_quote()) return;
        if (letter(peek())) return word();
        if (digit(peek()) || (peek() == '-' && digit(peek(1)))) return numeric();
        symbol();
    }

    void push(TokenKind kind, std::string text, std::size_t end, double number = 0) {
        tokens_.push_back({kind, std::move(text), at_, end, number});
        at_ = end;
    }

    bool curly_quote() {
        const char32_t c = first_code_point(text_.substr(at_)).value;
        if (c < 0x2018 || c > 0x201F) return false;
        problem_(at_, "curly quotes do not enclose a text here", "write straight ones: \"...\"");
        at_ += 3;
        return true;
    }

    void word() {
        std::size_t end = at_;
        while (end < text_.size() && word_character(text_[end])) ++end;
        push(TokenKind::word, std::string{text_.substr(at_, end - at_)}, end);
    }

    void numeric() {
        std::size_t end = at_ + 1;
        while (end < text_.size() && word_character(text_[end])) ++end;
        const std::string_view text = text_.substr(at_, end - at_);
        if (const auto number = parse_number(text))
            return push(TokenKind::number, std::string{text}, end, *number);
        if (const auto duration = parse_duration(text))
            return push(TokenKind::duration, std::string{text}, end, static_cast<double>(duration->count()));
        push(TokenKind::word, std::string{text}, end);  // what it should have been is known where it is used
    }

    void quoted() {
        const char quote = peek();
        std::string text;
        std::size_t i = at_ + 1;
        while (i < text_.size() && text_[i] != quote) {
            if (text_[i] == '\\' && i + 1 < text_.size() && (text_[i + 1] == quote || text_[i + 1] == '\\'))
                ++i;
            text += text_[i++];
        }
        if (i == text_.size())
            problem_(
                at_, "this text has no closing quote",
                "in YAML, \" #\" begins a comment: with such a text, write the condition below `when: >-`");
        push(TokenKind::quoted, std::move(text), std::min(i + 1, text_.size()));
    }

    void regex() {
        std::string pattern;
        std::size_t i = at_ + 1;
        while (i < text_.size() && text_[i] != '/') {
            const bool escape = text_[i] == '\\' && i + 1 < text_.size();
            if (escape && text_[i + 1] != '/') pattern += text_[i];
            if (escape) ++i;
            pattern += text_[i++];
        }
        if (i == text_.size()) problem_(at_, "this pattern has no closing /", "write a / within it as \\/");
        std::size_t end = std::min(i + 1, text_.size());
        bool ignore_case = false;
        for (; end < text_.size() && letter(text_[end]); ++end) {
            if (text_[end] != 'i')
                problem_(end, fmt::format("unknown letter {} after the pattern", cut(text_.substr(end), 4)),
                         "only i is known: it ignores case");
            ignore_case = true;
        }
        push(TokenKind::regex, std::move(pattern), end);
        tokens_.back().ignore_case = ignore_case;
    }

    void symbol() {
        for (const auto& [theirs, ours] : foreign) {
            if (!text_.substr(at_).starts_with(theirs)) continue;
            problem_(at_, fmt::format("{} is not an operator here", theirs),
                     fmt::format("did you mean {}?", ours));
            const bool is_word = letter(ours[0]);
            return push(is_word ? TokenKind::word : TokenKind::symbol, std::string{ours},
                        at_ + theirs.size());
        }
        for (const std::string_view known : {"!=", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ","})
            if (text_.substr(at_).starts_with(known))
                return push(TokenKind::symbol, std::string{known}, at_ + known.size());
        if (peek() == '!') {
            problem_(at_, "! is not an operator here", "did you mean not?");
            return push(TokenKind::word, "not", at_ + 1);
        }
        problem_(at_, fmt::format("unexpected character {}", peek()), "");
        ++at_;
    }

    std::string_view text_;
    const Problem& problem_;
    std::vector<Token> tokens_{};
    std::size_t at_ = 0;
};

}  // namespace

std::vector<Token> tokenize(std::string_view condition, const Problem& problem) {
    return Lexer{condition, problem}.run();
}

std::optional<double> parse_number(std::string_view text) noexcept {
    double number = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
    const bool begins_well = !text.empty() && (digit(text[0]) || text[0] == '-');
    if (!begins_well || error != std::errc{} || end != text.data() + text.size() || number != number)
        return std::nullopt;
    if (number > 1e15 || number < -1e15) return std::nullopt;
    return number;
}

std::optional<Duration> parse_duration(std::string_view text) noexcept {
    constexpr Duration longest = std::chrono::days{3660};
    Duration sum{};
    std::size_t i = 0;
    while (i < text.size()) {
        std::int64_t count = 0;
        const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), count);
        if (error != std::errc{} || end == text.data() + text.size() || count < 0) return std::nullopt;
        const std::optional<Duration> unit = unit_of(*end);
        if (!unit || count > longest / *unit) return std::nullopt;
        sum += count * *unit;
        i = static_cast<std::size_t>(end - text.data()) + 1;
        while (i < text.size() && text[i] == ' ') ++i;
    }
    if (text.empty() || sum > longest) return std::nullopt;
    return sum;
}

}  // namespace rapport::rules
