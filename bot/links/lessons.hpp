#pragma once

// What is learned from, and how often.

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "bot/links/dialogue.hpp"

namespace rapport::links {

struct Lesson {
    const Dialogue* dialogue = nullptr;
    float weight = 1;
};

/// The dialogues themselves; those of channels with few annotated lines more often, and with more weight; and
/// thinned copies of the others. The dialogues outlive it.
class Lessons {
public:
    Lessons(std::span<const Dialogue> dialogues, int copies, std::uint32_t seed);
    const std::vector<Lesson>& all() const { return lessons_; }

private:
    std::deque<Dialogue> thinned_;
    std::vector<Lesson> lessons_;
};

/// A copy in which only some of its conversations took place, each with the chance `keep` of 1000: so a
/// crowded channel teaches what goes on in quiet ones. Whole minutes get seconds.
Dialogue thinned(const Dialogue& dialogue, std::uint32_t keep, std::uint32_t seed);

}  // namespace rapport::links
