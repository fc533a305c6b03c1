#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::config_file {

/// Letters to insert, remove, replace or swap with a neighbour to get from `a` to `b` (optimal string
/// alignment); case counts for nothing. Both are cut to 64 bytes.
unsigned edit_distance(std::string_view a, std::string_view b);

/// The candidate that `word` was probably meant to be: at most one edit for each three letters, the nearest,
/// and of equals the first. Null if none is near.
const std::string* nearest(std::string_view word, std::span<const std::string> candidates);

/// `Did you mean "port"?`, or `Known here: address, port.` (at most ten of them), or nothing for no
/// candidates.
std::string suggest(std::string_view word, std::span<const std::string> candidates);

}  // namespace rapport::config_file
