#include "bot/alerts/lifecycle.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "bot/alerts/card.hpp"

namespace rapport {

namespace {

constexpr std::array<std::string_view, life_states> life_state_names{
    "waiting",  "held",     "open",      "claimed", "snoozed",
    "attested", "answered", "dismissed", "expired", "withdrawn"};

constexpr std::array<std::string_view, life_events> life_event_names{
    "the wait ends",
    "somebody works again",
    "the reply is due",
    "the next escalation is due",
    "the reminder is due",
    "the release is due",
    "the snooze ends",
    "the check of \"I replied\" is due",
    "its end is due",
    "the person writes again",
    "somebody else waits there too",
    "somebody else there is answered, or asked about alone",
    "the person edits",
    "the person deletes",
    "the person is erased",
    "the person looks like a bot",
    "a staffer answers, linked",
    "a staffer answers, nearby",
    "the brand's account answers",
    "an app answers with a staffer's account",
    "the answer is deleted",
    "I'll reply",
    "I replied",
    "Snooze",
    "Back to me",
    "Hand over",
    "Not needed",
    "Was this your answer? Yes",
    "Was this your answer? No",
    "Ask for an introduction",
    "a colleague asks for a reply",
    "who has it leaves the team",
};

bool applies(const Transition& row, LifeState state, LifeEvent event) {
    return row.on == event && row.from.has(state);
}

}  // namespace

LifeState life_state_of(const AlertRow& alert) {
    switch (alert.state) {
        case AlertState::waiting:
            return LifeState::waiting;
        case AlertState::held:
            return LifeState::held;
        case AlertState::open:
            return LifeState::open;
        case AlertState::claimed:
            return LifeState::claimed;
        case AlertState::snoozed:
            return LifeState::snoozed;
        case AlertState::replied:
            return alert.outcome == Outcome::attested ? LifeState::attested : LifeState::answered;
        case AlertState::dismissed:
            return LifeState::dismissed;
        case AlertState::expired:
            return LifeState::expired;
        case AlertState::withdrawn:
            return LifeState::withdrawn;
    }
    return LifeState::withdrawn;
}

std::string_view name_of(LifeState state) {
    return life_state_names[std::size_t(state)];
}
std::string_view name_of(LifeEvent event) {
    return life_event_names[std::size_t(event)];
}

const Transition& transition_of(const Deciding& d, const AlertRow& alert, LifeEvent event,
                                const Happening& what) {
    const LifeState state = life_state_of(alert);
    for (const Transition& row : transitions())
        if (applies(row, state, event) && (!row.guard.holds || row.guard.holds(d, alert, what))) return row;
    throw std::logic_error("the table of the life cycle has a hole");  // it would not have compiled
}

std::string happen(Deciding& d, AlertId id, LifeEvent event, const Happening& what) {
    const AlertRow& before = d.state.alerts.at(id);
    const LifeState state = life_state_of(before);
    const Transition& row = transition_of(d, before, event, what);
    if (row.kind == Transition::Kind::refused)
        throw std::logic_error(fmt::format("{} is {}, where \"{}\" cannot happen: {}", card_id(id),
                                           name_of(state), name_of(event), row.because));
    if (row.kind == Transition::Kind::ignored) return {};
    Moment moment{d, d.state.alerts.edit(id), what};
    for (const Effect& effect : row.effects)
        if (effect.run) effect.run(moment);
    const LifeState after = life_state_of(moment.alert);
    if (row.to.empty() ? after != state : !row.to.has(after))
        throw std::logic_error(
            fmt::format("{} went from {} to {} as \"{}\" happened, which the table does "
                        "not allow",
                        card_id(id), name_of(state), name_of(after), name_of(event)));
    return std::move(moment.reply);
}

}  // namespace rapport
