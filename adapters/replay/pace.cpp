#include "adapters/replay/pace.hpp"

#include <algorithm>

namespace rapport::replay {

std::chrono::milliseconds Pace::wait(Time simulated, Wall wall) {
    using namespace std::chrono;
    if (!(speed_ > 0)) return {};
    if (!first_) {
        first_ = simulated;
        started_ = wall;
    }
    const double due = duration<double, std::milli>{simulated - *first_}.count() / speed_;
    const double gone = duration<double, std::milli>{wall - started_}.count();
    constexpr double day = 24.0 * 60 * 60 * 1000;
    return milliseconds{static_cast<std::int64_t>(std::clamp(due - gone, 0.0, day))};
}

}  // namespace rapport::replay
