#pragma once

// Labelled data as it lies in files: a JSON object a line.

#include <boost/json/object.hpp>
#include <cstddef>
#include <functional>
#include <istream>
#include <string>
#include <string_view>

#include "adapters/net/error.hpp"

namespace rapport::models {

/// The text at `key`; empty if there is none.
std::string text_at(const boost::json::object& object, std::string_view key);

/// Gives the object of each line to `take`, which answers what is wrong with it, or nothing; empty lines are
/// passed over. rejected, with file and line: no JSON object, wrong as `take` says, more than `most` lines.
Result<> each_object(std::istream& in, std::string_view file, std::size_t most,
                     const std::function<std::string(const boost::json::object&)>& take);

}  // namespace rapport::models
