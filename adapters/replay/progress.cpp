#include "adapters/replay/progress.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport::replay {
namespace {

std::string with_commas(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::ptrdiff_t at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits;
}

std::string clock(double seconds) {
    const auto total = static_cast<std::uint64_t>(std::min(seconds, 99.0 * 3600) + 0.5);
    if (total >= 3600) return fmt::format("{}:{:02}:{:02}", total / 3600, total / 60 % 60, total % 60);
    return fmt::format("{}:{:02}", total / 60, total % 60);
}

}  // namespace

std::string progress_line(const Progress& progress, int width) {
    if (width <= 0) return {};
    const double seconds = std::chrono::duration<double>(progress.elapsed).count();
    const double share = progress.bytes_total == 0
                             ? 0
                             : std::min(1.0, static_cast<double>(progress.bytes_read) /
                                                 static_cast<double>(progress.bytes_total));

    std::string words =
        progress.bytes_total == 0 ? "" : fmt::format("{:3}%  ", static_cast<int>(share * 100));
    words += with_commas(progress.messages) + " messages";
    if (seconds >= 0.1)
        words += fmt::format(
            "  {}/s",
            with_commas(static_cast<std::uint64_t>(static_cast<double>(progress.messages) / seconds)));
    if (seconds >= 1 && share > 0.01 && share < 1)
        words += fmt::format("  {} left", clock(seconds * (1 - share) / share));

    const int room = width - static_cast<int>(words.size()) - 3;
    if (progress.bytes_total > 0 && room >= 5) {
        const int bar = std::min(room, 40);
        const int full = static_cast<int>(share * bar);
        words = "[" + std::string(static_cast<std::size_t>(full), '#') +
                std::string(static_cast<std::size_t>(bar - full), '-') + "] " + words;
    }
    if (words.size() > static_cast<std::size_t>(width)) words.resize(static_cast<std::size_t>(width));
    return words;
}

}  // namespace rapport::replay
