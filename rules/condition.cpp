#include "rules/condition.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "rules/rule_set.hpp"
#include "rules/test_reader.hpp"
#include "rules/utf8.hpp"

namespace rapport::rules {
namespace {

/// Recursive descent over the tokens. After a mistake it goes on at the next `and`, `or` or `)`, to find
/// others.
class Parser {
public:
    Parser(std::string_view text, std::vector<Test>& tests, PatternCache& patterns, const Problem& problem)
        : tokens_(tokenize(text, problem)), tests_(tests), patterns_(patterns), problem_(problem) {}

    Condition run() {
        if (peek().kind == TokenKind::end) {
            problem_(0, "the condition is empty", "for every message, write message.length >= 0");
            return {};
        }
        Condition condition = any();
        while (peek().kind != TokenKind::end) {
            problem_(peek().begin, "this ) closes nothing", "");
            ++at_;
            if (peek().is("and") || peek().is("or")) ++at_;
            if (peek().kind != TokenKind::end && !peek().is(")")) any();
        }
        return condition;
    }

private:
    const Token& peek(std::size_t ahead = 0) const {
        return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
    }
    Token take() {
        Token token = peek();
        if (token.kind != TokenKind::end) ++at_;
        return token;
    }
    std::uint32_t last_end() const { return at_ == 0 ? 0 : static_cast<std::uint32_t>(tokens_[at_ - 1].end); }

    template <class Inner>
    Condition chain(std::string_view word, Condition::Kind kind, Inner inner) {
        Condition first = inner();
        if (!peek().is(word)) return first;
        Condition joined{kind, first.begin};
        joined.parts.push_back(std::move(first));
        while (peek().is(word)) {
            ++at_;
            joined.parts.push_back(inner());
        }
        joined.end = last_end();
        return joined;
    }
    Condition any() {
        return chain("or", Condition::Kind::any, [this] { return all(); });
    }
    Condition all() {
        return chain("and", Condition::Kind::all, [this] { return negation(); });
    }

    Condition negation() {
        const auto begin = static_cast<std::uint32_t>(peek().begin);
        if (!peek().is("not") && !peek().is("(")) return test();
        if (++depth_ > max_condition_depth) {
            if (!too_deep_)
                problem_(begin, fmt::format("nested more than {} deep", max_condition_depth),
                         "split the rule");
            too_deep_ = true;
            at_ = tokens_.size() - 1;
            --depth_;
            return {};
        }
        Condition result;
        if (take().is("not")) {
            result = {Condition::Kind::negation, begin};
            result.parts.push_back(negation());
            result.end = last_end();
        } else {
            result = any();
            if (peek().is(")"))
                ++at_;
            else if (!too_deep_)
                problem_(begin, "this ( is never closed", "write a ) where it should end");
            result.begin = begin;
            result.end = last_end();
        }
        --depth_;
        return result;
    }

    Condition test() {
        Condition result{Condition::Kind::test, static_cast<std::uint32_t>(peek().begin)};
        const bool good = read_test();
        if (!good) recover();
        result.test = tests_.empty() ? 0 : static_cast<std::uint32_t>(tests_.size() - 1);
        result.end = last_end();
        if (good) expect_joint();
        return result;
    }

    /// False if what follows cannot be understood.
    bool read_test() {
        const Token name = peek();
        if (name.kind != TokenKind::word || name.is("and") || name.is("or") || is_operator(name)) {
            problem_(name.begin, fmt::format("a condition should stand here, not {}", shown(name)),
                     "it begins with a fact, such as person.role");
            return false;
        }
        ++at_;
        const std::optional<Fact> fact = find_fact(name.text);
        if (!fact)
            problem_(name.begin, fmt::format("unknown fact {}", cut(name.text, 60)), suggest_fact(name.text));
        if (!is_operator(peek())) return bare(fact, name);
        const Token op = take();
        if (op.is("not") || op.is("is")) {
            problem_(op.begin, fmt::format("{} cannot stand after a fact", op.text),
                     op.is("not") ? fmt::format("write not {} in [...]", name.text) : "write = or !=");
            return false;
        }
        const std::optional<Operand> value = operand(op);
        if (!value) return false;
        if (fact) tests_.push_back(make_test(info(*fact), op, *value, patterns_, problem_));
        return true;
    }

    bool bare(std::optional<Fact> fact, const Token& name) {
        if (fact && info(*fact).type != Type::boolean)
            problem_(name.begin, fmt::format("{} is not true or false, so it cannot stand alone", name.text),
                     fmt::format("add {}", operators_of(info(*fact).type)));
        if (!fact) return true;
        Test test;
        test.fact = *fact;
        test.mask = 0b10;
        tests_.push_back(std::move(test));
        return true;
    }

