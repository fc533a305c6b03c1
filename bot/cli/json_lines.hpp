#pragma once

// Commands that read JSON Lines and write the same lines with more in them.

#include <boost/json/object.hpp>
#include <cstddef>
#include <string>

namespace rapport::cli {

/// A longer line is no message.
inline constexpr std::size_t most_bytes_of_line = 4'000'000;

/// `line`, which is `object`, with the fields: as it was written where it has none of them yet.
std::string with_fields(const std::string& line, boost::json::object object, boost::json::object fields);

}  // namespace rapport::cli
