#pragma once

#include <chrono>
#include <optional>

#include "adapters/event.hpp"

namespace rapport::replay {

/// Spreads simulated time over real time: at speed 60 a simulated hour takes a minute. The first event sets
/// both clocks to zero. Pure: told the time, asks nobody.
class Pace {
public:
    using Wall = std::chrono::steady_clock::time_point;

    /// `speed`: simulated seconds a real second; 0 (or less): as fast as it goes.
    explicit Pace(double speed) : speed_(speed) {}

    /// How long to wait before the event at `simulated`, if it is now `wall`. Never negative: who is late
    /// does not wait, and catches up. At most a day, so that a caller shows signs of life and asks again.
    std::chrono::milliseconds wait(Time simulated, Wall wall);

private:
    double speed_;
    std::optional<Time> first_{};
    Wall started_{};
};

}  // namespace rapport::replay