    static bool is_operator(const Token& token) {
        if (token.kind == TokenKind::symbol) return token.text.find_first_of("=<>") != std::string::npos;
        return token.is("in") || token.is("has") || token.is("contains") || token.is("matches") ||
               token.is("not") || token.is("is");
    }

    static bool is_value(const Token& token) {
        return token.kind != TokenKind::symbol && token.kind != TokenKind::end && !token.is("and") &&
               !token.is("or");
    }

    std::optional<Operand> operand(const Token& op) {
        Operand result;
        result.begin = peek().begin;
        if (peek().is("[")) {
            ++at_;
            return list(std::move(result));
        }
        if (!is_value(peek())) {
            problem_(peek().begin, fmt::format("a value is missing after {}", op.text), "");
            return std::nullopt;
        }
        result.values.push_back(take());
        return result;
    }

    std::optional<Operand> list(Operand result) {
        result.list = true;
        while (is_value(peek())) {
            result.values.push_back(take());
            if (!peek().is(",")) break;
            ++at_;
        }
        if (!peek().is("]")) {
            problem_(peek().begin,
                     fmt::format("in this list, {} should be a , or the closing ]", shown(peek())),
                     "texts of several words stand in quotes");
            return std::nullopt;
        }
        ++at_;
        if (!result.values.empty() && result.values.size() <= max_list_size) return result;
        problem_(result.begin, result.values.empty() ? "the list is empty" : "the list has over 1,000 values",
                 "");
        return std::nullopt;
    }

    /// After a test there is `and`, `or`, `)` or the end.
    void expect_joint() {
        const Token& next = peek();
        if (next.kind == TokenKind::end || next.is("and") || next.is("or") || next.is(")")) return;
        const bool capital = next.text == "AND" || next.text == "OR";
        problem_(next.begin, fmt::format("and, or or the end should stand here, not {}", shown(next)),
                 capital                        ? "write it in small letters"
                 : next.kind == TokenKind::word ? "texts of several words stand in quotes"
                                                : "");
        recover();
    }

    void recover() {
        while (peek().kind != TokenKind::end && !peek().is("and") && !peek().is("or") && !peek().is(")"))
            ++at_;
    }

    static std::string shown(const Token& token) {
        return token.kind == TokenKind::end ? "the end" : std::string{cut(token.text, 40)};
    }

    std::vector<Token> tokens_;
    std::vector<Test>& tests_;
    PatternCache& patterns_;
    const Problem& problem_;
    std::size_t at_ = 0;
    int depth_ = 0;
    bool too_deep_ = false;
};

bool any_text(const Test& test, const Facts& facts) {
    return std::ranges::find(test.words, facts.folded(test.fact)) != test.words.end();
}

bool any_part(const Test& test, std::string_view text) {
    return std::ranges::any_of(
        test.words, [&](const std::string& part) { return text.find(part) != std::string_view::npos; });
}

bool any_word(const Test& test, const Facts& facts) {
    return facts.any_word(test.fact, [&](std::string_view word) {
        return std::ranges::find(test.words, word) != test.words.end();
    });
}

}  // namespace

bool holds(const Test& test, const Facts& facts) {
    if (!facts.known(test.fact)) return false;
    switch (test.op) {
        case Op::one_of:
            return any_text(test, facts);
        case Op::none_of:
            return !any_text(test, facts);
        case Op::has:
            return any_word(test, facts);
        case Op::contains:
            return any_part(test, facts.folded(test.fact));
        case Op::matches:
            return test.pattern->found_in(facts.text(test.fact));
        default:
            return number_fits(test.op, facts.number(test.fact), test.mask, test.number);
    }
}

Condition parse_condition(std::string_view text, std::vector<Test>& tests, PatternCache& patterns,
                          const Problem& problem) {
    if (text.size() > max_condition_size) {
        problem(0, "the condition is longer than 16 KB", "split the rule");
        return {};
    }
    return Parser{text, tests, patterns, problem}.run();
}

std::string suggest_fact(std::string_view name) {
    std::vector<std::string_view> names;
    for (const FactInfo& row : vocabulary()) {
        if (row.name.substr(row.name.find('.') + 1) == name) return fmt::format("did you mean {}?", row.name);
        names.push_back(row.name);
    }
    return did_you_mean(name, names);
}

}  // namespace rapport::rules
