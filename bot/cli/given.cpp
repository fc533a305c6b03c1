#include "bot/cli/given.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "rules/diagnostic.hpp"
#include "rules/lexer.hpp"

namespace rapport::cli {

namespace {

Error bad(std::string words) {
    return {ErrorKind::rejected, std::move(words)};
}

Error unknown_fact(std::string_view name) {
    std::vector<std::string_view> known;
    for (const rules::FactInfo& row : rules::vocabulary()) known.push_back(row.name);
    const std::string meant = rules::did_you_mean(name, known);
    return bad(fmt::format("There is no fact {}{} `rapport rules vocabulary` lists them all.", name,
                           meant.empty() ? "." : ": " + meant));
}

std::vector<std::string> words_of(std::string_view text) {
    if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        std::string_view word = text.substr(0, comma);
        while (word.starts_with(' ')) word.remove_prefix(1);
        while (word.ends_with(' ')) word.remove_suffix(1);
        if (!word.empty()) words.emplace_back(word);
        text.remove_prefix(std::min(text.size(), comma + 1));
    }
    return words;
}

/// Sets it; false if `text` is not a value of that type.
bool set(rules::Facts& facts, const rules::FactInfo& fact, std::string_view text) {
    switch (fact.type) {
        case rules::Type::boolean: {
            const bool yes = text == "true" || text == "yes";
            if (!yes && text != "false" && text != "no") return false;
            facts.set(fact.fact, yes);
            return true;
        }
        case rules::Type::number: {
            const auto number = rules::parse_number(text);
            if (number) facts.set(fact.fact, *number);
            return number.has_value();
        }
        case rules::Type::duration: {
            const auto duration = rules::parse_duration(text);
            if (duration) facts.set(fact.fact, *duration);
            return duration.has_value();
        }
        case rules::Type::words:
            facts.set_empty(fact.fact);
            for (const std::string& word : words_of(text)) facts.add(fact.fact, word);
            return true;
        case rules::Type::text:
        case rules::Type::word:
        case rules::Type::level:
            facts.set(fact.fact, text);
            return facts.known(fact.fact);
    }
    return false;
}

std::string expected(const rules::FactInfo& fact) {
    switch (fact.type) {
        case rules::Type::boolean:
            return "true or false";
        case rules::Type::number:
            return "a number";
        case rules::Type::duration:
            return "a duration such as 15m, 2h or 3d";
        default:
            return fmt::format("one of {}", fmt::join(fact.allowed, ", "));
    }
}

}  // namespace

Result<> set_given(rules::Facts& facts, std::string_view given) {
    const std::size_t equals = given.find('=');
    if (equals == std::string_view::npos)
        return bad(
            fmt::format("\"{}\" gives no value. Write FACT=VALUE, for example person.role=champion.", given));
    std::string_view name = given.substr(0, equals);
    std::string_view value = given.substr(equals + 1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    while (value.starts_with(' ')) value.remove_prefix(1);
    const auto fact = rules::find_fact(name);
    if (!fact) return unknown_fact(name);
    const rules::FactInfo& row = rules::info(*fact);
    if (set(facts, row, value)) return {};
    return bad(fmt::format("{} cannot be \"{}\": it takes {}.", name, value, expected(row)));
}

}  // namespace rapport::cli
