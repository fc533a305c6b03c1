#pragma once

// Which of a channel's last messages the next one answers, for those who keep the channel themselves.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace rapport::links {

struct Model;

/// A message of the channel.
struct Placed {
    std::int64_t id = 0;  ///< Not 0 for one that is there already.
    std::string_view author{};
    std::string_view text{};
    std::int64_t at = 0;      ///< Seconds since 1970.
    std::int64_t parent = 0;  ///< The id of what it answers or goes on from; 0: it starts something.
};

struct Guess {
    std::int64_t parent = 0;  ///< The id; 0: it starts something.
    double confidence = 1;    ///< 0 to 1, as the model sees it.
};

/// The same messages always give the same guess. What was made of the messages of a channel is kept until its
/// next one comes, and made anew if they are not the same any more: edited, erased, forgotten. It holds no
/// texts. May be used from several threads.
class Guesser {
public:
    /// So many channels are kept; the one that was silent longest goes first.
    static constexpr std::size_t most_channels = 64;

    /// `model`: outlives it, with at least one part; null: the one that is built in, which is unpacked at the
    /// first guess.
    explicit Guesser(const Model* model = nullptr);
    ~Guesser();
    Guesser(const Guesser&) = delete;
    Guesser& operator=(const Guesser&) = delete;

    /// `channel`: any number that stands for the channel. `earlier`: its last messages in their order; of
    /// more than `window` (channel.hpp) only the last are answered. `now`: id and parent do not matter.
    Guess guess(std::int64_t channel, std::span<const Placed> earlier, const Placed& now) const;

private:
    struct Inside;
    const std::unique_ptr<Inside> inside_;
};

}  // namespace rapport::links
