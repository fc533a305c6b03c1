#pragma once

// The life of an alert (design §7). Each function here is one thing that can happen to it; all of them work
// on a `Deciding` and nothing else. What staff see follows from the row: `show` marks a card, `make_outgoing`
// draws it.

#include <string_view>

#include "bot/alerts/facts.hpp"
#include "bot/alerts/world.hpp"

namespace rapport {

/// A message as the alerts see it, once it is placed and counted.
struct Heard {
    MessageId message{};
    AccountId author{};
    Speaker speaker = Speaker::person;
    const Staffer* staffer = nullptr;  ///< Of a staff message: whose, if the roster knows.
    bool personal = true;
    bool linked = false;  ///< An answer by the platform's own word, or in a place for two.
    std::span<const AccountId> addressed{};
};

// ------------------------------------------------------------------------------ raising
/// Runs the rules on a person's message and raises what they ask for: at most one alert. What the person says
/// while one about them is open there belongs to it, and so does a flood; a louder rule takes it over.
/// Whoever else waits in the conversation is quoted there, unless what they say is more urgent or the alert
/// has no room. `since`: when it was said, if it is looked at later; what the rule's `after` counts from.
/// Returns the alert raised, or none.
AlertId consider_message(Deciding& d, const Seen& seen, Time since = never);
/// Looks again at a message that was left behind, as if it had just been said: nothing for what is deleted,
/// answered by a human, or quoted by an alert that is open.
void look_again(Deciding& d, MessageId message);
/// The account looks like a bot, for these reasons: what is open about it is withdrawn, and what it says
/// waits for somebody to look.
void suspected(Deciding& d, AccountId account, std::vector<std::string> reasons);
/// Somebody has looked. If it is no bot, what it said meanwhile is looked at anew.
void looked_at(Deciding& d, AccountId account, bool bot);
/// The message was edited: the rules run again, and an alert about it changes, ends or begins.
void message_edited(Deciding& d, MessageId message);
/// The rule's name of an alert that a colleague asked for: no rule bears it.
inline constexpr std::string_view asked_by_colleague = "(a colleague)";
/// `by` wants the message answered, whatever the rules say: the alert that is open there about whoever said
/// it is woken up and asks now, or a new one does. Nothing for what the team, the brand or a bot said, and
/// for what is deleted.
void ask_for_reply(Deciding& d, MessageId message, const Staffer& by);
/// The message is gone: alerts that rested on it alone are withdrawn.
void message_deleted(Deciding& d, MessageId message);

// ------------------------------------------------------------------------------ answers
/// What a message of the team's or the brand's means for an alert of its conversation.
void heard_in_conversation(Deciding& d, AlertId alert, const Heard& heard);
/// A message of the team's or the brand's is gone: where it was the answer, the wait goes on.
void answer_deleted(Deciding& d, MessageId message);
/// Somebody asked to be forgotten: nothing about them is asked any more. Their words are gone already.
void person_erased(Deciding& d, AccountId account);

// ------------------------------------------------------------------------------ time
/// The earliest thing that happens to the alert by itself; `never` once it is closed for good. That whoever
/// has it leaves the team is such a thing.
Time next_step(const AlertRow& alert, const Team& team);
/// When whoever has the alert leaves the team, or has left it; `never` if nobody has it or they stay.
Time left_behind(const AlertRow& alert, const Team& team);
/// Does the one thing that is due at `d.now`.
void time_passed(Deciding& d, AlertId alert);

// ------------------------------------------------------------------------------ presses
/// A staffer pressed a button on the alert's card. Returns words for them, or an empty text.
std::string pressed(Deciding& d, AlertId alert, const Action& action, const Staffer& by);

// ------------------------------------------------------------------------------ shared steps
/// The alert is about this message too, and an answer to it counts, also in another conversation. Of too many
/// of one person's the earliest but the alert's first gives way.
void quote(Deciding& d, AlertRow& alert, const MessageRow& message);
/// The alert is not about that any more; never the first of `alert.quoted`.
void unquote(Deciding& d, AlertRow& alert, MessageId message);
/// What stands of what the alert quotes of its own person.
std::vector<MessageId> standing_words(const Deciding& d, const AlertRow& alert);
/// Whether both accounts are the same person's.
bool same_person(const State& state, AccountId a, AccountId b);
/// Asks the first free staffer among `ask`, holds the alert until somebody works, or gives it to the channel.
void ask_someone(Deciding& d, AlertRow& alert, std::span<const std::string> ask);
/// Closes the alert. It stays closed, but for an attested answer that turns out verified or not to be, and
/// for an answer that is deleted while it is watched (`alerts.answer_watch`).
void close_alert(Deciding& d, AlertRow& alert, AlertState state, Outcome outcome, std::string_view line);
/// What whoever else waits there said leaves the alert and is looked at again as the decision ends; with
/// `theirs_too` also what its own person said, which stays on it.
void leave_behind(Deciding& d, AlertRow& alert, bool theirs_too);
/// The answer is there. For a while it is watched: should it be deleted, the person waits again.
void watch_answer(Deciding& d, AlertRow& alert);
/// There is no answer after all: the alert is as before it, but that nobody has it yet. Its state must change
/// right after.
void open_again(Deciding& d, AlertRow& alert);
/// The clocks that a question about a nearby answer stopped run again.
void go_on_waiting(Deciding& d, AlertRow& alert);
/// When `work` is over for `staffer`: of their working time, of what is urgent by the clock on the wall.
Time end_of(const AlertRow& alert, const Staffer& staffer, Time from, std::chrono::milliseconds work);
/// From now on: a reminder, then release (`end_of`).
void start_claim_clocks(Deciding& d, AlertRow& alert);
/// Takes the alert out of its person's and its conversations' lists of alerts that something may still happen
/// to.
void leave_open_lists(Deciding& d, const AlertRow& alert);
/// Makes `staffer` (empty: the channel) the one who is asked, from now on, with new deadlines. `how` it came
/// to them is kept for reports.
void give_to(Deciding& d, AlertRow& alert, std::string_view staffer, MoveKind how = MoveKind::asked);
/// Keeps how the alert passed on; of too many moves the oldest but the first gives way.
void moved(Deciding& d, AlertRow& alert, MoveKind kind, std::string_view staffer = {});
/// When the open alert's policy says that something happens: `reply within`, the next step of `escalate`.
void set_deadlines(Deciding& d, AlertRow& alert);
/// The alert no longer weighs on its staffer, if it did. The state must change right after.
void rest(Deciding& d, const AlertRow& alert);
/// Adds a line to the history; the oldest but the first gives way.
void note(Deciding& d, AlertRow& alert, std::string_view line);
/// Why it was asked for, or why of them: the latest stands last, and what was said before is not said twice.
/// Of too many, those in the middle give way.
void give_reason(AlertRow& alert, std::string line);
/// Brings the alert's card up to date after this decision; `notify`: with a sound, within the limits.
void show(Deciding& d, AlertRow& alert, bool notify = false);
/// Whether the alert's rule still holds for anything that its person said and that stands.
bool still_holds(const Deciding& d, const AlertRow& alert);
/// "Ada Winter", or "the team's channel" if `name` is empty.
std::string called(const Deciding& d, std::string_view name);

/// Ends the decision: looks again at what was left behind, sets timers and puts the cards of all shown alerts
/// into the outbox.
void finish(Deciding& d);

}  // namespace rapport
