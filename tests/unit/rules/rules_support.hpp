#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "rules/rule_set.hpp"
#include "support/catch.hpp"

namespace rapport::rules {

/// A file with one rule of this condition, which stands in a block of its own.
inline std::string file_with(std::string_view condition) {
    return fmt::format("rules:\n  - name: r\n    when: >-\n      {}\n", condition);
}

inline std::vector<std::string> lines_of(const LoadResult& result) {
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : result.diagnostics) lines.push_back(to_string(diagnostic));
    return lines;
}

/// Loads what must be good.
inline RuleSet loaded(std::string_view yaml) {
    LoadResult result = load(yaml, "rules.yaml");
    for (const std::string& line : lines_of(result)) UNSCOPED_INFO(line);
    REQUIRE(result.rules.has_value());
    return *result.rules;
}

inline bool condition_holds(std::string_view condition, const Facts& facts) {
    CAPTURE(condition);
    return loaded(file_with(condition)).holds(0, facts);
}

/// The mistakes of a condition, without the file's name and place.
inline std::vector<std::string> mistakes_in(std::string_view condition) {
    std::vector<std::string> out;
    for (const Diagnostic& d : load(file_with(condition), "rules.yaml").diagnostics)
        out.push_back(d.suggestion.empty() ? d.message : d.message + ": " + d.suggestion);
    return out;
}

}  // namespace rapport::rules
