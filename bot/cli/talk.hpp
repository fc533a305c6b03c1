#pragma once

// The talk network out of the store.

#include <string>

#include "bot/alerts/world.hpp"
#include "bot/network/roles.hpp"
#include "bot/network/talk.hpp"
#include "bot/store/lookup.hpp"

namespace rapport::cli {

/// What was said to somebody since then: in answer to them, or else next after them in their conversation.
/// Direct messages, bots and what was deleted are left out. `since`: "90d" or "all". `topic`: only messages
/// about it; empty: all. Stop if `since` is no time, or if there are more pairs than fit.
network::Talk must_gather_talk(Store& store, const World& world, const std::string& since,
                               const std::string& topic);

/// Who said something when, for the same messages.
struct SpokenLines {
    std::vector<network::Talker> people{};
    std::vector<network::Line> lines{};  ///< In the order in which they were heard; numbers of `people`.
    Time now{};                          ///< Of the store.
};
/// `topic`: only messages about it, and what answers them.
SpokenLines must_gather_lines(Store& store, const World& world, const std::string& since,
                              const std::string& topic);

/// Staff by their name in team.yaml, however many accounts they have; others by their person.
network::Talker talker_of(const AccountRow& account, Lookup& lookup, const World& world);

}  // namespace rapport::cli
