// Raising alerts: what the rules ask for, once for each conversation, and not twice for a flood.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "bot/alerts/by_rule.hpp"
#include "bot/alerts/lifecycle.hpp"
#include "bot/alerts/privacy.hpp"
#include "bot/conversations/waiting.hpp"
#include "bot/people/suspicion.hpp"

namespace rapport {

namespace {

/// More from one person within this time belongs to the alert that is there, wherever it was said.
constexpr std::chrono::minutes flood_window{10};

/// An alert about the person from moments ago, in another place.
AlertId flooded(const Deciding& d, const Seen& seen) {
    for (const AccountRow* account : seen.person.accounts)
        for (const AlertId id : account->alerts) {
            const AlertRow& alert = d.state.alerts.at(id);
            if (!is_closed(alert.state) && d.now - alert.created <= flood_window &&
                may_join(d.state, alert, seen.message))
                return id;
        }
    return AlertId::none;
}

/// One alert shows so many others who wait in its conversation.
constexpr std::size_t most_others = 3;

bool has_room(const Deciding& d, const AlertRow& alert, AccountId author) {
    std::set<AccountId> others;
    for (const MessageId id : alert.quoted) {
        const AccountId who = d.state.messages.at(id).author;
        if (!same_person(d.state, who, alert.about)) others.insert(who);
    }
    return others.size() < most_others || others.contains(author);
}

/// The person's own alert that is open about the conversation.
AlertId open_own(const Deciding& d, const ConversationRow& conversation, AccountId author) {
    for (const AlertId id : conversation.alerts) {
        const AlertRow& alert = d.state.alerts.at(id);
        if (!is_closed(alert.state) && same_person(d.state, alert.about, author)) return id;
    }
    return AlertId::none;
}

/// Somebody else's that is open there, as urgent as what is said, and has room for one more.
AlertId open_to_others(const Deciding& d, const Seen& seen, Urgency urgency) {
    for (const AlertId id : seen.conversation.alerts) {
        const AlertRow& alert = d.state.alerts.at(id);
        if (!is_closed(alert.state) && !is_louder(urgency, alert.policy.urgency) &&
            has_room(d, alert, seen.message.author))
            return id;
    }
    return AlertId::none;
}

/// Who is asked about on their own stands on nobody else's alert in the conversation: what they had said
/// there comes with them.
void take_from_others(Deciding& d, AlertRow& alert, const ConversationRow& conversation) {
    const std::vector<AlertId> there = conversation.alerts;
    for (const AlertId id : there) {
        if (id == alert.id || is_closed(d.state.alerts.at(id).state)) continue;
        const std::vector<MessageId> quoted = d.state.alerts.at(id).quoted;
        bool theirs = false;
        for (std::size_t i = 1; i < quoted.size(); ++i) {
            const MessageRow& message = d.state.messages.at(quoted[i]);
            if (!same_person(d.state, message.author, alert.about)) continue;
            theirs = true;
            if (!message.deleted) quote(d, alert, message);
        }
        if (theirs) happen(d, id, LifeEvent::another_goes, {.message = alert.quoted.front()});
    }
}

/// The person's alert about this very place, from an earlier conversation: the one who is asked for them here
/// stays the same.
AlertId open_here(const Deciding& d, const PersonView& person, ChannelId channel) {
    for (const AccountRow* account : person.accounts)
        for (const AlertId id : account->alerts) {
            const AlertRow& alert = d.state.alerts.at(id);
            if (!is_closed(alert.state) && alert.channel == channel) return id;
        }
    return AlertId::none;
}

/// Whether what they say now belongs to the alert that is open about the same place: whatever it is wakes one
/// that sleeps, and what wants an answer is one more reason.
bool belongs_to(const AlertRow& alert, const Seen& seen) {
    return alert.state == AlertState::snoozed || seen.reading.needs_reply;
}

/// An alert about the message, without rule and policy.
AlertRow& new_alert(Deciding& d, const MessageRow& message) {
    AlertRow row;
    row.id = AlertId(d.state.next.alert++);
    row.about = message.author;
    row.conversation = message.conversation;
    row.channel = message.channel;
    row.quoted = {message.id};
    row.late = message.late;
    row.created = d.now;
    row.expires_at = d.now + d.world.config.alerts.expire_after;
    d.state.accounts.edit(row.about).alerts.push_back(row.id);
    d.state.conversations.edit(row.conversation).alerts.push_back(row.id);
    return d.state.alerts.add(std::move(row));
}

/// What the person says belongs to their alert; what is more urgent than it takes it over.
void join(Deciding& d, AlertId id, const Seen& seen, const rules::Facts& facts) {
    const auto louder = louder_match(d, seen.person, facts, d.state.alerts.at(id).policy.urgency);
    if (!louder) return void(happen(d, id, LifeEvent::writes_again, {.seen = &seen}));
    const rules::Facts all = facts_of(d.state, d.world, seen.message.id, d.now);
    happen(d, id, LifeEvent::writes_again, {.seen = &seen, .facts = &all, .rule = louder});
}

AlertId raise(Deciding& d, const Seen& seen, rules::RuleId id, Time since) {
    const rules::Facts facts = facts_of(d.state, d.world, seen.message.id, d.now);
    const rules::Rule& rule = d.world.rules.rule(id);
    AlertRow& alert = new_alert(d, seen.message);
    take_rule(d, alert, id, facts);
    note(d, alert, fmt::format("{}.", rule.title));
    d.shown.insert(alert.id);
    take_from_others(d, alert, seen.conversation);
    const AccountRow& about = d.state.accounts.at(alert.about);
    std::chrono::milliseconds after = rule.after;
    if (is_young(about, d.now) && !about.human)
        after = std::max<std::chrono::milliseconds>(after, young_patience);
    if (since + after > d.now) {
        alert.state = AlertState::waiting;
        alert.wait_until = since + after;
    } else {
        ask_someone(d, alert, alert.policy.ask);
    }
    return alert.id;
}

/// The brand's account has answered them meanwhile, and for the rule that is enough.
bool brand_was_enough(const Deciding& d, const Seen& seen, rules::RuleId rule) {
    const Waiting* waiting = waiting_of(seen.conversation, seen.message.author);
    return waiting && waiting->answered_brand != never && d.world.rules.rule(rule).brand_reply_counts;
}

/// The person's alert that is open anywhere and may show what they say there.
AlertId open_anywhere(const Deciding& d, const Seen& seen) {
    for (const AccountRow* account : seen.person.accounts)
        for (const AlertId id : account->alerts) {
            const AlertRow& alert = d.state.alerts.at(id);
            if (!is_closed(alert.state) && may_join(d.state, alert, seen.message)) return id;
        }
    return AlertId::none;
}

void hold(Deciding& d, AccountId author, MessageId message) {
    auto& held = d.state.accounts.edit(author).held;
    if (std::find(held.begin(), held.end(), message) != held.end()) return;
    if (held.size() >= max_held) held.erase(held.begin());
    held.push_back(message);
}

}  // namespace

void suspected(Deciding& d, AccountId account, std::vector<std::string> reasons) {
    d.state.accounts.edit(account).suspicion = std::move(reasons);
    const std::vector<AlertId> alerts = d.state.accounts.at(account).alerts;
    for (const AlertId id : alerts) {
        const AlertRow& alert = d.state.alerts.at(id);
        if (is_closed(alert.state)) continue;
        for (const MessageId message : alert.quoted)
            if (d.state.messages.at(message).author == account) hold(d, account, message);
        std::erase_if(d.state.accounts.edit(account).cooldowns,
                      [&](const Cooldown& one) { return one.rule == alert.rule; });
        happen(d, id, LifeEvent::looks_like_bot);
    }
}

void looked_at(Deciding& d, AccountId account, bool bot) {
    AccountRow& row = d.state.accounts.edit(account);
    row.suspicion.clear();
    const std::vector<MessageId> held = std::exchange(row.held, {});
    row.human = !bot;
    row.bot = bot;
    if (bot) return;
    for (const MessageId id : held) {
        const MessageRow& message = d.state.messages.at(id);
        if (message.deleted || message.author == AccountId::none) continue;
        const ConversationRow& conversation = d.state.conversations.at(message.conversation);
        const ChannelRow& channel = d.state.channels.at(message.channel);
        const PersonView person = view_person(d.state, d.world.people, message.author, d.now);
        const Reading reading = read_again(message, conversation, channel, d.state, d.world);
        consider_message(d, {message, reading, conversation, channel, person});
    }
}

AlertId consider_message(Deciding& d, const Seen& seen, Time since) {
    if (seen.person.muted_until > d.now) return AlertId::none;
    if (seen.person.suspected) {
        hold(d, seen.message.author, seen.message.id);
        return AlertId::none;
    }
    thread_local rules::Facts facts;
    fill_facts(facts, seen, d.state, d.world, d.now, &d.world.rules);
    if (const AlertId own = open_own(d, seen.conversation, seen.message.author); own != AlertId::none)
        return join(d, own, seen, facts), AlertId::none;
    if (const AlertId here = open_here(d, seen.person, seen.message.channel);
        here != AlertId::none && belongs_to(d.state.alerts.at(here), seen))
        return join(d, here, seen, facts), AlertId::none;
    const auto rule = first_match(d, seen.person, facts);
    if (!rule || (since != never && brand_was_enough(d, seen, *rule))) return AlertId::none;
    if (const AlertId there = open_to_others(d, seen, urgency_of(d, *rule)); there != AlertId::none) {
        happen(d, there, LifeEvent::another_waits, {.seen = &seen});
        return AlertId::none;
    }
    if (const AlertId flood = flooded(d, seen); flood != AlertId::none)
        return join(d, flood, seen, facts), AlertId::none;
    return raise(d, seen, *rule, since == never ? d.now : since);
}

void look_again(Deciding& d, MessageId id) {
    const MessageRow& message = d.state.messages.at(id);
    if (message.deleted || message.author == AccountId::none || message.speaker != Speaker::person) return;
    const ConversationRow& conversation = d.state.conversations.at(message.conversation);
    for (const AlertId there : conversation.alerts) {
        const AlertRow& alert = d.state.alerts.at(there);
        const bool quoted = std::find(alert.quoted.begin(), alert.quoted.end(), id) != alert.quoted.end();
        if (quoted && !is_closed(alert.state)) return;
    }
    const Waiting* waiting = waiting_of(conversation, message.author);
    if (waiting && waiting->answered_person != never) return;
    const ChannelRow& channel = d.state.channels.at(message.channel);
    const PersonView person = view_person(d.state, d.world.people, message.author, d.now);
    if (person.bot) return;
    const Reading reading = read_again(message, conversation, channel, d.state, d.world);
    const Seen seen{message, reading, conversation, channel, person};
    // They are asked about already: their words come to that alert, and nobody is woken for what is not new.
    if (const AlertId own = open_anywhere(d, seen); own != AlertId::none) {
        AlertRow& alert = d.state.alerts.edit(own);
        quote(d, alert, message);
        return show(d, alert);
    }
    consider_message(d, seen, std::min(message.at, d.now));
}

void ask_for_reply(Deciding& d, MessageId message, const Staffer& by) {
    const MessageRow& said = d.state.messages.at(message);
    if (said.speaker != Speaker::person || said.deleted || said.author == AccountId::none) return;
    AlertId there = open_own(d, d.state.conversations.at(said.conversation), said.author);
    if (there == AlertId::none)
        there = open_here(d, view_person(d.state, d.world.people, said.author, d.now), said.channel);
    if (there == AlertId::none) {
        AlertRow& alert = new_alert(d, said);
        alert.rule = asked_by_colleague;
        alert.title = fmt::format("{} asks for an answer", by.full_name);
        alert.policy = policy_of(rules::Rule{});
        alert.policy.ask = {"owner", "strongest tie", "channel"};
        alert.why = {fmt::format("{} asked for it", by.full_name)};
        note(d, alert, fmt::format("{} asked somebody to reply.", by.full_name));
        take_from_others(d, alert, d.state.conversations.at(said.conversation));
        d.shown.insert(alert.id);  // held or not, it has a next step
        return ask_someone(d, alert, alert.policy.ask);
    }
    happen(d, there, LifeEvent::colleague_asks, {.by = &by, .message = message});
}

}  // namespace rapport
