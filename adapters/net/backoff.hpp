#pragma once

#include <algorithm>
#include <chrono>

namespace rapport::net {

/// How long to wait before trying again: doubles from `first` to `most`, with "equal jitter" (half fixed,
/// half random), so that many clients do not return in the same instant and none returns at once.
class Backoff {
public:
    using Duration = std::chrono::milliseconds;

    Backoff(Duration first, Duration most) noexcept
        : first_(first), most_(std::max(first, most)), next_(first) {}

    /// The next pause. `roll` is a random number from [0, 1).
    Duration next(double roll) noexcept {
        const Duration whole = next_;
        next_ = whole > most_ / 2 ? most_ : whole * 2;
        const Duration half = whole / 2;
        const auto jitter = static_cast<double>((whole - half).count()) * std::clamp(roll, 0.0, 1.0);
        return half + Duration{static_cast<Duration::rep>(jitter)};
    }

    /// The connection was good: start again from `first`.
    void reset() noexcept { next_ = first_; }

private:
    Duration first_;
    Duration most_;
    Duration next_;
};

}  // namespace rapport::net
