#pragma once

#include <cstdint>
#include <vector>

#include "bot/pipeline/input.hpp"

namespace rapport::test {

/// A few weeks in a small community, as inputs in order of time: everything that can happen happens, in
/// nonsense order. The same seed gives the same weeks.
std::vector<Input> random_inputs(std::uint32_t seed, std::size_t count, bool with_erasure);

}  // namespace rapport::test
