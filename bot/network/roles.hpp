#pragma once

// What role people play, seen from who talks with whom: suggestions for staff, each with its reason.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/event.hpp"
#include "bot/network/graph.hpp"

namespace rapport::network {

enum class Role : std::uint8_t {
    helper,     ///< Answers what many others ask.
    connector,  ///< Talks with several circles that else hardly talk with one another.
    newcomer,   ///< First seen lately.
    waiting,    ///< Asked, and nobody has answered.
    rising,     ///< Says clearly more than before.
    leaving,    ///< Silent for longer than ever.
};
inline constexpr std::size_t role_count = 6;

/// "helper", "connector", ...
std::string_view name_of(Role role) noexcept;

inline constexpr Node nobody = UINT32_MAX;

/// Something that was said, in the order of time.
struct Line {
    Node from = 0;
    Node to = nobody;  ///< Whom it answers; `nobody`: no one in particular.
    Time at{};
    bool asks = false;  ///< It wants an answer.
    /// A question of its own, rather than one that comes up while others are answered.
    bool opens() const { return asks && to == nobody; }
};

/// One person in one role.
struct SuggestedRole {
    Node who = 0;
    Role role = Role::helper;
    double score = 0;         ///< For order among those in the same role: above 0, more is more.
    std::size_t count = 0;    ///< helper: people helped; connector: circles; newcomer, rising: messages;
                              ///< waiting: questions; leaving: days of silence.
    std::size_t compare = 0;  ///< helper: questions of their own; connector: people; rising: messages that
                              ///< would be usual; leaving: the longest silence before, in days.
    Time since{};             ///< newcomer: first seen; waiting: their oldest open question; leaving: last
                              ///< seen.
};

/// What "lately" is for newcomers and for who is rising.
inline constexpr std::chrono::days lately{30};
/// A question waits from then on, and is taken as settled elsewhere when it is older than that.
inline constexpr std::chrono::hours waits_from{1};
inline constexpr std::chrono::days waits_until{14};

/// The roles that people play in `lines`, by role, then the clearest first. `people`: how many numbers there
/// are.
///
///   helper     spoke to three people or more within a day of a question of theirs, and to three times as
///              many as they asked questions themselves; only questions that open a talk count
///   connector  at least five acquaintances in at least two communities (Blondel and others 2008), two in
///              each, and a participation coefficient of 0.4 or more (Guimera and Amaral 2005)
///   newcomer   first line within `lately`, if the lines reach back further than that
///   waiting    a question that nobody has answered and that they did not close themselves
///   rising     more lines within `lately` than before by three standard deviations (of a Poisson count, by
///              Anscombe's root), ten at least
///   leaving    silent for half as long again as ever before, and for two weeks; ten lines at least
std::vector<SuggestedRole> roles_of(std::span<const Line> lines, std::size_t people, Time now);

/// Why, in words: "answered questions of 12 people, asked 2". `date`: how a moment is written.
std::string reason_of(const SuggestedRole& role, std::string (*date)(std::string_view zone, Time at),
                      std::string_view zone);

}  // namespace rapport::network
