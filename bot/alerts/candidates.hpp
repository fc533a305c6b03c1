#pragma once

// Whom a target of a rule stands for, and what speaks for them.

#include <string>
#include <vector>

#include "bot/alerts/world.hpp"

namespace rapport {

/// Somebody who might be asked, and because of what.
struct Candidate {
    const Staffer* staffer = nullptr;
    std::string because{};
};

/// Who might be asked, best first; if nobody, then why.
struct Candidates {
    std::vector<Candidate> all{};
    std::string nobody{};
};

/// Those whom `target` (as rules::to_string writes it, but for the channel) stands for in this alert.
Candidates candidates_of(const Deciding& deciding, const PersonView& person, const AlertRow& alert,
                         const std::string& target);

/// "1 alert", "2 alerts".
std::string counted_of(std::size_t count, std::string_view what);

}  // namespace rapport
