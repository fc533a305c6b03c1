// Proof of reply: whose answer it was, and whether it closes the alert.

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/life.hpp"

namespace rapport {

namespace {

bool answers_the_person(const Deciding& d, const AlertRow& alert, const Heard& heard) {
    if (std::find(heard.addressed.begin(), heard.addressed.end(), alert.about) != heard.addressed.end())
        return true;
    const ConversationId there = d.state.messages.at(heard.message).conversation;
    return heard.linked && d.state.conversations.at(there).waiting.size() <= 1;
}

void take_answer(Deciding& d, AlertRow& alert, const Heard& heard, Outcome outcome, std::string_view line) {
    alert.answer = heard.message;
    alert.answered_by = heard.author;
    close_alert(d, alert, AlertState::replied, outcome, line);
}

void staff_answer(Deciding& d, AlertRow& alert, const Heard& heard) {
    const std::string who = heard.staffer ? heard.staffer->full_name : std::string("A colleague");
    const bool named = heard.staffer && heard.staffer->name == alert.staffer;
    const bool unasked = alert.opened == never;
    if (heard.linked) {
        if (named || unasked || alert.staffer.empty())
            take_answer(d, alert, heard, Outcome::verified, fmt::format("{} answered in person.", who));
        else
            take_answer(d, alert, heard, Outcome::other_staff,
                        fmt::format("{} answered, so {} need not.", who, called(d, alert.staffer)));
        return;
    }
    if (unasked) return;  // the rule is asked again before anybody is; a nearby answer counts there
    alert.answer = heard.message;
    alert.answered_by = heard.author;
    alert.asking_about_answer = true;
    // Perhaps they have kept their word: nobody else is asked before they have said no (scenario 9).
    if (named) alert.release_at = alert.escalate_at = never;
    note(d, alert, fmt::format("{} said something nearby that may be the answer.", who));
    show(d, alert);
}

void brand_answer(Deciding& d, AlertRow& alert, const Heard& heard) {
    if (alert.brand_answered == never) alert.brand_answered = d.now;
    if (alert.policy.brand_counts) {
        take_answer(d, alert, heard, Outcome::brand,
                    "The brand's account answered, and for this rule that is enough.");
        return;
    }
    note(d, alert, "The brand's account answered. A person is still wanted.");
    show(d, alert);
}

/// An answer that was only attested turns out to be there.
void prove(Deciding& d, AlertRow& alert, const Heard& heard) {
    if (alert.outcome != Outcome::attested || !heard.linked || !heard.staffer) return;
    if (heard.staffer->name != alert.staffer) return;
    alert.outcome = Outcome::verified;
    alert.answer = heard.message;
    alert.answered_by = heard.author;
    alert.attest_check_at = alert.expires_at = never;
    alert.asking_about_answer = false;
    leave_open_lists(d, alert);
    note(d, alert, fmt::format("{}'s answer is there: verified.", heard.staffer->full_name));
    show(d, alert);
}

}  // namespace

void heard_in_conversation(Deciding& d, AlertId id, const Heard& heard) {
    const AlertRow& there = d.state.alerts.at(id);
    if (!answers_the_person(d, there, heard)) return;
    const bool by_brand =
        heard.speaker == Speaker::brand || (heard.speaker == Speaker::staff && !heard.personal);
    AlertRow& alert = d.state.alerts.edit(id);
    if (is_closed(alert.state)) {
        if (heard.speaker == Speaker::staff && heard.personal) prove(d, alert, heard);
        return;
    }
    if (by_brand) return brand_answer(d, alert, heard);
    if (heard.speaker == Speaker::staff) return staff_answer(d, alert, heard);
}

}  // namespace rapport
