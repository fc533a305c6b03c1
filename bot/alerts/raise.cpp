// Raising alerts: what the rules ask for, once for each conversation, and not twice for a flood.

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/life.hpp"
#include "rules/explain.hpp"

namespace rapport {

namespace {

/// More from one person within this time belongs to the alert that is there, wherever it was said.
constexpr std::chrono::minutes flood_window{10};

Urgency urgency_of(rules::Urgency urgency) {
    switch (urgency) {
        case rules::Urgency::normal:
            return Urgency::normal;
        case rules::Urgency::high:
            return Urgency::high;
        case rules::Urgency::digest:
            return Urgency::digest;
    }
    return Urgency::normal;
}

AlertPolicy policy_of(const rules::Rule& rule) {
    AlertPolicy policy;
    for (const rules::Target& target : rule.ask) policy.ask.push_back(to_string(target));
    for (const rules::Escalation& step : rule.escalate)
        policy.escalate.push_back({step.after.count(), to_string(step.to)});
    policy.reply_within_ms = rule.reply_within.count();
    policy.cooldown_ms = rule.cooldown.count();
    policy.brand_counts = rule.brand_reply_counts;
    policy.urgency = urgency_of(rule.urgency);
    return policy;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        if (end > from) lines.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

bool cooling_down(const PersonView& person, std::string_view rule, Time now) {
    for (const AccountRow* account : person.accounts)
        for (const Cooldown& one : account->cooldowns)
            if (one.rule == rule && one.until > now) return true;
    return false;
}

void start_cooldown(Deciding& d, AccountId account, const AlertRow& alert) {
    auto& all = d.state.accounts.edit(account).cooldowns;
    std::erase_if(all, [&](const Cooldown& one) { return one.until <= d.now || one.rule == alert.rule; });
    if (alert.policy.cooldown_ms > 0)
        all.push_back({alert.rule, d.now + std::chrono::milliseconds{alert.policy.cooldown_ms}});
}

/// An alert about the person from moments ago, in another place.
AlertId flooded(const Deciding& d, const PersonView& person) {
    for (const AccountRow* account : person.accounts)
        for (const AlertId id : account->alerts) {
            const AlertRow& alert = d.state.alerts.at(id);
            if (!is_closed(alert.state) && d.now - alert.created <= flood_window) return id;
        }
    return AlertId::none;
}

/// The alert that is open about the conversation.
AlertId open_alert(const Deciding& d, const ConversationRow& conversation) {
    for (const AlertId id : conversation.alerts)
        if (!is_closed(d.state.alerts.at(id).state)) return id;
    return AlertId::none;
}

void quote(AlertRow& alert, MessageId message) {
    if (alert.quoted.size() >= max_quoted) alert.quoted.erase(alert.quoted.begin() + 1);
    alert.quoted.push_back(message);
}

/// One more message of the person: the alert that is there counts it.
void fold_in(Deciding& d, AlertId id, const Seen& seen) {
    AlertRow& alert = d.state.alerts.edit(id);
    ++alert.messages;
    quote(alert, seen.message.id);
    if (alert.state == AlertState::snoozed) {
        give_to(d, alert, alert.staffer);
        note(d, alert, "They wrote again, so the snooze is over.");
        show(d, alert, true);
        return;
    }
    const bool asking = alert.state == AlertState::open || alert.state == AlertState::claimed;
    show(d, alert, asking && seen.reading.needs_reply);
}

AlertRow& new_alert(Deciding& d, const Seen& seen, const rules::Rule& rule) {
    AlertRow row;
    row.id = AlertId(d.state.next.alert++);
    row.rule = rule.name;
    row.title = rule.title;
    row.policy = policy_of(rule);
    row.about = seen.message.author;
    row.conversation = seen.message.conversation;
    row.channel = seen.message.channel;
    row.quoted = {seen.message.id};
    row.late = seen.message.late;
    row.created = d.now;
    row.expires_at = d.now + d.world.config.alerts.expire_after;
    d.state.accounts.edit(row.about).alerts.push_back(row.id);
    d.state.conversations.edit(row.conversation).alerts.push_back(row.id);
    return d.state.alerts.add(std::move(row));
}

AlertId raise(Deciding& d, const Seen& seen, rules::RuleId id, const rules::Facts& facts) {
    const rules::Rule& rule = d.world.rules.rule(id);
    AlertRow& alert = new_alert(d, seen, rule);
    alert.why = lines_of(to_text(rules::explain(d.world.rules, id, facts)));
    note(d, alert, fmt::format("{}.", rule.title));
    start_cooldown(d, alert.about, alert);
    d.shown.insert(alert.id);
    if (rule.after.count() > 0) {
        alert.state = AlertState::waiting;
        alert.wait_until = d.now + rule.after;
    } else {
        ask_someone(d, alert, alert.policy.ask);
    }
    return alert.id;
}

/// The first rule, in the order of the file, that holds and is not cooling down.
std::optional<rules::RuleId> first_match(const Deciding& d, const PersonView& person,
                                         const rules::Facts& facts) {
    thread_local std::vector<rules::RuleId> matches;
    d.world.rules.match(facts, matches);
    for (const rules::RuleId id : matches)
        if (!cooling_down(person, d.world.rules.rule(id).name, d.now)) return id;
    return std::nullopt;
}

/// The alert takes over another rule: an edit turned a question into a complaint.
void change_rule(Deciding& d, AlertRow& alert, rules::RuleId id, const rules::Facts& facts) {
    const rules::Rule& rule = d.world.rules.rule(id);
    alert.rule = rule.name;
    alert.title = rule.title;
    alert.policy = policy_of(rule);
    alert.why = lines_of(to_text(rules::explain(d.world.rules, id, facts)));
    start_cooldown(d, alert.about, alert);
    note(d, alert, fmt::format("They edited the message. Now: {}.", rule.title));
    show(d, alert, true);
}

void reconsider(Deciding& d, AlertId id, MessageId message) {
    AlertRow& alert = d.state.alerts.edit(id);
    if (std::find(alert.quoted.begin(), alert.quoted.end(), message) == alert.quoted.end()) return;
    const rules::Facts facts = facts_of(d.state, d.world, message, d.now);
    std::vector<rules::RuleId> matches;
    d.world.rules.match(facts, matches);
    const auto own = d.world.rules.find(alert.rule);
    const bool same = own && std::find(matches.begin(), matches.end(), *own) != matches.end();
    if (!same && !matches.empty()) return change_rule(d, alert, matches.front(), facts);
    if (!same && alert.opened == never && !still_holds(d, alert))
        return close_alert(d, alert, AlertState::withdrawn, Outcome::none,
                           "They edited the message, and nothing asks for an answer any more.");
    note(d, alert, "They edited the message.");
    show(d, alert);
}

}  // namespace

AlertId consider_message(Deciding& d, const Seen& seen) {
    if (seen.person.muted_until > d.now) return AlertId::none;
    const AlertId there = open_alert(d, seen.conversation);
    if (there != AlertId::none && d.state.alerts.at(there).about == seen.message.author) {
        fold_in(d, there, seen);
        return AlertId::none;
    }
    thread_local rules::Facts facts;
    fill_facts(facts, seen, d.state, d.world, d.now, &d.world.rules);
    const auto rule = first_match(d, seen.person, facts);
    if (!rule) return AlertId::none;
    if (there != AlertId::none) {
        note(d, d.state.alerts.edit(there), fmt::format("{} waits here too.", seen.person.shown_name()));
        fold_in(d, there, seen);
        return AlertId::none;
    }
    if (const AlertId flood = flooded(d, seen.person); flood != AlertId::none) {
        fold_in(d, flood, seen);
        return AlertId::none;
    }
    return raise(d, seen, *rule, facts_of(d.state, d.world, seen.message.id, d.now));
}

void message_edited(Deciding& d, MessageId message) {
    const MessageRow& row = d.state.messages.at(message);
    if (row.speaker != Speaker::person) return;
    const std::vector<AlertId> alerts = d.state.conversations.at(row.conversation).alerts;
    bool open = false;
    for (const AlertId id : alerts) {
        if (is_closed(d.state.alerts.at(id).state)) continue;
        reconsider(d, id, message);
        open = true;
    }
    if (open) return;
    const ConversationRow& conversation = d.state.conversations.at(row.conversation);
    const ChannelRow& channel = d.state.channels.at(row.channel);
    const PersonView person = view_person(d.state, d.world.people, row.author, d.now);
    const Reading reading = read_again(row, conversation, channel, d.state, d.world);
    consider_message(d, {row, reading, conversation, channel, person});
}

void message_deleted(Deciding& d, MessageId message) {
    const MessageRow& row = d.state.messages.at(message);
    const std::vector<AlertId> alerts = d.state.conversations.at(row.conversation).alerts;
    for (const AlertId id : alerts) {
        AlertRow& alert = d.state.alerts.edit(id);
        const bool about_it =
            std::find(alert.quoted.begin(), alert.quoted.end(), message) != alert.quoted.end();
        if (!about_it) continue;
        if (is_closed(alert.state)) {
            show(d, alert);  // its text goes from the card as well
            continue;
        }
        const bool all_gone = std::all_of(alert.quoted.begin(), alert.quoted.end(), [&](MessageId quoted) {
            return d.state.messages.at(quoted).deleted;
        });
        if (all_gone) {
            close_alert(d, alert, AlertState::withdrawn, Outcome::none,
                        "They deleted what they had said, so nobody needs to answer.");
        } else {
            note(d, alert, "They deleted one of the messages.");
            show(d, alert);
        }
    }
}

}  // namespace rapport
