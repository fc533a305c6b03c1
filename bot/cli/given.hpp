#pragma once

#include <string_view>

#include "adapters/net/error.hpp"
#include "rules/value.hpp"

namespace rapport::cli {

/// Sets one fact from "person.role=champion". Booleans are yes/no/true/false, durations 15m, sets have
/// commas. The error says what is wrong and what is meant.
Result<> set_given(rules::Facts& facts, std::string_view given);

}  // namespace rapport::cli
