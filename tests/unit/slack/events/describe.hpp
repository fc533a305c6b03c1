#pragma once

#include <string>

#include "adapters/slack/events/parse.hpp"

namespace rapport::slack::events {

/// All that was understood, field by field, in one line.
std::string describe(const Understood& understood);
std::string describe(const Event& event);
std::string describe(const Signal& signal);

}  // namespace rapport::slack::events
