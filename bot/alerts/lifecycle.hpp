#pragma once

// The life of an alert as one state machine (design §7): its states, what can happen to it, and the table of
// what follows. Everything that happens to an alert goes through `happen`, so the table is the behaviour and
// not a drawing of it: `rapport alerts states` prints the rows that run. A pair of state and event without a
// row does not compile.

#include <array>
#include <bit>
#include <span>
#include <string>
#include <string_view>

#include "bot/alerts/life.hpp"

namespace rapport {

/// Where an alert is in its life. As stored it is an AlertState; `replied` is two things here.
enum class LifeState : std::uint8_t {
    waiting,    ///< `after` runs; nobody has been asked.
    held,       ///< Nobody who could be asked can take it now.
    open,       ///< Somebody is asked, or the team's channel.
    claimed,    ///< Somebody said that they will reply.
    snoozed,    ///< Somebody put it off.
    attested,   ///< Somebody says that they replied.
    answered,   ///< An answer was seen.
    dismissed,  ///< Not needed.
    expired,    ///< Nobody answered in time.
    withdrawn,  ///< There is nothing to answer any more.
};
inline constexpr std::size_t life_states = 10;

/// What can happen to an alert.
enum class LifeEvent : std::uint8_t {
    // time
    wait_ends,
    hold_ends,
    reply_due,
    escalation_due,
    reminder_due,
    release_due,
    snooze_ends,
    check_due,
    end_due,
    // the person
    writes_again,
    another_waits,
    another_goes,
    edits,
    deletes,
    is_erased,
    looks_like_bot,
    // answers
    staff_answers,
    staff_perhaps_answers,
    brand_answers,
    app_answers,
    answer_deleted,
    // presses
    claims,
    says_replied,
    snoozes,
    wakes,
    hands_over,
    dismisses,
    says_yes,
    says_no,
    asks_introduction,
    // the team
    colleague_asks,
    staffer_leaves,
};
inline constexpr std::size_t life_events = 32;

/// A set of states.
class LifeStates {
public:
    constexpr LifeStates() = default;
    constexpr LifeStates(LifeState one) : bits_(std::uint16_t(1U << unsigned(one))) {}
    friend constexpr LifeStates operator|(LifeStates a, LifeStates b) {
        LifeStates both;
        both.bits_ = a.bits_ | b.bits_;
        return both;
    }
    constexpr bool has(LifeState one) const { return (bits_ >> unsigned(one) & 1U) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    constexpr int size() const { return std::popcount(bits_); }

private:
    std::uint16_t bits_ = 0;
};
constexpr LifeStates operator|(LifeState a, LifeState b) {
    return LifeStates{a} | LifeStates{b};
}

/// What goes with an event; who and what depends on the event. All of it outlives the decision.
struct Happening {
    const Staffer* by = nullptr;          ///< Who pressed, or asks for an answer.
    const Action* action = nullptr;       ///< Presses: with its values.
    const Heard* heard = nullptr;         ///< Answers; another_goes, if one is why.
    const Seen* seen = nullptr;           ///< writes_again, another_waits.
    MessageId message{};                  ///< another_goes, edits, deletes, answer_deleted, colleague_asks.
    const rules::Facts* facts = nullptr;  ///< edits, writes_again: what `rule` holds for.
    std::optional<rules::RuleId> rule{};  ///< edits, writes_again: the rule to follow from now on.
    bool same_rule = false;               ///< edits: the alert's own rule still holds for it.
};

/// An event on its way to become true.
struct Moment {
    Deciding& d;
    AlertRow& alert;
    const Happening& what;
    std::string reply{};  ///< For whoever pressed.
};

/// A condition of a row. Changes nothing.
struct Guard {
    std::string_view name{};
    bool (*holds)(const Deciding& d, const AlertRow& alert, const Happening& what) = nullptr;
};
/// A thing that a row does.
struct Effect {
    std::string_view name{};
    void (*run)(Moment& moment) = nullptr;
};

/// One row: in one of `from`, `on` this, if the guard holds, do the effects in order and be in one of `to`.
struct Transition {
    enum class Kind : std::uint8_t {
        moves,
        ignored,  ///< It may happen, and nothing follows.
        refused,  ///< It cannot happen: `happen` throws.
    };
    Kind kind = Kind::moves;
    LifeStates from{};
    LifeEvent on{};
    Guard guard{};  ///< Without a function: always.
    std::array<Effect, 3> effects{};
    LifeStates to{};             ///< Empty: it stays where it is.
    std::string_view because{};  ///< Of what is ignored or refused.
};

/// All rows. Of those for one state and one event the first whose guard holds counts; the last has no guard.
std::span<const Transition> transitions();
/// The row that counts just now; never null.
const Transition& transition_of(const Deciding& d, const AlertRow& alert, LifeEvent event,
                                const Happening& what);

/// The event becomes true. Returns words for whoever pressed, or none. Throws std::logic_error if the table
/// refuses the event or an effect left its path; the state is then half changed and must be reset.
std::string happen(Deciding& d, AlertId alert, LifeEvent event, const Happening& what = {});

LifeState life_state_of(const AlertRow& alert);
/// "open", "I'll reply is pressed": as `rapport alerts states` prints them.
std::string_view name_of(LifeState state);
std::string_view name_of(LifeEvent event);

}  // namespace rapport
