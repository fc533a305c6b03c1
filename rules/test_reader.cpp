#include "rules/test_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "rules/diagnostic.hpp"
#include "rules/fold.hpp"
#include "rules/utf8.hpp"

namespace rapport::rules {
namespace {

constexpr std::string_view comparisons[] = {"=", "!=", "<", "<=", ">", ">="};

bool is_comparison(const Token& op) {
    return std::ranges::find(comparisons, op.text) != std::end(comparisons);
}
bool is_equality(const Token& op) {
    return op.text == "=" || op.text == "!=";
}

bool compare(std::string_view op, std::size_t a, std::size_t b) {
    if (op == "=") return a == b;
    if (op == "!=") return a != b;
    if (op == "<") return a < b;
    if (op == "<=") return a <= b;
    if (op == ">") return a > b;
    return a >= b;
}

Op numeric_op(std::string_view op) {
    if (op == "=") return Op::equal;
    if (op == "!=") return Op::not_equal;
    if (op == "<") return Op::less;
    if (op == "<=") return Op::less_equal;
    if (op == ">") return Op::greater;
    return Op::greater_equal;
}

bool takes(Type type, const Token& op) {
    switch (type) {
        case Type::boolean:
            return is_equality(op);
        case Type::number:
        case Type::duration:
            return is_comparison(op);
        case Type::text:
            return is_equality(op) || op.is("in") || op.is("contains") || op.is("matches");
        case Type::word:
            return is_equality(op) || op.is("in");
        case Type::words:
            return op.is("has") || op.is("in");
        case Type::level:
            return is_comparison(op) || op.is("in");
    }
    return false;
}

std::string better_operator(const FactInfo& fact, const Token& op) {
    if (fact.type == Type::words) return fmt::format("it holds several words: write {} has ...", fact.name);
    if (fact.type == Type::text && op.is("has"))
        return fmt::format("did you mean {} contains \"...\"?", fact.name);
    if (fact.type == Type::boolean) return fmt::format("write {0} or not {0}", fact.name);
    return fmt::format("it takes {}", operators_of(fact.type));
}

class Maker {
public:
    Maker(const FactInfo& fact, const Token& op, const Operand& operand, PatternCache& patterns,
          const Problem& problem)
        : fact_(fact), op_(op), operand_(operand), patterns_(patterns), problem_(problem) {}

    Test make() {
        test_.fact = fact_.fact;
        if (!takes(fact_.type, op_)) {
            problem_(op_.begin,
                     fmt::format("{} does not go with {}, which is {} {}", op_.text, fact_.name, article(),
                                 to_string(fact_.type)),
                     better_operator(fact_, op_));
        } else if (shape_fits()) {
            read();
        }
        return std::move(test_);
    }

private:
    std::string_view article() const { return fact_.type == Type::words ? "a set of" : "a"; }

    bool shape_fits() {
        if (op_.is("in") && !operand_.list) {
            problem_(operand_.begin, "in needs a list",
                     fmt::format("write in [{}]", operand_.values.front().text));
            return false;
        }
        const bool list_allowed = op_.is("in") || op_.is("has") || op_.is("contains");
        if (operand_.list && !list_allowed) {
            const bool listable = fact_.type != Type::boolean && !is_comparison_only() && op_.text == "=";
            problem_(operand_.begin, fmt::format("{} takes one value, not a list", op_.text),
                     listable ? "write in [...]" : "join two conditions by or");
            return false;
        }
        return true;
    }
    bool is_comparison_only() const { return fact_.type == Type::number || fact_.type == Type::duration; }

    void read() {
        if (fact_.type == Type::boolean) return read_boolean();
        if (is_comparison_only()) return read_quantity();
        if (!fact_.allowed.empty()) return read_ordinals();
        if (op_.is("matches")) return read_pattern();
        read_words();
    }

    void read_boolean() {
        const Token& value = operand_.values.front();
        if (!value.is("true") && !value.is("false"))
            return problem_(value.begin, fmt::format("{} is true or false, not {}", fact_.name, value.text),
                            better_operator(fact_, op_));
        test_.op = Op::ordinal;
        test_.mask = value.is("true") == (op_.text == "=") ? 0b10 : 0b01;
    }

