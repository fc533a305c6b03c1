#pragma once

// Groups of like texts, found without examples.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace rapport::topics {

struct Clusters {
    std::vector<std::size_t> group{};               ///< Of each text, from 0; groups are in order of size.
    std::vector<std::vector<std::string>> names{};  ///< Of each group: the words that name it, best first.
    double likelihood =
        0;  ///< Of the words given the groups, as a logarithm; by it the best attempt is chosen.
};

inline constexpr std::size_t most_groups = 200;

/// Deals `texts` into `count` groups at most (1 to `most_groups`). The rows of words are reduced to a few
/// numbers (latent semantic analysis, Deerwester and others 1990, by subspace iteration), grouped by
/// spherical k-means from many starts (k-means++, Arthur and Vassilvitskii 2007), and each outcome is refined
/// as a mixture of multinomials (EM, Nigam and others 2000); the likeliest stays. Needs no labels. The same
/// texts, count and seed give the same groups. Texts without any word that others have are in the group that
/// is likeliest.
Clusters cluster(std::span<const std::string> texts, std::size_t count, std::uint32_t seed);

}  // namespace rapport::topics
