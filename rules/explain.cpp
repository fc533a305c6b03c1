#include "rules/explain.hpp"

#include <fmt/format.h>

#include "rules/compiled.hpp"

namespace rapport::rules {
namespace {

using Kind = Condition::Kind;

/// The condition's words on one line, blanks outside quotes drawn together.
std::string tidy(std::string_view text) {
    std::string out;
    char quote = '\0';
    for (const char c : text) {
        if (quote == '\0' && c == ' ' && (out.empty() || out.back() == ' ')) continue;
        if (c == '"' && (out.empty() || out.back() != '\\')) quote = quote == '\0' ? '"' : '\0';
        out += c;
    }
    return out;
}

Seen::Kind kind_of(Kind kind) {
    switch (kind) {
        case Kind::all:
            return Seen::Kind::all;
        case Kind::any:
            return Seen::Kind::any;
        case Kind::negation:
            return Seen::Kind::negation;
        case Kind::test:
            break;
    }
    return Seen::Kind::test;
}

Seen look(const Condition& condition, std::string_view when, const std::vector<Test>& tests,
          const Facts& facts) {
    Seen seen;
    seen.kind = kind_of(condition.kind);
    seen.text = tidy(when.substr(condition.begin, condition.end - condition.begin));
    if (condition.kind == Kind::test) {
        const Test& test = tests[condition.test];
        seen.fact = test.fact;
        seen.value = facts.get(test.fact);
        seen.holds = holds(test, facts);
        return seen;
    }
    std::size_t held = 0;
    for (const Condition& part : condition.parts) {
        seen.parts.push_back(look(part, when, tests, facts));
        held += seen.parts.back().holds ? 1 : 0;
    }
    seen.holds = condition.kind == Kind::all   ? held == seen.parts.size()
                 : condition.kind == Kind::any ? held > 0
                                               : held == 0;
    return seen;
}

/// A test, or `not` before one: what people read as a single condition.
const Seen* single_test(const Seen& seen) {
    if (seen.kind == Seen::Kind::test) return &seen;
    if (seen.kind == Seen::Kind::negation) return single_test(seen.parts.front());
    return nullptr;
}

void write(std::string& out, const Seen& seen, std::size_t indent) {
    const std::string start = fmt::format("{:{}}{} ", "", indent, seen.holds ? "✓" : "✗");
    if (const Seen* test = single_test(seen)) {
        out += fmt::format("{}{} — it is {}\n", start, seen.text, to_text(test->value));
        return;
    }
    const std::string_view heading = seen.kind == Seen::Kind::all   ? "all of"
                                     : seen.kind == Seen::Kind::any ? "one of"
                                                                    : "not";
    out += fmt::format("{}{}\n", start, heading);
    for (const Seen& part : seen.parts) write(out, part, indent + 2);
}

}  // namespace

Explanation explain(const RuleSet& rules, RuleId id, const Facts& facts) {
    const Rule& rule = rules.rule(id);
    const Compiled& compiled = rules.compiled();
    Explanation explanation{rule.name, rule.title, rule.enabled};
    explanation.condition = look(compiled.conditions[id], rule.when, compiled.tests, facts);
    explanation.holds = explanation.condition.holds;
    return explanation;
}

std::string to_text(const Explanation& explanation) {
    std::string out;
    if (explanation.condition.kind != Seen::Kind::all) {
        write(out, explanation.condition, 0);
        return out;
    }
    for (const Seen& part : explanation.condition.parts) write(out, part, 0);  // "all of" goes without saying
    return out;
}

}  // namespace rapport::rules
