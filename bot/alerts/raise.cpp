// Raising alerts: what the rules ask for, once for each conversation, and not twice for a flood.

#include <fmt/format.h>

#include <algorithm>

#include "bot/alerts/life.hpp"
#include "bot/alerts/privacy.hpp"
#include "bot/learning/quiet.hpp"
#include "bot/people/suspicion.hpp"
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

/// Whether a line of AlertRow::why is a condition with its value; the others say why somebody was asked.
bool is_condition(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    return line.starts_with("✓") || line.starts_with("✗");
}

/// What the alert's reasons quote of a deleted message goes as well.
void forget_words(AlertRow& alert) {
    for (std::string& line : alert.why)
        if (is_condition(line) && line.find("message.text") != std::string::npos)
            if (const std::size_t value = line.find(" — it is "); value != std::string::npos)
                line.replace(value, std::string::npos, " — it was deleted");
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

/// The alert that is open about the conversation.
AlertId open_alert(const Deciding& d, const ConversationRow& conversation) {
    for (const AlertId id : conversation.alerts)
        if (!is_closed(d.state.alerts.at(id).state)) return id;
    return AlertId::none;
}

/// The person's alert that sleeps, about this very place: what they say here wakes it.
AlertId snoozed_here(const Deciding& d, const Seen& seen) {
    for (const AccountRow* account : seen.person.accounts)
        for (const AlertId id : account->alerts) {
            const AlertRow& alert = d.state.alerts.at(id);
            if (alert.state == AlertState::snoozed && alert.channel == seen.message.channel) return id;
        }
    return AlertId::none;
}

/// The alert is about this message too, and an answer to it counts, also in another conversation.
void quote(Deciding& d, AlertRow& alert, const MessageRow& message) {
    if (alert.quoted.size() >= max_quoted) {
        const ConversationId left = d.state.messages.at(alert.quoted[1]).conversation;
        alert.quoted.erase(alert.quoted.begin() + 1);
        const bool still_there = std::any_of(alert.quoted.begin(), alert.quoted.end(), [&](MessageId id) {
            return d.state.messages.at(id).conversation == left;
        });
        if (!still_there && left != alert.conversation)
            std::erase(d.state.conversations.edit(left).alerts, alert.id);
    }
    alert.quoted.push_back(message.id);
    auto& alerts = d.state.conversations.edit(message.conversation).alerts;
    if (std::find(alerts.begin(), alerts.end(), alert.id) == alerts.end()) alerts.push_back(alert.id);
}

/// One more message of the person: the alert that is there counts it.
void fold_in(Deciding& d, AlertId id, const Seen& seen) {
    AlertRow& alert = d.state.alerts.edit(id);
    ++alert.messages;
    quote(d, alert, seen.message);
    if (alert.state == AlertState::snoozed) {
        give_to(d, alert, alert.staffer);
        note(d, alert, "They wrote again, so the snooze is over.");
        show(d, alert, true);
        return;
    }
    const bool asking = alert.state == AlertState::open || alert.state == AlertState::claimed;
    show(d, alert, asking && seen.reading.needs_reply);
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

AlertId raise(Deciding& d, const Seen& seen, rules::RuleId id, const rules::Facts& facts) {
    const rules::Rule& rule = d.world.rules.rule(id);
    AlertRow& alert = new_alert(d, seen.message);
    alert.rule = rule.name;
    alert.title = rule.title;
    alert.policy = policy_of(rule);
    alert.why = lines_of(to_text(rules::explain(d.world.rules, id, facts)));
    note(d, alert, fmt::format("{}.", rule.title));
    start_cooldown(d, alert.about, alert);
    d.shown.insert(alert.id);
    const AccountRow& about = d.state.accounts.at(alert.about);
    std::chrono::milliseconds after = rule.after;
    if (is_young(about, d.now) && !about.human)
        after = std::max<std::chrono::milliseconds>(after, young_patience);
    if (after.count() > 0) {
        alert.state = AlertState::waiting;
        alert.wait_until = d.now + after;
    } else {
        ask_someone(d, alert, alert.policy.ask);
    }
    return alert.id;
}

/// Whether the rule is silent about them just now: for a while, or because staff said that it need not ask.
bool silent(const Deciding& d, const PersonView& person, std::string_view rule) {
    return cooling_down(person, rule, d.now) ||
           learning::quiet_about(person.accounts, rule, d.world.config.learning);
}

/// The first rule, in the order of the file, that holds and is not silent about them.
std::optional<rules::RuleId> first_match(const Deciding& d, const PersonView& person,
                                         const rules::Facts& facts) {
    thread_local std::vector<rules::RuleId> matches;
    d.world.rules.match(facts, matches);
    for (const rules::RuleId id : matches)
        if (!silent(d, person, d.world.rules.rule(id).name)) return id;
    return std::nullopt;
}

/// The alert takes over another rule: an edit turned a question into a complaint.
void change_rule(Deciding& d, AlertRow& alert, rules::RuleId id, const rules::Facts& facts) {
    const rules::Rule& rule = d.world.rules.rule(id);
    alert.rule = rule.name;
    alert.title = rule.title;
    alert.policy = policy_of(rule);
    std::vector<std::string> why = lines_of(to_text(rules::explain(d.world.rules, id, facts)));
    std::remove_copy_if(alert.why.begin(), alert.why.end(), std::back_inserter(why), is_condition);
    alert.why = std::move(why);
    alert.escalated = 0;  // steps of the other rule mean nothing in this one
    if (alert.state == AlertState::open) set_deadlines(d, alert);
    start_cooldown(d, alert.about, alert);
    note(d, alert, fmt::format("They edited the message. Now: {}.", rule.title));
    const Time asked_at = std::max(d.now, alert.created + rule.after);
    if (alert.state == AlertState::waiting && asked_at > d.now) {
        alert.wait_until = asked_at;
    } else if (alert.state == AlertState::waiting || alert.state == AlertState::held) {
        alert.wait_until = alert.hold_until = never;
        return ask_someone(d, alert, alert.policy.ask);
    }
    show(d, alert, alert.opened != never);
}

void reconsider(Deciding& d, AlertId id, MessageId message) {
    AlertRow& alert = d.state.alerts.edit(id);
    if (std::find(alert.quoted.begin(), alert.quoted.end(), message) == alert.quoted.end()) return;
    const rules::Facts facts = facts_of(d.state, d.world, message, d.now);
    std::vector<rules::RuleId> matches;
    d.world.rules.match(facts, matches);
    const auto own = d.world.rules.find(alert.rule);
    const bool same = own && std::find(matches.begin(), matches.end(), *own) != matches.end();
    const PersonView person = view_person(d.state, d.world.people, alert.about, d.now);
    const auto first = std::find_if(matches.begin(), matches.end(), [&](rules::RuleId rule) {
        return rule == own || !silent(d, person, d.world.rules.rule(rule).name);
    });
    if (first != matches.end() && *first != own) return change_rule(d, alert, *first, facts);
    if (!same && alert.opened == never && !still_holds(d, alert))
        return close_alert(d, alert, AlertState::withdrawn, Outcome::none,
                           "They edited the message, and nothing asks for an answer any more.");
    note(d, alert, "They edited the message.");
    show(d, alert);
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
        AlertRow& alert = d.state.alerts.edit(id);
        if (is_closed(alert.state)) continue;
        for (const MessageId message : alert.quoted)
            if (d.state.messages.at(message).author == account) hold(d, account, message);
        std::erase_if(d.state.accounts.edit(account).cooldowns,
                      [&](const Cooldown& one) { return one.rule == alert.rule; });
        close_alert(d, alert, AlertState::withdrawn, Outcome::none,
                    "This looks like a bot: it waits in the review list.");
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

AlertId consider_message(Deciding& d, const Seen& seen) {
    if (seen.person.muted_until > d.now) return AlertId::none;
    if (seen.person.suspected) {
        hold(d, seen.message.author, seen.message.id);
        return AlertId::none;
    }
    const AlertId there = open_alert(d, seen.conversation);
    if (there != AlertId::none && d.state.alerts.at(there).about == seen.message.author) {
        fold_in(d, there, seen);
        return AlertId::none;
    }
    if (there == AlertId::none)
        if (const AlertId asleep = snoozed_here(d, seen); asleep != AlertId::none) {
            fold_in(d, asleep, seen);
            return AlertId::none;
        }
    thread_local rules::Facts facts;
    fill_facts(facts, seen, d.state, d.world, d.now, &d.world.rules);
    const auto rule = first_match(d, seen.person, facts);
    if (!rule) return AlertId::none;
    if (there != AlertId::none) {
        note(d, d.state.alerts.edit(there), "Somebody else waits here too.");
        fold_in(d, there, seen);
        return AlertId::none;
    }
    if (const AlertId flood = flooded(d, seen); flood != AlertId::none) {
        fold_in(d, flood, seen);
        return AlertId::none;
    }
    return raise(d, seen, *rule, facts_of(d.state, d.world, seen.message.id, d.now));
}

void ask_for_reply(Deciding& d, MessageId message, const Staffer& by) {
    const MessageRow& said = d.state.messages.at(message);
    if (said.speaker != Speaker::person || said.deleted || said.author == AccountId::none) return;
    const std::string why = fmt::format("{} asked for it", by.full_name);
    const AlertId there = open_alert(d, d.state.conversations.at(said.conversation));
    if (there == AlertId::none) {
        AlertRow& alert = new_alert(d, said);
        alert.rule = asked_by_colleague;
        alert.title = fmt::format("{} asks for an answer", by.full_name);
        alert.policy = policy_of(rules::Rule{});
        alert.policy.ask = {"owner", "strongest tie", "channel"};
        alert.why = {why};
        note(d, alert, fmt::format("{} asked somebody to reply.", by.full_name));
        d.shown.insert(alert.id);  // held or not, it has a next step
        return ask_someone(d, alert, alert.policy.ask);
    }
    AlertRow& alert = d.state.alerts.edit(there);
    if (std::find(alert.quoted.begin(), alert.quoted.end(), message) == alert.quoted.end())
        quote(d, alert, said);
    alert.why.push_back(why);
    note(d, alert, fmt::format("{} asked somebody to reply.", by.full_name));
    d.shown.insert(alert.id);
    if (alert.state == AlertState::waiting) return ask_someone(d, alert, alert.policy.ask);
    if (alert.state == AlertState::snoozed) give_to(d, alert, alert.staffer);
    show(d, alert, alert.state == AlertState::open);
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
        forget_words(alert);
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
