#pragma once

// Which earlier message a message answers, in open channels without threads. One pass, nothing of the future.

#include <string>

#include "bot/links/chooser.hpp"
#include "bot/links/last_used.hpp"

namespace rapport::links {

struct Link {
    std::string parent{};  ///< The id of what it answers; its own if it starts something.
    bool starts = true;
    double confidence = 1;  ///< 0 to 1, as the model sees it; 1 where the platform says it.
};

/// Keeps the last messages of at most `most_channels` channels; the one that was silent longest is forgotten
/// first.
class Linker {
public:
    static constexpr std::size_t most_channels = 1000;

    /// `model` outlives it and has at least one part.
    explicit Linker(const Model& model, std::size_t channels = most_channels);

    /// Messages come in their order within a channel.
    Link next(const Message& message);

    std::size_t channels() const { return channels_.size(); }

private:
    const Model& model_;
    LastUsed<std::string, Channel> channels_;
    Chooser chooser_;
};

}  // namespace rapport::links
