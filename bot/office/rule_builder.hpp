#pragma once

// How a rule looks as a form: rows of conditions, or its text. What stands in the fields is what was given.

#include <map>
#include <string>
#include <vector>

#include "adapters/event.hpp"
#include "bot/office/rule_rows.hpp"

namespace rapport::office {

using Values = std::map<std::string, std::string>;

/// What goes along with the form: the rule that it began with, and the file as it was then.
struct BuilderContext {
    std::string name{};
    std::string hash{};
    std::size_t rows = 1;
};
BuilderContext context_of(const Values& values);

/// Empty if it is not there.
std::string value(const Values& values, const std::string& key);
/// "fact_1" for the row 0.
std::string row_key(const char* what, std::size_t row);
/// Text for a fact that nobody knows.
rules::Type type_of(const std::string& fact);

Form builder(const Values& values, const BuilderContext& context);
Form text_mode(std::string yaml, const BuilderContext& context);

/// The fields' values for a rule whose condition fits into rows, and the rows that the fields say.
Values values_of(const rules::Rule& rule, const std::vector<RuleRow>& rows);
std::vector<RuleRow> rows_in(const Values& values, std::size_t count);

}  // namespace rapport::office
