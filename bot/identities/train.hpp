#pragma once

// How the weights are found: logistic regression on published accounts.

#include <set>
#include <span>
#include <utility>

#include "bot/identities/suggest.hpp"

namespace rapport::identities {

/// Pairs of accounts that are one person's, by index, the smaller first.
using Links = std::set<std::pair<std::size_t, std::size_t>>;

/// By stochastic gradient with steps of their own for each weight (Duchi, Hazan and Singer 2011). The same
/// pairs, links and seed give the same weights.
Weights train(std::span<const Pair> pairs, const Links& links, std::uint32_t seed);

/// How good the suggestions are for persons that the weights have not seen.
struct Validation {
    double least_confidence = 0;
    std::size_t suggested = 0, right = 0, links = 0;
    double precision() const { return suggested == 0 ? 0 : double(right) / double(suggested); }
    double recall() const { return links == 0 ? 0 : double(right) / double(links); }
};

/// Persons are dealt into `folds`; each pair is judged by weights from the other folds. For each of `least`
/// one line.
std::vector<Validation> cross_validate(std::span<const Account> accounts, std::span<const Pair> pairs,
                                       const Links& links, std::size_t folds, std::uint32_t seed,
                                       std::span<const double> least);

}  // namespace rapport::identities
