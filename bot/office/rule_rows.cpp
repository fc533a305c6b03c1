#include "bot/office/rule_rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "bot/office/text.hpp"
#include "rules/lexer.hpp"
#include "rules/vocabulary.hpp"

namespace rapport::office {

namespace {

using rules::Token;
using rules::TokenKind;
using rules::Type;

bool is_plain_word(std::string_view text) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    };
    return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
           std::all_of(text.begin(), text.end(), plain) && text != "and" && text != "or" && text != "not" &&
           text != "in" && text != "has";
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

/// A single value of a fact of that type.
std::string literal(Type type, std::string_view value) {
    value = trim(value);
    if (type == Type::number || type == Type::duration || type == Type::level) return std::string(value);
    return type != Type::text && is_plain_word(value) ? std::string(value) : quoted(value);
}

/// One item of a list, as people write it.
std::string item_text(const std::vector<Token>& tokens, std::size_t from, std::size_t to) {
    std::string text;
    for (std::size_t i = from; i < to; ++i)
        text += (text.empty() || tokens[i].is(",") ? "" : " ") + tokens[i].text;
    return text;
}

std::optional<RuleRow> row_of(std::string_view condition, const std::vector<Token>& tokens, std::size_t from,
                              std::size_t to) {
    RuleRow row;
    bool negated = false;
    if (from < to && tokens[from].is("not")) negated = true, ++from;
    if (from >= to || tokens[from].kind != TokenKind::word || !rules::find_fact(tokens[from].text))
        return std::nullopt;
    row.fact = tokens[from].text;
    const Type type = rules::info(*rules::find_fact(row.fact)).type;
    if (from + 1 == to) {
        if (type != Type::boolean) return std::nullopt;
        row.test = negated ? "is not" : "is";
        return row;
    }
    if (negated || from + 2 >= to) return std::nullopt;
    row.test = tokens[from + 1].text;
    if (type == Type::boolean) {
        if (row.test != "=" || (tokens[from + 2].text != "true" && tokens[from + 2].text != "false"))
            return std::nullopt;
        row.test = tokens[from + 2].text == "true" ? "is" : "is not";
        return row;
    }
    from += 2;
    if (tokens[from].kind == TokenKind::regex) {
        row.value = condition.substr(tokens[from].begin, tokens[from].end - tokens[from].begin);
        return from + 1 == to ? std::optional{row} : std::nullopt;
    }
    if (tokens[from].is("[")) {
        if (!tokens[to - 1].is("]")) return std::nullopt;
        for (std::size_t i = from + 1; i + 1 < to; ++i)
            if (tokens[i].text.find(',') != std::string::npos && !tokens[i].is(",")) return std::nullopt;
        row.value = item_text(tokens, from + 1, to - 1);
        return row;
    }
    if (from + 1 != to) return std::nullopt;
    const Token& value = tokens[from];
    row.value = value.kind == TokenKind::quoted || value.kind == TokenKind::word
                    ? value.text
                    : std::string(condition.substr(value.begin, value.end - value.begin));
    return row;
}

}  // namespace

std::vector<Option> fact_options() {
    std::vector<Option> all;
    for (const rules::FactInfo& fact : rules::vocabulary())
        all.push_back({std::string(fact.name), std::string(fact.name)});
    return all;
}

std::vector<Option> test_options(Type type) {
    std::vector<std::string_view> tests;
    switch (type) {
        case Type::boolean:
            tests = {"is", "is not"};
            break;
        case Type::number:
        case Type::duration:
            tests = {">=", ">", "<=", "<", "=", "!="};
            break;
        case Type::text:
            tests = {"contains", "=", "!=", "in", "matches"};
            break;
        case Type::word:
            tests = {"in", "=", "!="};
            break;
        case Type::words:
            tests = {"in", "has"};
            break;
        case Type::level:
            tests = {">=", ">", "<=", "<", "=", "!=", "in"};
            break;
    }
    std::vector<Option> all;
    all.reserve(tests.size());
    for (const std::string_view test : tests) all.push_back({std::string(test), std::string(test)});
    return all;
}

std::string condition_of(const RuleRow& row) {
    const auto fact = rules::find_fact(row.fact);
    const Type type = fact ? rules::info(*fact).type : Type::text;
    if (row.test == "is") return row.fact;
    if (row.test == "is not") return "not " + row.fact;
    if (row.test == "in") {
        std::string items;
        for (const std::string& one : split_list(row.value))
            items += (items.empty() ? "" : ", ") + literal(type, one);
        return fmt::format("{} in [{}]", row.fact, items);
    }
    if (row.test == "matches") {
        const std::string value{trim(row.value)};
        return fmt::format("{} matches {}", row.fact, value.starts_with('/') ? value : "/" + value + "/i");
    }
    return fmt::format("{} {} {}", row.fact, row.test, literal(type, row.value));
}

std::string condition_of(const std::vector<RuleRow>& rows) {
    std::string text;
    for (const RuleRow& row : rows) text += (text.empty() ? "" : " and ") + condition_of(row);
    return text;
}

std::optional<std::vector<RuleRow>> rows_of(std::string_view condition) {
    bool good = true;
    const std::vector<Token> tokens = rules::tokenize(
        condition, [&](std::size_t, const std::string&, const std::string&) { good = false; });
    if (!good) return std::nullopt;
    std::vector<RuleRow> rows;
    std::size_t from = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is("or") || tokens[i].is("(")) return std::nullopt;
        if (!tokens[i].is("and") && tokens[i].kind != TokenKind::end) continue;
        const auto row = row_of(condition, tokens, from, i);
        if (!row || rows.size() == most_rows) return std::nullopt;
        rows.push_back(*row);
        from = i + 1;
    }
    return rows;
}

}  // namespace rapport::office
