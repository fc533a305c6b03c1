#pragma once

#include <string>

#include <boost/json/object.hpp>

#include "rules/explain.hpp"

namespace rapport::cli {

/// The rule, what it would do, and each condition with the value it saw.
std::string explanation_text(const rules::Explanation& explanation);

/// {"rule", "title", "enabled", "holds", "conditions": [{"condition", "holds", "fact", "saw"}]}: every single
/// condition in the order in which it is written.
boost::json::object explanation_json(const rules::Explanation& explanation);

}  // namespace rapport::cli
