// Proof of reply: whose answer it was, whether it closes the alert, and what becomes of it if it is deleted.

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/steps.hpp"
#include "bot/conversations/waiting.hpp"

namespace rapport {

namespace {

bool answers_the_person(const Deciding& d, const AlertRow& alert, const Heard& heard) {
    if (std::find(heard.addressed.begin(), heard.addressed.end(), alert.about) != heard.addressed.end())
        return true;
    // Nobody else can be meant: who waited when it was said waits still, or was answered by it.
    const MessageRow& said = d.state.messages.at(heard.message);
    const auto& waiting = d.state.conversations.at(said.conversation).waiting;
    return heard.linked && std::none_of(waiting.begin(), waiting.end(), [&](const Waiting& one) {
               const bool waited = one.answered_person == never || one.answered_person == said.at;
               return waited && !same_person(d.state, one.who, alert.about);
           });
}

LifeEvent event_of(const Heard& heard) {
    if (heard.speaker == Speaker::brand) return LifeEvent::brand_answers;
    if (!heard.personal) return LifeEvent::app_answers;
    return heard.linked ? LifeEvent::staff_answers : LifeEvent::staff_perhaps_answers;
}

std::string answerer(const Heard& heard) {
    return heard.staffer ? heard.staffer->full_name : std::string("A colleague");
}

void take_answer(Moment& m, Outcome outcome, std::string_view line) {
    m.alert.answer = m.what.heard->message;
    m.alert.answered_by = m.what.heard->author;
    close_alert(m.d, m.alert, AlertState::replied, outcome, line);
}

/// Who on the team answered, if they are still there; else whom it asked last.
std::string who_takes_it_back(const Deciding& d, const AlertRow& alert) {
    if (alert.answered_by != AccountId::none)
        if (const Staffer* by = d.world.team.staffer_of(d.state.accounts.at(alert.answered_by).key, d.now))
            return by->name;
    return alert.staffer;
}

}  // namespace

namespace steps {

bool is_unasked(const Deciding&, const AlertRow& alert, const Happening&) {
    return alert.opened == never;
}
bool is_by_the_one_asked(const Deciding&, const AlertRow& alert, const Happening& what) {
    const bool named = what.heard->staffer && what.heard->staffer->name == alert.staffer;
    return named || alert.opened == never || alert.staffer.empty();
}
void verify(Moment& m) {
    take_answer(m, Outcome::verified, fmt::format("{} answered in person.", answerer(*m.what.heard)));
}
void close_for_other_staff(Moment& m) {
    take_answer(
        m, Outcome::other_staff,
        fmt::format("{} answered, so {} need not.", answerer(*m.what.heard), called(m.d, m.alert.staffer)));
}

bool is_by_who_said_so(const Deciding&, const AlertRow& alert, const Happening& what) {
    return what.heard->staffer && what.heard->staffer->name == alert.staffer;
}
void prove(Moment& m) {
    m.alert.outcome = Outcome::verified;
    m.alert.answer = m.what.heard->message;
    m.alert.answered_by = m.what.heard->author;
    m.alert.attest_check_at = never;
    m.alert.asking_about_answer = false;
    watch_answer(m.d, m.alert);
    note(m.d, m.alert, fmt::format("{}'s answer is there: verified.", m.what.heard->staffer->full_name));
    show(m.d, m.alert);
}

bool is_by_who_answered(const Deciding&, const AlertRow& alert, const Happening& what) {
    return what.heard->author == alert.answered_by;
}
void keep_second_answer(Moment& m) {
    m.alert.second_answer = m.what.heard->message;
}

void ask_whether_it_was(Moment& m) {
    AlertRow& alert = m.alert;
    const Heard& heard = *m.what.heard;
    alert.answer = heard.message;
    alert.answered_by = heard.author;
    alert.asking_about_answer = true;
    // Perhaps they have kept their word: nobody else is asked before they have said no (scenario 9).
    if (heard.staffer && heard.staffer->name == alert.staffer) alert.release_at = alert.escalate_at = never;
    note(m.d, alert, fmt::format("{} said something nearby that may be the answer.", answerer(heard)));
    show(m.d, alert);
}

bool brand_counts(const Deciding&, const AlertRow& alert, const Happening&) {
    return alert.policy.brand_counts;
}
void close_for_brand(Moment& m) {
    Time& when = m.what.heard->speaker == Speaker::brand ? m.alert.brand_answered : m.alert.app_answered;
    if (when == never) when = m.d.now;
    const std::string who = m.what.heard->speaker == Speaker::brand
                                ? std::string("The brand's account answered")
                                : fmt::format("An app answered with {}'s account", answerer(*m.what.heard));
    take_answer(m, Outcome::brand, fmt::format("{}, and for this rule that is enough.", who));
}
void count_brand(Moment& m) {
    if (m.alert.brand_answered == never) m.alert.brand_answered = m.d.now;
    note(m.d, m.alert, "The brand's account answered. A person is still wanted.");
    show(m.d, m.alert);
}
void count_app(Moment& m) {
    if (m.alert.app_answered == never) m.alert.app_answered = m.d.now;
    note(
        m.d, m.alert,
        fmt::format("An app answered with {}'s account. A person is still wanted.", answerer(*m.what.heard)));
    show(m.d, m.alert);
}

// ------------------------------------------------------------------ the answer is deleted
bool is_the_answer(const Deciding&, const AlertRow& alert, const Happening& what) {
    return alert.answer != MessageId::none && alert.answer == what.message;
}
void drop_question(Moment& m) {
    AlertRow& alert = m.alert;
    alert.answer = MessageId::none;
    alert.answered_by = AccountId::none;
    alert.asking_about_answer = false;
    note(m.d, alert, "The answer was deleted.");
    go_on_waiting(m.d, alert);
    show(m.d, alert);
}
bool answered_twice(const Deciding& d, const AlertRow& alert, const Happening& what) {
    return is_the_answer(d, alert, what) && alert.second_answer != MessageId::none &&
           !d.state.messages.at(alert.second_answer).deleted;
}
void take_second_answer(Moment& m) {
    m.alert.answer = std::exchange(m.alert.second_answer, MessageId::none);
    note(m.d, m.alert, "The answer was deleted; another one of theirs is there.");
    show(m.d, m.alert);
}

bool another_is_open(const Deciding& d, const AlertRow& alert, const Happening& what) {
    const bool questioned = what.action ? alert.asking_about_answer : is_the_answer(d, alert, what);
    if (!questioned) return false;
    const std::vector<MessageId> words = standing_words(d, alert);
    const auto quotes = [&](const AlertRow& one) {
        return std::any_of(one.quoted.begin(), one.quoted.end(), [&](MessageId quoted) {
            return std::find(words.begin(), words.end(), quoted) != words.end();
        });
    };
    const auto other = [&](AlertId id) {
        const AlertRow& one = d.state.alerts.at(id);
        if (id == alert.id || is_closed(one.state)) return false;
        const bool here = one.conversation == alert.conversation || one.channel == alert.channel;
        return quotes(one) || (here && same_person(d.state, one.about, alert.about));
    };
    const std::vector<AlertId>& there = d.state.conversations.at(alert.conversation).alerts;
    const std::vector<AlertId>& theirs = d.state.accounts.at(alert.about).alerts;
    return std::any_of(there.begin(), there.end(), other) || std::any_of(theirs.begin(), theirs.end(), other);
}
void withdraw_for_another(Moment& m) {
    AlertRow& alert = m.alert;
    alert.answer = MessageId::none;
    alert.answered_by = AccountId::none;
    alert.outcome = Outcome::none;
    alert.state = AlertState::withdrawn;
    alert.asking_about_answer = false;
    alert.attest_check_at = alert.expires_at = never;
    leave_open_lists(m.d, alert);
    note(m.d, alert, "There was no answer after all; another alert about them is open already.");
    show(m.d, alert);
    m.reply = "All right. Another alert about them is open already.";
}
void reopen(Moment& m) {
    AlertRow& alert = m.alert;
    const std::string who = who_takes_it_back(m.d, alert);
    open_again(m.d, alert);
    note(m.d, alert, "The answer was deleted, so they wait again.");
    const Staffer* staffer = m.d.world.team.staffer(who);
    const bool asked_team = who.empty() && alert.opened != never;
    if (asked_team || (staffer && staffer->on_team(m.d.now))) {
        if (staffer) give_reason(alert, fmt::format("{} had it when it was answered", staffer->full_name));
        give_to(m.d, alert, who);
        note(m.d, alert, fmt::format("Asked {}.", called(m.d, who)));
        show(m.d, alert, true);
    } else {
        ask_someone(m.d, alert, alert.policy.ask);
    }
}

}  // namespace steps

void heard_in_conversation(Deciding& d, AlertId id, const Heard& heard) {
    const AlertRow& alert = d.state.alerts.at(id);
    const std::vector<MessageId> quoted = alert.quoted;
    const bool by_human = heard.speaker == Speaker::staff && heard.personal && heard.linked;
    const ConversationId here = d.state.messages.at(heard.message).conversation;
    for (const MessageId one : quoted) {
        const AccountId who = d.state.messages.at(one).author;
        const bool meant =
            d.state.messages.at(one).conversation == here &&
            std::find(heard.addressed.begin(), heard.addressed.end(), who) != heard.addressed.end();
        const bool there = std::find(alert.quoted.begin(), alert.quoted.end(), one) != alert.quoted.end();
        if (by_human && meant && there && !same_person(d.state, who, alert.about))
            happen(d, id, LifeEvent::another_goes, {.heard = &heard, .message = one});
    }
    if (answers_the_person(d, alert, heard)) happen(d, id, event_of(heard), {.heard = &heard});
}

void answer_deleted(Deciding& d, MessageId message) {
    const MessageRow& row = d.state.messages.at(message);
    if (row.speaker != Speaker::staff && row.speaker != Speaker::brand) return;
    const std::vector<AlertId> alerts = d.state.conversations.at(row.conversation).alerts;
    for (const AlertId id : alerts) happen(d, id, LifeEvent::answer_deleted, {.message = message});
}

void person_erased(Deciding& d, AccountId account) {
    const std::vector<AlertId> alerts = d.state.accounts.at(account).alerts;
    for (const AlertId id : alerts) happen(d, id, LifeEvent::is_erased);
}

}  // namespace rapport
