#pragma once

// How good links are.

#include <cstddef>
#include <span>
#include <vector>

#include "bot/links/dialogue.hpp"
#include "bot/links/model.hpp"

namespace rapport::links {

/// What was right of what was said and of what was to be said.
struct Counts {
    std::size_t said = 0, right = 0, all = 0;
    double precision() const { return said == 0 ? 0 : double(right) / double(said); }
    double recall() const { return all == 0 ? 0 : double(right) / double(all); }
    /// Their harmonic mean.
    double f() const;
    Counts& operator+=(const Counts& other);
};

/// `links`: of each message. `exact`: of whole conversations of two or more annotated messages, as in
/// Kummerfeld et al. (2019). `pairs`: of who talks with whom, each two once in a dialogue; who is linked, and
/// whom a text names at its start, is said to.
struct Measured {
    Counts links{}, exact{}, pairs{};
    Measured& operator+=(const Measured& other);
};

/// Parents by index in the dialogue; its own: it starts something.
using Found = std::vector<std::size_t>;

/// What the linker finds in a dialogue, without knowing its annotations.
Found find_links(const Dialogue& dialogue, const Model& model);

/// Only annotated lines count.
Measured measure(const Dialogue& dialogue, const Found& found);

/// All of them, each heard anew.
Measured measure(std::span<const Dialogue> dialogues, const Model& model);

}  // namespace rapport::links
