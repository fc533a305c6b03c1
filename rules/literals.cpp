#include "rules/literals.hpp"

#include <algorithm>

#include "rules/fold.hpp"
#include "rules/utf8.hpp"

namespace rapport::rules {
namespace {

using Literals = std::optional<std::vector<std::string>>;

bool ascii_digit(char c) {
    return c >= '0' && c <= '9';
}
bool ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// How useful: the length of the shortest, since any of them lets the pattern through.
std::size_t strength(const Literals& literals) {
    if (!literals || literals->empty()) return 0;
    return std::ranges::min_element(*literals, {}, &std::string::size)->size();
}

/// Walks over RE2's syntax as far as literals need it.
class Reader {
public:
    explicit Reader(std::string_view source) : text_(source) {}

    Literals run() {
        Literals literals = alternation(0);
        if (gave_up_ || at_ != text_.size() || strength(literals) < shortest_literal) return std::nullopt;
        return literals;
    }

private:
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    bool more() const { return at_ < text_.size() && !gave_up_; }

    Literals alternation(int depth) {
        if (depth > 50) gave_up_ = true;
        Literals all = sequence(depth);
        while (more() && peek() == '|') {
            ++at_;
            const Literals next = sequence(depth);
            if (all && next)
                all->insert(all->end(), next->begin(), next->end());
            else
                all.reset();
        }
        return all;
    }

    Literals sequence(int depth) {
        Literals best;
        std::string run;
        const auto offer = [&](Literals literals) {
            if (strength(literals) > strength(best)) best = std::move(literals);
        };
        const auto flush = [&] {
            if (!run.empty()) offer(std::vector{std::move(run)});
            run.clear();
        };
        while (more() && peek() != '|' && peek() != ')') {
            if (const std::optional<char> c = literal()) {
                const bool optional = next_may_be_absent();
                const bool repeated = peek() != '\0' && skip_quantifier();
                if (!optional) run += *c;
                if (optional || repeated) flush();
                continue;
            }
            flush();
            Literals inner = peek() == '(' ? group(depth) : skip_other();
            if (next_may_be_absent()) inner.reset();
            skip_quantifier();
            offer(std::move(inner));
        }
        flush();
        return best;
    }

    /// Takes one character that stands for itself, if the next one does.
    std::optional<char> literal() {
        const char c = peek();
        const bool escaped = c == '\\';
        const char own = escaped ? peek(1) : c;
        const bool ascii = static_cast<unsigned char>(own) < 0x80 && own != '\0';
        if (!ascii) return std::nullopt;
        if (escaped ? ascii_letter(own) || ascii_digit(own)
                    : std::string_view{"()[]{}.*+?^$|\\"}.find(own) != std::string_view::npos)
            return std::nullopt;
        at_ += escaped ? 2 : 1;
        return own;
    }

    bool next_may_be_absent() const { return peek() == '?' || peek() == '*' || peek() == '{'; }

    bool skip_quantifier() {
        const std::size_t begin = at_;
        if (peek() == '?' || peek() == '*' || peek() == '+') {
            ++at_;
        } else if (peek() == '{') {
            std::size_t end = at_ + 1;
            while (end < text_.size() && (ascii_digit(text_[end]) || text_[end] == ',')) ++end;
            if (end < text_.size() && text_[end] == '}' && end > at_ + 1) at_ = end + 1;
        }
        if (at_ != begin && peek() == '?') ++at_;
        return at_ != begin;
    }

    Literals group(int depth) {
        ++at_;
        if (peek() == '?' && !skip_group_head()) return std::nullopt;
        Literals inner = alternation(depth + 1);
        if (peek() != ')') gave_up_ = true;
        ++at_;
        return inner;
    }

    /// After "(": "?:", "?i:", "?P<name>"; false if it was "?i)", which is no group.
    bool skip_group_head() {
        while (more() && peek() != ':' && peek() != '>' && peek() != ')') ++at_;
        const bool is_group = peek() != ')';
        ++at_;
        return is_group;
    }

    /// A class, an anchor, a dot, an escape: something without a literal.
    Literals skip_other() {
        if (peek() == '[') {
            skip_class();
        } else if (peek() == '\\') {
            // Escapes of which more letters than one belong to the escape.
            if (std::string_view{"QExpPC01234567"}.find(peek(1)) != std::string_view::npos) gave_up_ = true;
            at_ += 2;
        } else {
            at_ += first_code_point(text_.substr(at_)).size;
        }
        return std::nullopt;
    }

    void skip_class() {
        ++at_;
        if (peek() == '^') ++at_;
        if (peek() == ']') ++at_;
        while (more() && peek() != ']') {
            if (peek() == '[' && peek(1) == ':') gave_up_ = true;
            at_ += peek() == '\\' ? 2 : 1;
        }
        ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool gave_up_ = false;
};

}  // namespace

Literals necessary_literals(std::string_view source) {
    Literals literals = Reader{source}.run();
    if (literals)
        for (std::string& literal : *literals) literal = fold(literal);
    return literals;
}

std::uint32_t LiteralFinder::add(std::string literal) {
    // The three bytes that fewest others are found by, so that few are compared in vain.
    std::uint32_t best = 0;
    std::size_t fewest = ~std::size_t{0};
    for (std::size_t i = 0; i + shortest_literal <= literal.size(); ++i) {
        const auto found = by_gram_.find(gram_at(literal, i));
        const std::size_t others = found == by_gram_.end() ? 0 : found->second.size();
        if (others >= fewest) continue;
        fewest = others;
        best = static_cast<std::uint32_t>(i);
    }
    const std::uint32_t gram = gram_at(literal, best);
    const std::uint32_t bit = hash(gram);
    filter_[bit / 64] |= std::uint64_t{1} << bit % 64;
    const auto number = static_cast<std::uint32_t>(literals_.size());
    by_gram_[gram].push_back({number, best});
    literals_.push_back(std::move(literal));
    return number;
}

}  // namespace rapport::rules
