#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace rapport::replay {

/// How far a replay is.
struct Progress {
    std::uint64_t bytes_read = 0;
    std::uint64_t bytes_total = 0;  ///< 0: not known (a pipe); then no share and no time left are shown.
    std::uint64_t messages = 0;
    std::chrono::milliseconds elapsed{};
};

/// One line for a terminal of `width` columns, ASCII, never longer than that and without a line end:
/// `[#######---------]  42%  46,496 messages  9,876/s  0:07 left`. What does not fit is left out from the bar
/// first.
std::string progress_line(const Progress& progress, int width);

}  // namespace rapport::replay
