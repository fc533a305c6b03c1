#pragma once

// Labelled messages as they lie in files: JSON Lines with "text" and some of the labels below.

#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/net/error.hpp"

namespace rapport::heads {

struct Labelled {
    std::string author{};
    std::string text{};
    bool yes = false;                   ///< "needs_reply", "spam" or "intent": 1.
    double gold = 0;                    ///< "gold": a number.
    std::string label{};                ///< "label": one word.
    std::vector<std::string> labels{};  ///< "labels": some words.
    bool is(std::string_view any_label) const;
};

inline constexpr std::size_t most_labelled = 1'000'000;

/// rejected, with file and line: no JSON, no text, none of the labels (unless it need not have one), too
/// many.
Result<std::vector<Labelled>> read_labelled(std::istream& in, std::string_view file, bool needs_label = true);

}  // namespace rapport::heads
