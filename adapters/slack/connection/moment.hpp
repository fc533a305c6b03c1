#pragma once

#include <chrono>
#include <functional>

#include "adapters/event.hpp"

namespace rapport::slack {

/// Now, on both clocks: `steady` for how long something took, `wall` for when it was. A machine that slept
/// shows it in the difference.
struct Moment {
    std::chrono::steady_clock::time_point steady{};
    Time wall{};

    static Moment real() {
        return {std::chrono::steady_clock::now(),
                std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now())};
    }
};

using Clock = std::function<Moment()>;

}  // namespace rapport::slack
