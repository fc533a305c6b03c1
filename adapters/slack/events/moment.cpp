#include "adapters/slack/events/moment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace rapport::slack::events {
namespace {

constexpr std::size_t decimals = 6;

struct Parts {
    std::uint64_t seconds = 0;
    std::uint64_t micros = 0;
    auto operator<=>(const Parts&) const = default;
};

std::optional<std::uint64_t> whole(std::string_view digits) noexcept {
    std::uint64_t value = 0;
    const auto [stopped, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool all = stopped == digits.data() + digits.size();
    if (digits.empty() || error != std::errc{} || !all) return std::nullopt;
    return value;
}

/// Digits after the dot, as millionths, whether there are six of them or not.
std::optional<std::uint64_t> millionths(std::string_view digits) noexcept {
    auto value = whole(digits.substr(0, decimals));
    if (!value || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    for (std::size_t given = digits.size(); given < decimals; ++given) *value *= 10;
    return value;
}

std::optional<Parts> parts(std::string_view ts) noexcept {
    const std::size_t dot = ts.find('.');
    if (dot == std::string_view::npos) {
        // Some old events leave the dot out.
        const auto digits = whole(ts);
        if (!digits) return std::nullopt;
        return ts.size() == 16 ? Parts{*digits / 1'000'000, *digits % 1'000'000} : Parts{*digits, 0};
    }
    const auto seconds = whole(ts.substr(0, dot));
    const auto micros = millionths(ts.substr(dot + 1));
    if (!seconds || !micros) return std::nullopt;
    return Parts{*seconds, *micros};
}

}  // namespace

bool valid_ts(std::string_view ts) noexcept {
    return ts.size() <= 32 && ts.find('.') != std::string_view::npos && parts(ts).has_value();
}

bool earlier(std::string_view a, std::string_view b) noexcept {
    const auto left = parts(a);
    const auto right = parts(b);
    if (left && right) return *left < *right;
    return !left && (right || a < b);
}

std::optional<Time> to_time(std::string_view ts) noexcept {
    // Beyond the year 5000 it is no time but a mistake, and would not fit in milliseconds some day.
    constexpr std::uint64_t last_second = 100'000'000'000;
    const auto moment = parts(ts);
    if (!moment || moment->seconds > last_second) return std::nullopt;
    return Time{
        std::chrono::milliseconds{static_cast<std::int64_t>(moment->seconds * 1000 + moment->micros / 1000)}};
}

Id to_ts(Time time) {
    const std::int64_t ms = std::max<std::int64_t>(time.time_since_epoch().count(), 0);
    return fmt::format("{}.{:03}000", ms / 1000, ms % 1000);
}

}  // namespace rapport::slack::events