    void read_quantity() {
        const Token& value = operand_.values.front();
        const bool duration = fact_.type == Type::duration;
        if (value.kind != (duration ? TokenKind::duration : TokenKind::number))
            return problem_(
                value.begin,
                fmt::format("{} is compared with a {}, not with {}", fact_.name, to_string(fact_.type),
                            cut(value.text, 40)),
                duration ? "write it as 30s, 15m, 2h, 3d or 1w" : "write it in digits, such as 10000");
        test_.op = numeric_op(op_.text);
        test_.number = value.number;
    }

    void read_ordinals() {
        test_.op = Op::ordinal;
        for (const Token& value : operand_.values) {
            if (!a_word(value)) continue;
            const auto found = std::ranges::find(fact_.allowed, std::string_view{value.text});
            if (found == fact_.allowed.end()) {
                unknown_word(value);
                continue;
            }
            const auto place = static_cast<std::size_t>(found - fact_.allowed.begin());
            for (std::size_t i = 0; i < fact_.allowed.size(); ++i)
                if (compare(op_.is("in") ? "=" : op_.text, i, place)) test_.mask |= 1U << i;
        }
    }

    void unknown_word(const Token& value) {
        std::string suggestion = did_you_mean(value.text, fact_.allowed);
        if (suggestion.empty()) suggestion = fmt::format("it is one of {}", fmt::join(fact_.allowed, ", "));
        problem_(value.begin, fmt::format("{} is never {}", fact_.name, cut(value.text, 40)), suggestion);
    }

    void read_pattern() {
        const Token& value = operand_.values.front();
        if (value.kind != TokenKind::regex)
            return problem_(value.begin, "matches needs a pattern between slashes", "write matches /.../i");
        test_.op = Op::matches;
        test_.ignore_case = value.ignore_case;
        std::shared_ptr<const Pattern>& pattern = patterns_[{value.text, value.ignore_case}];
        if (pattern == nullptr) {
            std::string error;
            std::size_t at = 0;
            pattern = Pattern::compile(value.text, value.ignore_case, error, at);
            if (pattern == nullptr)
                return problem_(value.begin + 1 + at, fmt::format("bad pattern: {}", error),
                                "a character with a meaning is written with \\ before it");
        }
        test_.pattern = pattern;
    }

    void read_words() {
        test_.op = op_.is("contains")          ? Op::contains
                   : fact_.type == Type::words ? Op::has
                   : op_.text == "!="          ? Op::none_of
                                               : Op::one_of;
        for (const Token& value : operand_.values) {
            if (!a_word(value)) continue;
            std::string folded = fold(value.text);
            if (folded.empty() && test_.op != Op::one_of && test_.op != Op::none_of)
                problem_(value.begin, fmt::format("{} needs some text", op_.text), "");
            test_.words.push_back(std::move(folded));
        }
    }

    bool a_word(const Token& value) {
        if (value.kind == TokenKind::quoted || value.kind == TokenKind::number) return true;
        if (value.kind != TokenKind::word && value.kind != TokenKind::duration) {
            problem_(value.begin, fmt::format("{} needs a word or a text in quotes", op_.text),
                     "write it as \"...\"");
            return false;
        }
        if (find_fact(value.text)) {
            problem_(value.begin, fmt::format("{} is a fact: facts are compared with values", value.text),
                     fmt::format("if the text is meant, write \"{}\"", value.text));
            return false;
        }
        return true;
    }

    const FactInfo& fact_;
    const Token& op_;
    const Operand& operand_;
    PatternCache& patterns_;
    const Problem& problem_;
    Test test_{};
};

}  // namespace

std::string_view operators_of(Type type) noexcept {
    switch (type) {
        case Type::boolean:
            return "no operator, or = true and = false";
        case Type::number:
        case Type::duration:
            return "=, !=, <, <=, > or >=";
        case Type::text:
            return "=, !=, in [...], contains \"...\" or matches /.../i";
        case Type::word:
            return "=, != or in [...]";
        case Type::words:
            return "has ... or in [...]";
        case Type::level:
            return "=, !=, <, <=, >, >= or in [...]";
    }
    return "";
}

Test make_test(const FactInfo& fact, const Token& op, const Operand& operand, PatternCache& patterns,
               const Problem& problem) {
    return Maker{fact, op, operand, patterns, problem}.make();
}

}  // namespace rapport::rules
