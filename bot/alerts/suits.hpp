#pragma once

// Who suits an alert: may read it, can answer where it was said, and in its language.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bot/alerts/world.hpp"

namespace rapport {

/// What speaks against a staffer while somebody else is without it; the greater the number, the more.
using Flaws = std::uint8_t;
inline constexpr Flaws foreign_language = 1;
inline constexpr Flaws no_account = 2;
inline constexpr Flaws may_not_read = 4;
inline constexpr Flaws all_flaws = 7;

class Suits {
public:
    Suits(const Deciding& deciding, const AlertRow& alert);

    /// What nobody on the team is without counts against nobody.
    Flaws flaws_of(const Staffer& staffer) const { return raw_flaws_of(staffer) & ~shared_; }
    /// Of whoever of the team suits best.
    Flaws flaws_of_team() const;

    /// "has no account on mastodon and does not speak Portuguese".
    std::string words_against(Flaws flaws) const;
    /// "has an account on mastodon and speaks Portuguese".
    std::string would(Flaws flaws) const;
    /// What the whole team is without, a line each.
    std::vector<std::string> missing() const;

private:
    Flaws raw_flaws_of(const Staffer& staffer) const;

    const Deciding& d_;
    std::string_view platform_;
    std::string language_{};  ///< Empty: nobody knows.
    bool private_ = false;
    std::vector<const Staffer*> readers_{};
    Flaws shared_ = 0;
};

/// Whether somebody on the team at `now` has an account on the platform.
bool anybody_has_account(const World& world, std::string_view platform, Time now);

}  // namespace rapport
