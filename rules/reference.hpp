#pragma once

#include <string>

namespace rapport::rules {

/// The vocabulary for a terminal: one block a fact, aligned.
std::string vocabulary_text();

/// The vocabulary for the manual: a Markdown table.
std::string vocabulary_markdown();

/// JSON Schema (2020-12) of the rules file, for editors; names and words come from the vocabulary.
std::string json_schema();

}  // namespace rapport::rules
