#pragma once

// Texts of which the topic is known.

#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/net/error.hpp"

namespace rapport::topics {

struct Example {
    std::string text{};
    std::string topic{};
};

inline constexpr std::size_t most_examples = 1'000'000;

/// JSON Lines with "text" and "topic". rejected, with file and line: no JSON, no text, no topic, too many.
Result<std::vector<Example>> read_examples(std::istream& in, std::string_view file);

/// JSON Lines: only their "text"; lines without one are left out. rejected, with file and line: no JSON, too
/// many.
Result<std::vector<std::string>> read_texts(std::istream& in, std::string_view file);

}  // namespace rapport::topics
