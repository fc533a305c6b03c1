#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace rapport::slack::test {

/// JSON to be read by people: two blanks for each step, members in their order, short things on one line.
std::string pretty(const boost::json::value& value);

/// All words of blocks or of a view that somebody can see, in order, one piece on a line.
std::string visible_words(const boost::json::value& value);

}  // namespace rapport::slack::test
