#pragma once

// Annotated conversations, to learn from and to measure with.

#include <cstddef>
#include <string>
#include <vector>

#include "bot/links/message.hpp"

namespace rapport::links {

struct Marked {
    Message message{};
    /// Indices in the dialogue; its own: it starts something. Empty: nobody has said, or they are elsewhere.
    std::vector<std::size_t> parents{};
};

/// A stretch of one channel, in order.
struct Dialogue {
    std::string name{};
    std::vector<Marked> lines{};
};

}  // namespace rapport::links
