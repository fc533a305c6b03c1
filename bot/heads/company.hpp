#pragma once

// Who speaks with whom in each channel, as far as the last lines tell: somebody whom many address and who
// answers many gives answers rather than waits for them, and what answers a question is wanted by whoever
// asked.

#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>

namespace rapport::heads {

/// What the lines before it say of a line.
struct Standing {
    bool helper = false;     ///< Its author answers many.
    bool was_asked = false;  ///< Its author was asked something a few lines ago.
    bool addresses = false;  ///< It begins with somebody's name or has an "@name".
};

/// Remembers the last lines of each channel, never looks ahead, and forgets channels that have been silent
/// for long when there are too many.
class Company {
public:
    /// Notes a line and says how its author stood when it came. `asks`: it asks something. An empty `author`
    /// is nobody in particular; an empty `channel` is one like any other.
    Standing hear(std::string_view channel, std::string_view author, std::string_view text, bool asks);

    static constexpr std::size_t lines_kept = 200, channels_kept = 1000;

private:
    struct Heard {
        std::uint64_t author = 0;
        std::uint64_t addressed = 0;  ///< 0: nobody.
        bool asks = false;
    };
    struct Room {
        std::deque<Heard> lines{};
        std::uint64_t last = 0;  ///< When it was last heard, in lines of all rooms.
    };
    Room& room_of(std::string_view channel);

    std::unordered_map<std::uint64_t, Room> rooms_{};
    std::uint64_t lines_ = 0;
};

/// The score with what the standing says about it. `asks` and `closes`: what the text alone says.
float weighed(float score, const Standing& standing, bool asks, bool closes);

}  // namespace rapport::heads
